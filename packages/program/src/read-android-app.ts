import { createBudget, createDiagnostics, type Diagnostics, type Host } from '@vedette/bytes';
import type { Diagnostic } from '@vedette/contracts';
import { type ApkSignatureReport, readProtoXml } from '@vedette/formats';
import type { AndroidManifest, AppImage, AppPart, ManifestComponent } from './app-image.ts';
import { createCodeIndex, type DexUnit } from './code-index.ts';
import type { OpenPart, PartEntry } from './container/open-part.ts';
import { checkManifestInApp } from './manifest-checks/check-manifest-in-app.ts';
import type { AppImageLimits } from './read-app-image.ts';
import { readCode } from './read-code.ts';
import { readManifest } from './read-manifest.ts';
import { readNative } from './read-native.ts';
import { type Candidate, type Nested, readNested } from './read-nested.ts';
import { readResources } from './read-resources.ts';
import { appSigners, readSignatures } from './read-signatures.ts';
import type { StageResult, Stages } from './stages.ts';

/** What an Android app's parts are read with. */
export interface AndroidReading {
  readonly host: Host;
  readonly limits: AppImageLimits;
  readonly stages: Stages;
  readonly diagnostics: Diagnostics;
  /** SHA-256 of bytes, lower-case hexadecimal. */
  readonly hash: (bytes: Uint8Array) => string;
}

type AndroidApp = Pick<
  AppImage,
  | 'parts'
  | 'entries'
  | 'manifest'
  | 'resources'
  | 'code'
  | 'dex'
  | 'native'
  | 'nested'
  | 'loadable'
  | 'signers'
  | 'signature'
>;

/** What stands for a stage that nobody asked for. */
const NO_MANIFESTS: Manifests = { merged: null, byPart: new Map() };
const NO_NATIVE: ReturnType<typeof readNative> = { libraries: [], others: [] };
const NO_NESTED: Nested = { contents: [], native: [], units: [] };
const NO_REPORTS: ReadonlyMap<OpenPart, ApkSignatureReport> = new Map();

/** Reads what base, splits or modules hold together. The first part is the base. */
export function readAndroidApp(parts: readonly OpenPart[], reading: AndroidReading): AndroidApp {
  const { limits, stages, diagnostics } = reading;
  const resources = stages.runIfWanted('resources', 0.05, null, () => {
    const noticed = createDiagnostics();
    const value = readResources(parts, noticed);
    diagnostics.addAll(noticed.list());
    const damaged = hasErrors(noticed.list());
    const detail = value === null ? 'no resource table' : `${value.types().length} types`;
    return { value, status: value === null ? 'skipped' : damaged ? 'partial' : 'complete', detail };
  });
  const manifests = stages.runIfWanted('manifest', 0.1, NO_MANIFESTS, () =>
    readManifests(parts, resources, limits, diagnostics),
  );
  const units = stages.runIfWanted('code', 0.15, [], () => readCodeStage(parts, reading));
  const code = createCodeIndex(units);
  reportHidden(code, diagnostics);
  const native = stages.runIfWanted('native', 0.6, NO_NATIVE, () => readNativeStage(parts, reading));
  const nested = stages.runIfWanted('nested', 0.65, NO_NESTED, () => readNestedStage(parts, native.others, reading));
  const manifest = manifests.merged;
  checkManifests(parts, manifests, { code, resources, units }, diagnostics);
  const reports = stages.runIfWanted('signatures', 0.85, NO_REPORTS, () => readSignatureStage(parts, reading));
  const [base] = parts;
  const signature = (base === undefined ? undefined : reports.get(base)) ?? null;
  return {
    parts: parts.map((part) => appPart(part, reports.get(part) ?? null, reading)),
    entries: parts.flatMap((part) =>
      part.entries.map(({ name, entry }) => ({
        path: name,
        part: part.path,
        compressedSize: entry.compressedSize,
        size: entry.size,
        offset: entry.localOffset,
        read: (maxBytes?: number) => entry.read(maxBytes),
      })),
    ),
    manifest,
    resources,
    code,
    dex: units,
    native: [...native.libraries, ...nested.native],
    nested: nested.contents,
    loadable: createCodeIndex(nested.units),
    signers: signature === null ? [] : appSigners(signature),
    signature,
  };
}

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ level }) => level === 'error');
}

