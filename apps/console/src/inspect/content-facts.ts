import type { AppImage } from '@vedette/program';

/** What an app is made of, beside its entries: the files of a set, native libraries, code in hiding, bundles. */
export interface ContentFacts {
  /** In words, e.g. `APK`, `Set of split APKs`. */
  readonly container: string;
  readonly parts: readonly PartRow[];
  readonly native: readonly NativeRow[];
  readonly nested: readonly NestedRow[];
  readonly bundles: readonly BundleRow[];
}

export interface PartRow {
  readonly path: string;
  readonly role: string;
  readonly size: number | null;
  readonly sha256: string | null;
  readonly entries: number;
}

export interface NativeRow {
  readonly path: string;
  readonly abi: string;
  readonly size: number;
  readonly needed: readonly string[];
  readonly jniExports: number;
}

export interface NestedRow {
  readonly path: string;
  readonly kind: string;
  readonly size: number;
  /** It is called something else than what it is. */
  readonly disguised: boolean;
  readonly opened: boolean;
}

export interface BundleRow {
  readonly path: string;
  readonly kind: string;
  readonly id: string;
  readonly version: string;
}

const CONTAINERS: Record<AppImage['container'], string> = {
  apk: 'APK',
  'apk-set': 'Set of split APKs',
  aab: 'Android app bundle',
  ipa: 'IPA',
  dex: 'Bare DEX file',
  elf: 'Bare ELF file',
  'mach-o': 'Bare Mach-O file',
};
/** Real apps have some hundreds of libraries at most. */
const MAX_ROWS = 2_000;

export function contentFacts(image: AppImage): ContentFacts {
  const { ios } = image;
  return {
    container: CONTAINERS[image.container],
    // A file that is its own only part says nothing new.
    parts: (image.parts.length > 1 ? image.parts : [])
      .slice(0, MAX_ROWS)
      .map(({ path, role, name, size, sha256, entries }) => ({
        path,
        role: name === '' ? role : `${role} ${name}`,
        size,
        sha256,
        entries,
      })),
    native: image.native.slice(0, MAX_ROWS).map(({ path, abiFolder, size, elf }) => ({
      path,
      abi: abiFolder ?? elf.abi ?? elf.machine,
      size,
      needed: elf.needed,
      jniExports: elf.jni.exports.length,
    })),
    nested: image.nested.slice(0, MAX_ROWS).map(({ path, kind, size, named, opened }) => ({
      path,
      kind,
      size,
      disguised: !named,
      opened,
    })),
    bundles: (ios === null ? [] : [ios.main, ...ios.nested]).slice(0, MAX_ROWS).map((bundle) => ({
      path: bundle.path,
      kind: bundle.kind,
      id: bundle.bundleId ?? '',
      version: bundle.version ?? '',
    })),
  };
}
