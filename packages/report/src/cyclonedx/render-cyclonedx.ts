import type { Appraisal } from '@vedette/contracts';
import { appTitle } from '../text/app-title.ts';
import { librariesOf, type ReportedLibrary } from '../text/libraries-of.ts';
import { printable, shortened } from '../text/printable.ts';
import { uuidV5, VEDETTE_NAMESPACE } from '../text/uuid-v5.ts';

type Component = Readonly<Record<string, unknown>>;
interface Parts {
  readonly app: Component;
  readonly inner: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
  readonly aggregate: 'incomplete' | 'unknown';
}

/**
 * Appraisals as one CycloneDX 1.6 bill of materials: each app as an application with its hash and how it was identified, the libraries that were recognised in it, and
 * the files that it is installed from. One app is what the bill is about; several stand side by side. Never called complete: code without its name goes unrecognised.
 * @param now ISO 8601, the time of the bill
 * @throws RangeError when `now` is not a date
 */
export function renderCycloneDx(given: readonly Appraisal[], { now }: { readonly now: string }): string {
  const timestamp = new Date(now).toISOString();
  // A file that is given twice is one component.
  const appraisals = [...new Map(given.map((appraisal) => [appraisal.file.sha256, appraisal])).values()];
  const parts = appraisals.map(partsOf);
  const [only] = parts;
  const alone = parts.length === 1 ? only : undefined;
  const [first] = appraisals;
  const serial = uuidV5(
    VEDETTE_NAMESPACE,
    ['cyclonedx', timestamp, ...appraisals.map(({ file }) => file.sha256)].join(' '),
  );
  const bom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${serial}`,
    version: 1,
    metadata: {
      timestamp,
      lifecycles: [{ phase: 'post-build' }],
      tools: {
        components: [
          {
            type: 'application',
            name: 'vedette',
            ...(first === undefined ? {} : { version: printable(first.engine.version) }),
          },
        ],
      },
      ...(alone === undefined ? {} : { component: alone.app }),
    },
    components: alone === undefined ? unique(parts.flatMap(({ app, inner }) => [app, ...inner])) : unique(alone.inner),
    dependencies: parts.flatMap(({ dependencies }) => dependencies),
    compositions: parts.map(({ aggregate, dependencies }) => ({
      aggregate,
      dependencies: dependencies.slice(0, 1).map(({ ref }) => ref),
    })),
  };
  return `${JSON.stringify(bom, null, 2)}\n`;
}

function partsOf(appraisal: Appraisal): Parts {
  const { app, file, verdict, score } = appraisal;
  const ref = `app:${file.sha256}`;
  const libraries = librariesOf(appraisal);
  const listed = (libraries ?? []).map((library) => libraryComponent(library, ref));
  const files = (file.parts ?? []).map((part, index) => ({
    type: 'file',
    'bom-ref': `${ref}/part/${index}`,
    name: shortened(part.path, 300),
    ...(part.sha256 === null ? {} : { hashes: [{ alg: 'SHA-256', content: part.sha256 }] }),
    properties: [property('vedette:role', part.role)],
  }));
  const [signer] = app.signers;
  return {
    app: {
      type: 'application',
      'bom-ref': ref,
      name: shortened(app.package || file.name, 300),
      ...(app.versionName === null ? {} : { version: shortened(app.versionName, 100) }),
      description: shortened(appTitle(appraisal), 300),
      hashes: [{ alg: 'SHA-256', content: file.sha256 }],
      ...(signer === undefined ? {} : { publisher: shortened(signer.subject, 300) }),
      evidence: {
        identity: [
          {
            field: 'name',
            confidence: app.package === '' ? 0 : 1,
            methods: [
              {
                technique: app.package === '' ? 'filename' : 'manifest-analysis',
                confidence: app.package === '' ? 0 : 1,
                value: app.platform === 'ios' ? 'Info.plist' : 'AndroidManifest.xml',
              },
            ],
          },
        ],
        occurrences: [{ location: shortened(file.name, 300) }],
      },
      properties: [
        property('vedette:platform', app.platform),
        ...(app.versionCode === null ? [] : [property('vedette:versionCode', String(app.versionCode))]),
        property('vedette:verdict', verdict),
        property('vedette:malice', String(score.malice.value)),
        property('vedette:dataRisk', String(score.dataRisk.value)),
        ...app.signers.slice(0, 10).map(({ sha256 }) => property('vedette:signer:sha256', sha256)),
      ],
    },
    inner: [...listed, ...files],
    dependencies: [
      { ref, dependsOn: [...new Set(listed.map((one) => one['bom-ref']))] },
      ...[...new Set(listed.map((one) => one['bom-ref']))].map((library) => ({ ref: library, dependsOn: [] })),
    ],
    aggregate: libraries === null ? 'unknown' : 'incomplete',
  };
}

function libraryComponent({ name, purl, version, category }: ReportedLibrary, app: string) {
  const valid = purl !== null && /^pkg:[a-z0-9.+-]+\/[\u0021-\u007e]+$/i.test(purl) ? purl : null;
  return {
    type: 'library',
    'bom-ref': `${app}/library/${shortened(valid ?? `${name}@${version ?? ''}`, 300)}`,
    name: shortened(name, 300),
    ...(version === null ? {} : { version: shortened(version, 100) }),
    ...(valid === null ? {} : { purl: valid }),
    scope: 'required',
    properties: [property('vedette:category', category)],
  };
}

function property(name: string, value: string): { readonly name: string; readonly value: string } {
  return { name, value: shortened(value, 300) };
}

/** Each reference once: a bill may not name two components alike. */
function unique(components: readonly Component[]): Component[] {
  return [...new Map(components.map((component) => [component['bom-ref'], component])).values()];
}
