/**
 * An IPA as an installer takes it: `Payload/X.app/` with everything nested in it, its code found by content, and its
 * signatures verified. What lies elsewhere in the archive is not read.
 */
import { createDiagnostics, type Diagnostics, type Host } from '@vedette/bytes';
import type { AppSigner, Parsed } from '@vedette/contracts';
import {
  isProfileExpired,
  type PlistDictionary,
  type ProvisioningProfile,
  readPlist,
  readProvisioningProfile,
  type SealedFiles,
  type ZipArchive,
} from '@vedette/formats';
import { findAppFolders, findNestedBundles } from './app-folders.ts';
import { appSigning } from './app-signing.ts';
import { bundleInfo } from './bundle-info.ts';
import { bundleSigning } from './bundle-signing.ts';
import { findInjectedLibraries } from './injected-libraries.ts';
import type { IosApp, IosBinary, IosBundle, IosBundleKind } from './ios-app.ts';
import { reportDeviations } from './ipa-deviations.ts';
import { DEFAULT_IOS_APP_LIMITS, type IosAppLimits } from './limits.ts';
import { bundleOf, type FoundBinary, findBinaries, judgeBinary } from './read-binaries.ts';

/**
 * Reads an iOS app out of an archive. The value is null when no `Payload/X.app/` is there; the first diagnostic then
 * says so in a line a person understands. Never throws on input.
 */
export function readIosApp(zip: ZipArchive, host: Host, limits: Partial<IosAppLimits> = {}): Parsed<IosApp | null> {
  const all: IosAppLimits = { ...DEFAULT_IOS_APP_LIMITS, ...limits };
  const diagnostics = createDiagnostics();
  const [folder, ...others] = findAppFolders(zip);
  if (folder === undefined) {
    const hasPayload = zip.entries.some(({ name }) => name.startsWith('Payload/'));
    const reason = hasPayload ? 'its Payload folder holds no app' : 'it has no Payload folder with an app';
    diagnostics.error('ipa.none', `This is not an iOS app: ${reason}.`);
    return { value: null, diagnostics: diagnostics.list() };
  }
  if (folder.wrapped !== '') {
    const message = `the Payload folder is inside of ${folder.wrapped}, where no installer looks for it`;
    diagnostics.warning('ipa.wrapped', message, { where: folder.root });
  }
  const source: Source = { zip, host, limits: all, diagnostics };
  const { root } = folder;
  const bundles = readBundles(source, root);
  const binaries = readBinaries(source, root, bundles);
  const [main, ...nested] = bundles.map((bundle): IosBundle => {
    const binary = binaries.find(({ path }) => path === bundle.executable);
    const signing = bundleSigning(bundle, binary, { zip, host, maxPlistBytes: all.maxPlistBytes, diagnostics });
    return { ...bundle, signing };
  });
  if (main === undefined) return { value: null, diagnostics: diagnostics.list() };
  const profile = readProfile(source, root);
  const mainBinary = binaries.find(({ role }) => role === 'main');
  const entitlements = entitlementsOf(mainBinary);
  const profileExpired = profile === null || all.atMs === null ? null : isProfileExpired(profile, all.atMs);
  const parts = { main, nested, binaries, profile, entitlements, profileExpired };
  const signing = appSigning(parts);
  const injectedLibraries = findInjectedLibraries(binaries, bundles, zip);
  const otherApps = others.map((other) => other.root);
  reportDeviations({ main, nested, binaries, injectedLibraries, otherApps }, diagnostics);
  const value: IosApp = {
    platform: 'ios',
    root,
    otherApps,
    main,
    nested,
    binaries,
    injectedLibraries,
    profile,
    entitlements,
    signing,
    signers: signersOf(mainBinary, signing.state),
    diagnostics: diagnostics.list(),
  };
  return { value, diagnostics: value.diagnostics };
}

interface Source {
  readonly zip: ZipArchive;
  readonly host: Host;
  readonly limits: IosAppLimits;
  readonly diagnostics: Diagnostics;
}

type UnsignedBundle = Omit<IosBundle, 'signing'>;

