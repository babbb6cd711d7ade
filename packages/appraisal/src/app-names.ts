import type { AppImage } from '@vedette/program';

/** Names in an app, to be asked for many at once: packages, classes, folders and files. */
export interface AppNames {
  /** The first class defined in a package or in one below it, by the package's name without a dot at its end. */
  readonly packages: ReadonlyMap<string, ClassName>;
  /** The file that defines a class. */
  readonly classes: ReadonlyMap<string, string>;
  readonly paths: ReadonlySet<string>;
  /** The first entry in a folder or below it, by the folder's path without a slash at its end. */
  readonly folders: ReadonlyMap<string, string>;
  /** The first entry of this name in any folder. */
  readonly baseNames: ReadonlyMap<string, string>;
}

export interface ClassName {
  readonly name: string;
  readonly file: string;
}

const kept = new WeakMap<AppImage, AppNames>();

/** The names in an image, gathered at the first call. Linear in classes and entries. */
export function appNames(image: AppImage): AppNames {
  const known = kept.get(image);
  if (known !== undefined) return known;
  const packages = new Map<string, ClassName>();
  const classes = new Map<string, string>();
  for (const { name, file } of image.code.classes()) {
    if (!classes.has(name)) classes.set(name, file);
    forEachAncestor(name, '.', (above) => {
      if (packages.has(above)) return false;
      packages.set(above, { name, file });
      return true;
    });
  }
  const folders = new Map<string, string>();
  const baseNames = new Map<string, string>();
  const paths = new Set<string>();
  for (const { path } of image.entries) {
    paths.add(path);
    const base = path.slice(path.lastIndexOf('/') + 1);
    if (!baseNames.has(base)) baseNames.set(base, path);
    forEachAncestor(path, '/', (above) => {
      if (folders.has(above)) return false;
      folders.set(above, path);
      return true;
    });
  }
  const names = { packages, classes, paths, folders, baseNames };
  kept.set(image, names);
  return names;
}

/** Deepest names an honest app has; deeper ones cost and say nothing. */
const MAX_DEPTH = 32;

/** What is above a name, nearest first, until `isNew` says that it is known. */
function forEachAncestor(name: string, separator: string, isNew: (above: string) => boolean): void {
  let end = name.length;
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    end = name.lastIndexOf(separator, end - 1);
    if (end < 1 || !isNew(name.slice(0, end))) return;
  }
}
