import { type Afc, AfcError } from './afc.ts';
import { TooLargeError } from './plist-frames.ts';

/** Hands out the folder of crash reports as it is; the service that gathers them there (`com.apple.crashreportmover`) is not started, since it moves files. */
export const CRASH_REPORT_SERVICE = 'com.apple.crashreportcopymobile';

export interface CrashReports {
  /** By path below their folder, made safe for a folder of ours. */
  readonly files: Map<string, Uint8Array>;
  /** One line for each thing that was left out. */
  readonly notes: string[];
}

export interface CrashLimits {
  readonly mostReports: number;
  readonly mostBytesEach: number;
  readonly mostBytes: number;
  /** Files and folders that are looked at. */
  readonly mostEntries: number;
  /** Asked between files: true ends it, and what was read so far counts. */
  readonly isOver: () => boolean;
}

interface Found {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

const MAX_DEPTH = 4;
/** What readers of crash reports take. */
const REPORT = /\.ips(?:\.ca)?(?:\.synced)?$/;
const MAX_NAME = 150;

/**
 * Reads the newest crash reports into `reports`. Each stands for itself, so that those that were read whole count when the rest was not.
 * @throws Error when the folder cannot be listed or the phone breaks the protocol
 */
export async function readCrashReports(afc: Afc, limits: CrashLimits, { files, notes }: CrashReports): Promise<void> {
  const { found, complete } = await findReports(afc, limits);
  if (!complete)
    notes.push('not all folders of crash reports were looked into; there are too many, or they take too long');
  const newestFirst = [...found].sort((a, b) => b.modifiedMs - a.modifiedMs);
  let [left, tooLarge, refused] = [limits.mostBytes, 0, 0];
  let taken = 0;
  for (const report of newestFirst) {
    if (files.size >= limits.mostReports || left <= 0 || limits.isOver()) break;
    taken += 1;
    if (report.sizeBytes > limits.mostBytesEach) {
      tooLarge += 1;
      continue;
    }
    try {
      const bytes = await afc.read(report.path, Math.min(left, limits.mostBytesEach));
      left -= bytes.length;
      files.set(safeName(report.path, files), bytes);
    } catch (error) {
      // It may have been removed or grown meanwhile; whatever else goes wrong ends the reading.
      if (error instanceof AfcError) refused += 1;
      else if (error instanceof TooLargeError) tooLarge += 1;
      else throw error;
    }
  }
  if (tooLarge > 0) notes.push(`${tooLarge} crash reports were left out: they are too large`);
  if (refused > 0) notes.push(`${refused} crash reports were left out: the phone did not hand them out`);
  if (taken < newestFirst.length)
    notes.push(`${newestFirst.length - taken} older crash reports were left out; ${files.size} newer ones were read`);
}

async function findReports(
  afc: Afc,
  { mostEntries, isOver }: CrashLimits,
): Promise<{ readonly found: readonly Found[]; readonly complete: boolean }> {
  const found: Found[] = [];
  const folders: { readonly path: string; readonly depth: number }[] = [{ path: '', depth: 0 }];
  let looked = 0;
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    for (const name of await afc.list(folder.path === '' ? '/' : folder.path)) {
      const path = folder.path === '' ? name : `${folder.path}/${name}`;
      looked += 1;
      if (looked > mostEntries || isOver()) return { found, complete: false };
      const info = await afc.info(path).catch((error: unknown) => {
        if (error instanceof AfcError || error instanceof RangeError) return null;
        throw error;
      });
      if (info?.isFile === true && REPORT.test(name)) found.push({ path, ...info });
      else if (info?.isFolder === true && folder.depth < MAX_DEPTH) folders.push({ path, depth: folder.depth + 1 });
    }
  }
  return { found, complete: true };
}

/** A phone may call its files anything: what is no letter, digit or plain sign becomes `_`, and no two become one. */
function safeName(path: string, taken: ReadonlyMap<string, Uint8Array>): string {
  const parts = path.split('/').map((part) =>
    part
      .replaceAll(/[^A-Za-z0-9._+@-]/g, '_')
      .replace(/^\.+/, '_')
      .slice(-MAX_NAME),
  );
  const name = parts.join('/');
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${number}-${name}`)) number += 1;
  return `${number}-${name}`;
}