/** The app's bundle first, then those inside of it by path. */
function readBundles(source: Source, root: string): readonly UnsignedBundle[] {
  const nested = findNestedBundles(source.zip, root);
  const { maxBundles } = source.limits;
  if (nested.length > maxBundles) {
    const message = `${nested.length} nested bundles; the first ${maxBundles} are read`;
    source.diagnostics.error('budget.entries', message);
  }
  const all: { readonly path: string; readonly kind: IosBundleKind }[] = [
    { path: root, kind: 'app' },
    ...nested.slice(0, maxBundles),
  ];
  return all.map(({ path, kind }) => bundleInfo(kind, path, readInfo(source, path)));
}

function readInfo({ zip, limits, diagnostics }: Source, path: string): PlistDictionary | null {
  const where = `${path}Info.plist`;
  const entry = zip.find(where);
  if (entry === undefined) {
    diagnostics.error('ipa.info.missing', 'a bundle without Info.plist', { where: path });
    return null;
  }
  const content = entry.read(limits.maxPlistBytes);
  diagnostics.addAll(content.diagnostics);
  const { value, diagnostics: noticed } = readPlist(content.value);
  diagnostics.addAll(noticed, where);
  if (value?.kind === 'dictionary') return value;
  diagnostics.error('ipa.info.malformed', 'Info.plist is no dictionary', { where });
  return null;
}

function readBinaries(source: Source, root: string, bundles: readonly UnsignedBundle[]): readonly IosBinary[] {
  const { zip, host, limits, diagnostics } = source;
  const found = findBinaries(zip, root, limits, diagnostics);
  return found
    .map((binary): IosBinary => {
      const bundle = bundleOf(binary.entry.name, bundles);
      const role = bundle === undefined ? roleOf(binary) : bundle.path === root ? 'main' : 'bundle-executable';
      const files = bundle === undefined ? {} : sealedFiles(source, bundle.path);
      return judgeBinary(binary, { role, files }, host, diagnostics);
    })
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function roleOf({ file }: FoundBinary): IosBinary['role'] {
  return file?.slices.some(({ type }) => type === 'dylib') === true ? 'library' : 'other';
}

/** Files that the executable's special slots seal. */
function sealedFiles({ zip, limits }: Source, path: string): SealedFiles {
  const content = (name: string): Uint8Array | null => zip.find(path + name)?.read(limits.maxPlistBytes).value ?? null;
  return { infoPlist: content('Info.plist'), codeResources: content('_CodeSignature/CodeResources') };
}

function readProfile({ zip, host, limits, diagnostics }: Source, root: string): ProvisioningProfile | null {
  const entry = zip.find(`${root}embedded.mobileprovision`);
  if (entry === undefined) return null;
  const content = entry.read(limits.maxPlistBytes);
  diagnostics.addAll(content.diagnostics);
  const read = readProvisioningProfile(content.value, host, limits.atMs ?? undefined);
  diagnostics.addAll(read.diagnostics, entry.name);
  return read.value;
}

/** DER counts since iOS 15, XML before. */
function entitlementsOf(binary: IosBinary | undefined): PlistDictionary | null {
  for (const { signature } of binary?.signatures ?? []) {
    const { der = null, xml = null } = signature?.entitlements ?? {};
    if (der?.kind === 'dictionary') return der;
    if (xml?.kind === 'dictionary') return xml;
  }
  return null;
}

function signersOf(binary: IosBinary | undefined, state: IosApp['signing']['state']): readonly AppSigner[] {
  const seen = new Map<string, AppSigner>();
  for (const { verdict } of binary?.signatures ?? []) {
    const [leaf] = verdict.certificates;
    if (leaf === undefined) continue;
    const { sha256, sha1, subject, issuer, notBefore, notAfter, keyAlgorithm, keyBits, signatureAlgorithm } = leaf;
    const verified =
      state === 'broken' || verdict.state === 'broken' ? 'failed' : state === 'verified' ? 'verified' : 'not-checked';
    const named = sha1 === null ? { sha256 } : { sha256, sha1 };
    const facts = { ...named, subject, issuer, notBefore, notAfter, keyAlgorithm, keyBits, signatureAlgorithm };
    seen.set(sha256, { scheme: 'apple', ...facts, verified });
  }
  return [...seen.values()];
}