function appPart(part: OpenPart, signature: ApkSignatureReport | null, { hash }: AndroidReading): AppPart {
  const { path, role, name, archive, entries } = part;
  const size = archive?.bytes.length ?? null;
  const sha256 = archive === null ? null : hash(archive.bytes);
  return { path, role, name, size, sha256, entries: entries.length, signature };
}

interface Manifests {
  /** The base's, with the components of the splits. */
  readonly merged: AndroidManifest | null;
  readonly byPart: ReadonlyMap<OpenPart, AndroidManifest>;
}

function readManifests(
  parts: readonly OpenPart[],
  resources: AppImage['resources'],
  limits: AppImageLimits,
  diagnostics: Diagnostics,
): StageResult<Manifests> {
  const byPart = new Map<OpenPart, AndroidManifest>();
  let damaged = false;
  for (const part of parts) {
    const found = part.find('AndroidManifest.xml');
    if (found === undefined) {
      if (part.role !== 'base') continue;
      diagnostics.error('manifest.missing', 'the archive has no AndroidManifest.xml');
      continue;
    }
    const data = found.entry.read(limits.maxManifestBytes);
    diagnostics.addAll(data.diagnostics);
    if (data.value.length === limits.maxManifestBytes) {
      const message = `the manifest was cut after ${limits.maxManifestBytes} bytes`;
      diagnostics.error('budget.bytes', message, { where: found.location });
    }
    const parse = part.encoding === 'proto' ? readProtoXml : undefined;
    const { value, diagnostics: noticed } = readManifest(data.value, { resources, ...(parse && { parse }) });
    diagnostics.addAll(noticed, found.location);
    damaged ||= hasErrors(data.diagnostics) || hasErrors(noticed);
    if (value !== null) byPart.set(part, value);
  }
  const [base] = parts;
  const own = base === undefined ? undefined : byPart.get(base);
  if (own === undefined) {
    const missing = base?.find('AndroidManifest.xml') === undefined;
    const detail = missing ? 'AndroidManifest.xml is missing' : 'AndroidManifest.xml could not be read';
    return { value: { merged: null, byPart }, status: 'failed', detail };
  }
  const merged = mergeManifests(own, [...byPart.values()]);
  const detail = `${merged.components.length} components, ${merged.permissions.length} permissions`;
  return { value: { merged, byPart }, status: damaged ? 'partial' : 'complete', detail };
}

/** What installation makes of base and splits: components and permissions of all, everything else is the base's. */
function mergeManifests(base: AndroidManifest, all: readonly AndroidManifest[]): AndroidManifest {
  if (all.length === 1) return base;
  const others = all.filter((manifest) => manifest !== base);
  const known = new Set(base.components.map(componentKey));
  const components = [...base.components];
  for (const component of others.flatMap((manifest) => manifest.components)) {
    if (known.has(componentKey(component))) continue;
    known.add(componentKey(component));
    components.push(component);
  }
  return {
    ...base,
    components,
    permissions: [...base.permissions, ...others.flatMap(({ permissions }) => permissions)],
    declaredPermissions: [...base.declaredPermissions, ...others.flatMap((manifest) => manifest.declaredPermissions)],
  };
}

function componentKey({ kind, name }: ManifestComponent): string {
  return `${kind} ${name}`;
}

function checkManifests(
  parts: readonly OpenPart[],
  { merged, byPart }: Manifests,
  app: {
    readonly code: AppImage['code'];
    readonly resources: AppImage['resources'];
    readonly units: readonly DexUnit[];
  },
  diagnostics: Diagnostics,
): void {
  const [base] = parts;
  const own = base === undefined ? undefined : byPart.get(base);
  if (base === undefined || own === undefined || merged === null) return;
  const around = {
    isBase: base.role === 'base',
    entryNames: base.entries.map(({ name }) => name),
    hasClass: app.units.length === 0 ? null : (name: string) => app.code.definesClass(name),
    resources: app.resources,
  };
  const where = base.find('AndroidManifest.xml')?.location;
  for (const noticed of checkManifestInApp({ ...own, components: merged.components }, around))
    diagnostics.addAll([noticed], noticed.where === undefined ? where : undefined);
}

function readCodeStage(
  parts: readonly OpenPart[],
  { host, limits, diagnostics }: AndroidReading,
): StageResult<DexUnit[]> {
  const budget = createBudget(
    { bytes: limits.maxCodeBytes, entries: limits.maxDexFiles, timeMs: limits.codeTimeMs },
    () => host.now(),
  );
  const { units, failed, complete, instructions } = readCode(parts, budget, diagnostics);
  const value = [...units];
  if (value.length === 0 && failed === 0) return { value, status: 'skipped', detail: 'the archive has no classes.dex' };
  const left = failed > 0 ? `, ${failed} not read` : '';
  const detail = `${value.length} DEX files, ${instructions} instructions${left}`;
  return { value, status: value.length === 0 ? 'failed' : complete ? 'complete' : 'partial', detail };
}

