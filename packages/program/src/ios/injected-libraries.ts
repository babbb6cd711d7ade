import type { ZipArchive } from '@vedette/formats';
import type { InjectedLibrary, IosBinary, IosBundle } from './ios-app.ts';

/** Libraries of Swift that Xcode puts into apps for old versions of iOS. */
const SWIFT_RUNTIME = /\/Frameworks\/libswift[A-Za-z_]+\.dylib$/;

/** Libraries looked at per slice; large apps load some two hundred. */
const MAX_LIBRARIES = 2_000;

/**
 * Libraries inside of the bundle that its code loads by a load command, and that are neither a framework's executable nor
 * Swift's runtime: how repackaged apps get foreign code to run. Load paths that lead nowhere in the archive are listed
 * when they could only have been meant for it.
 */
export function findInjectedLibraries(
  binaries: readonly IosBinary[],
  bundles: readonly Pick<IosBundle, 'executable' | 'path' | 'kind'>[],
  zip: ZipArchive,
): readonly InjectedLibrary[] {
  const found = new Map<string, InjectedLibrary>();
  for (const binary of binaries) {
    const home = ownerOf(binary.path, bundles);
    for (const slice of binary.file?.slices ?? []) {
      for (const library of slice.libraries.slice(0, MAX_LIBRARIES)) {
        if (!library.path.startsWith('@')) continue;
        const places = candidates(library.path, binary.path, home, slice.runPaths);
        const path = places.find((place) => zip.find(place) !== undefined) ?? null;
        const isFramework = /\.framework\//.test(library.path);
        if (isFramework && (path === null || bundles.some(({ executable }) => executable === path))) continue;
        if (SWIFT_RUNTIME.test(path ?? places[0] ?? '') || /^@rpath\/libswift[A-Za-z_]+\.dylib$/.test(library.path))
          continue;
        found.set(`${binary.path} ${library.path}`, { path, loadPath: library.path, loadedBy: binary.path });
      }
    }
  }
  return [...found.values()];
}

/** The innermost app or extension around a file: what `@executable_path` means there. */
function ownerOf(path: string, bundles: readonly Pick<IosBundle, 'path' | 'kind'>[]): string {
  const around = bundles.filter((bundle) => bundle.kind !== 'framework' && path.startsWith(bundle.path));
  return around.toSorted((a, b) => b.path.length - a.path.length)[0]?.path ?? '';
}

/** Where dyld would look, in its order; run paths that leave the bundle are left out. */
function candidates(loadPath: string, loader: string, home: string, runPaths: readonly string[]): readonly string[] {
  const folder = loader.slice(0, loader.lastIndexOf('/') + 1);
  const expand = (path: string): string | null => {
    if (path.startsWith('@executable_path/')) return home + path.slice('@executable_path/'.length);
    if (path.startsWith('@loader_path/')) return folder + path.slice('@loader_path/'.length);
    return null;
  };
  const rest = loadPath.startsWith('@rpath/') ? loadPath.slice('@rpath/'.length) : null;
  const places =
    rest === null ? [expand(loadPath)] : runPaths.map((run) => expand(`${run.replace(/\/$/, '')}/${rest}`));
  return places.flatMap((place) => (place === null ? [] : normalize(place)));
}

function normalize(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
