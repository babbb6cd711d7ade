import type { ZipArchive } from '@vedette/formats';
import type { IosBundleKind } from './ios-app.ts';

/** `Payload/X.app/` folders: where the app is. `wrapped` is what stands before `Payload/`, which no installer allows. */
export interface AppFolder {
  readonly root: string;
  readonly wrapped: string;
}

/** Every folder that can be the app, in the archive's order: those at the top first, then those inside of another folder. */
export function findAppFolders(zip: ZipArchive): readonly AppFolder[] {
  const roots = new Map<string, AppFolder>();
  for (const { name } of zip.entries) {
    const match = /^((?:[^/]+\/)?)Payload\/[^/]+\.app\//.exec(name);
    // Finder's archives keep file attributes in a copy of all folders.
    if (match === null || name.startsWith('__MACOSX/')) continue;
    const [root = '', wrapped = ''] = match;
    if (!roots.has(root)) roots.set(root, { root, wrapped });
  }
  return [...roots.values()].toSorted((a, b) => Number(a.wrapped !== '') - Number(b.wrapped !== ''));
}

/** Bundles inside of each other that are followed; honest apps have three. */
const MAX_LEVELS = 8;

const KINDS: Readonly<Record<string, IosBundleKind>> = {
  app: 'app',
  framework: 'framework',
  appex: 'extension',
  xpc: 'xpc-service',
};

/** Folders of nested code inside of the app, sorted by path: each ends in a slash. */
export function findNestedBundles(
  zip: ZipArchive,
  root: string,
): readonly { readonly path: string; readonly kind: IosBundleKind }[] {
  const found = new Map<string, IosBundleKind>();
  for (const { name } of zip.entries) {
    if (!name.startsWith(root)) continue;
    const pattern = /([^/]+)\.(app|framework|appex|xpc)\//g;
    pattern.lastIndex = root.length;
    let levels = 0;
    for (let match = pattern.exec(name); match !== null && levels < MAX_LEVELS; match = pattern.exec(name)) {
      levels += 1;
      const path = name.slice(0, match.index + match[0].length);
      if (path.length <= root.length || found.has(path)) continue;
      const kind = KINDS[match[2] ?? ''] ?? 'bundle';
      const inside = path.slice(root.length);
      found.set(path, kind === 'app' && /^(?:Watch|PlugIns)\//.test(inside) ? 'watch-app' : kind);
    }
  }
  return [...found].map(([path, kind]) => ({ path, kind })).toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
