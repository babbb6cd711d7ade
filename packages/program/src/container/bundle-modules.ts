import type { ZipArchive } from '@vedette/formats';
import type { OpenPart, PartEntry } from './open-part.ts';

/**
 * The modules of an Android App Bundle, `base` first, with their files under the names that they get in an APK
 * (developer.android.com, "The Android App Bundle format").
 */
export function bundleModules(zip: ZipArchive): OpenPart[] {
  const modules = new Map<string, PartEntry[]>();
  for (const entry of zip.entries) {
    const [, module, rest] = /^([^/]+)\/(.+)$/.exec(entry.name) ?? [];
    if (module === undefined || rest === undefined) continue;
    const name = deviceName(rest);
    if (name === null) continue;
    const part = modules.get(module);
    const found = { name, location: entry.name, entry };
    if (part === undefined) modules.set(module, [found]);
    else part.push(found);
  }
  return [...modules]
    .filter(([, entries]) => entries.some(({ name }) => name === 'AndroidManifest.xml'))
    .sort(([a], [b]) => Number(b === 'base') - Number(a === 'base'))
    .map(([module, entries]) => modulePart(module, entries));
}

/** `dex/classes.dex` is `classes.dex` on the device; null for what the build keeps to itself. */
function deviceName(path: string): string | null {
  const [, folder, rest] = /^([^/]+)\/(.+)$/.exec(path) ?? [];
  if (path === 'resources.pb') return path;
  if (folder === undefined || rest === undefined) return null;
  if (folder === 'manifest' || folder === 'dex' || folder === 'root') return rest;
  return folder === 'lib' || folder === 'assets' || folder === 'res' ? path : null;
}

function modulePart(module: string, entries: readonly PartEntry[]): OpenPart {
  const byName = new Map<string, PartEntry>();
  for (const entry of entries) if (!byName.has(entry.name)) byName.set(entry.name, entry);
  return {
    path: module,
    role: module === 'base' ? 'base' : 'module',
    name: module === 'base' ? '' : module,
    archive: null,
    entries,
    find: (name) => byName.get(name),
    encoding: 'proto',
  };
}