function reportHidden(code: AppImage['code'], diagnostics: Diagnostics): void {
  for (const { file, count, example } of code.hiddenClasses()) {
    const message = `${count} classes are defined before this place already (${example.slice(0, 120)}): the first wins`;
    diagnostics.warning('code.class.duplicate', message, { where: file });
  }
}

function readNativeStage(
  parts: readonly OpenPart[],
  { host, limits, diagnostics }: AndroidReading,
): StageResult<ReturnType<typeof readNative>> {
  const budget = createBudget(
    { bytes: limits.maxNativeBytes, entries: limits.maxNativeFiles, timeMs: limits.nativeTimeMs },
    () => host.now(),
  );
  const value = readNative(parts, budget, diagnostics);
  const { libraries } = value;
  if (libraries.length === 0 && !diagnostics.has('budget.native'))
    return { value, status: 'skipped', detail: 'no native libraries' };
  const abis = [...new Set(libraries.map(({ abiFolder }) => abiFolder ?? ''))].sort().join(', ');
  const status = diagnostics.has('budget.native') ? 'partial' : 'complete';
  return { value, status, detail: `${libraries.length} libraries for ${abis || 'no ABI'}` };
}

/** Loaded by the platform itself, or read by a stage of their own. */
const OWN_STAGE = /^(?:AndroidManifest\.xml|resources\.(?:arsc|pb)|classes\d*\.dex|lib\/[^/]+\/[^/]+)$/;

function readNestedStage(
  parts: readonly OpenPart[],
  others: readonly PartEntry[],
  { host, limits, diagnostics }: AndroidReading,
): StageResult<Nested> {
  const ownCandidates: Candidate[] = parts.flatMap((part) =>
    part.entries
      // Of a name that is there twice the second is not what the platform loads.
      .filter(({ name, entry }) => !OWN_STAGE.test(name) || part.find(name)?.entry !== entry)
      .flatMap(({ location, entry }) => {
        const own = { location, entry };
        const { alternative } = entry;
        // Where the local header leads to other bytes, both are looked at.
        return alternative === null ? [own] : [own, { location: `${location} (local header)`, entry: alternative }];
      }),
  );
  const candidates = [...others, ...ownCandidates];
  const clock = () => host.now();
  const value = readNested(
    candidates,
    {
      host,
      zip: limits.zip,
      budget: createBudget(
        {
          bytes: limits.maxNestedBytes,
          entries: limits.maxNestedEntries,
          depth: limits.maxNestedDepth,
          timeMs: limits.nestedTimeMs,
        },
        clock,
      ),
      code: createBudget({ bytes: limits.maxCodeBytes, entries: limits.maxDexFiles, timeMs: limits.codeTimeMs }, clock),
    },
    diagnostics,
  );
  const { contents, units } = value;
  const status = diagnostics.has('budget.nested') ? 'partial' : 'complete';
  const code = units.length === 0 ? '' : `, ${units.length} DEX files among them`;
  return { value, status, detail: `${contents.length} archives, programs and libraries found by content${code}` };
}

function readSignatureStage(
  parts: readonly OpenPart[],
  { host, diagnostics }: AndroidReading,
): StageResult<ReadonlyMap<OpenPart, ApkSignatureReport>> {
  const value = readSignatures(parts, host, diagnostics);
  const [base] = parts;
  const report = base === undefined ? undefined : value.get(base);
  if (report === undefined) return { value, status: 'skipped', detail: 'app bundles carry no APK signature' };
  const { present, signers } = report;
  const verified = signers.filter((signer) => signer.verified === 'verified').length;
  const cut = base?.archive?.zip.directoryOffset === null;
  const unsigned = cut ? 'none found; the end of the file is missing' : 'not signed';
  const found = `${present.join(', ')}: ${signers.length} signers, ${verified} verified`;
  const unchecked = signers.some((signer) => signer.verified === 'not-checked' && signer.scheme !== 'v1');
  const detail = present.length === 0 ? unsigned : found;
  return { value, status: cut || unchecked ? 'partial' : 'complete', detail };
}
