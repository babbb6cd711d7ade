import type { Appraisal, IosAppFacts } from '@vedette/contracts';
import type { AppImage } from '@vedette/program';
import { getDomain } from 'tldts';
import { iosPermissions } from './ios-permissions.ts';
import { iosLibraries } from './libraries/ios-libraries.ts';
import { listLibraries } from './libraries/list-libraries.ts';
import { permissionProtections } from './permission-protection.ts';
import type { RuleContext } from './rule-context.ts';

const MAX_HOSTS = 500;
/** Far above any honest app; `coverage.counts` has the true numbers. */
const MAX_PERMISSIONS = 1_000;
const MAX_COMPONENTS = 5_000;
const MAX_LIBRARIES = 1_000;

/** What the app is, apart from what is wrong with it. */
export function appFacts(image: AppImage, ctx: RuleContext): Appraisal['app'] {
  const { manifest, ios } = image;
  const protectionOf = permissionProtections();
  return {
    platform: image.platform,
    package: manifest?.package ?? ios?.main.bundleId ?? '',
    label: manifest?.label ?? ios?.main.name ?? null,
    versionName: manifest?.versionName ?? ios?.main.version ?? null,
    versionCode: manifest?.versionCode ?? null,
    minSdk: manifest?.minSdk ?? null,
    targetSdk: manifest?.targetSdk ?? null,
    signers: [...image.signers],
    ...lineageOf(image),
    permissions: [
      ...[...new Set(manifest?.permissions.map(({ name }) => name) ?? [])].map((name) => ({
        name,
        protection: protectionOf(name),
      })),
      ...(ios === null ? [] : iosPermissions(ios)),
    ].slice(0, MAX_PERMISSIONS),
    components: (manifest?.components ?? [])
      .slice(0, MAX_COMPONENTS)
      .map(({ kind, name, exported, exportedBy, permission }) => ({
        kind,
        name,
        exported,
        exportedBy,
        permission,
      })),
    hosts: hostsOf(ctx),
    libraries: (ios === null ? listLibraries(image) : iosLibraries(ios)).slice(0, MAX_LIBRARIES),
    ...(ios === null ? {} : { ios: iosFacts(ios) }),
  };
}

/** The keys that the app was signed by, where each is proven to have handed over to the next. */
function lineageOf({ signature }: AppImage): Pick<Appraisal['app'], 'signerLineage'> {
  const lineage = signature?.lineage ?? null;
  if (lineage === null || lineage.verified !== 'verified' || lineage.nodes.length < 2) return {};
  return { signerLineage: lineage.nodes.map(({ certificate }) => certificate.sha256) };
}

function iosFacts({ main, signing, profile }: NonNullable<AppImage['ios']>): IosAppFacts {
  const { build, minimumOs } = main;
  const { state, teamId } = signing;
  const allowed = profile === null ? null : { name: profile.name, kind: profile.kind, expires: profile.expires };
  return { build, minimumOs, signing: state, teamId, profile: allowed };
}

/** Each host once, with the first file it is from; `cleartext` when any address there is http or ws. At most 500, in order of appearance. */
function hostsOf(ctx: RuleContext): Appraisal['app']['hosts'] {
  const hosts = new Map<string, Appraisal['app']['hosts'][number]>();
  for (const { host, scheme, file } of ctx.urls()) {
    const cleartext = scheme === 'http' || scheme === 'ws';
    const known = hosts.get(host);
    if (known !== undefined) known.cleartext ||= cleartext;
    else if (hosts.size < MAX_HOSTS) hosts.set(host, { host, cleartext, from: file, site: getDomain(host) });
  }
  return [...hosts.values()];
}
