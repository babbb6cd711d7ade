import { createHash } from 'node:crypto';
import { mkdir, open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PhoneLink } from '@vedette/adb';
import { CliError, EXIT } from '../exit-code.ts';
import { type InstalledApk, installedApks, MAX_APPS } from './installed-apks.ts';
import { pullFile } from './pull-file.ts';

/** One pulled APK. */
export interface PulledApk {
  readonly package: string;
  /** In the folder of the evidence. */
  readonly file: string;
  readonly pathOnPhone: string;
  readonly sizeBytes: number;
  /** Hex. */
  readonly sha256: string;
}

export interface PulledApps {
  readonly apks: readonly PulledApk[];
  /** One line for each APK that could not be pulled whole. */
  readonly notes: readonly string[];
}

export interface PullBounds {
  readonly maxFileBytes: number;
  readonly maxTotalBytes: number;
  /** Time for one APK, in milliseconds. */
  readonly fileTimeoutMs: number;
}

const GB = 1024 * 1024 * 1024;
export const PULL_BOUNDS: PullBounds = { maxFileBytes: 2 * GB, maxTotalBytes: 32 * GB, fileTimeoutMs: 10 * 60_000 };

/**
 * Pulls the APKs of apps into `apks/PACKAGE/` of a folder and lists them with their hashes in `apks/index.json`. Nothing of them is run or opened here.
 * @throws CliError when the phone goes away or the person stops; what was pulled until then stays
 */
export async function pullApps(
  link: PhoneLink,
  packages: readonly string[],
  options: {
    readonly folder: string;
    readonly signal: AbortSignal;
    readonly bounds?: PullBounds;
    readonly onApp: (name: string, index: number, total: number) => void;
  },
): Promise<PulledApps> {
  const { folder, signal, bounds = PULL_BOUNDS, onApp } = options;
  const apks: PulledApk[] = [];
  const notes: string[] = [];
  let left = bounds.maxTotalBytes;
  const chosen = packages.slice(0, MAX_APPS);
  if (chosen.length < packages.length) notes.push(`only the first ${MAX_APPS} of ${packages.length} apps are pulled`);
  await mkdir(join(folder, 'apks'), { recursive: true, mode: 0o700 });
  for (const [index, name] of chosen.entries()) {
    onApp(name, index, chosen.length);
    const found = await installedApks(link, name, signal).catch((error: unknown) => giveUp(link, signal, error));
    if (found.length === 0) notes.push(`${name}: the phone does not say where its APKs are`);
    for (const apk of found) {
      try {
        const pulled = await pullApk(link, apk, folder, signal, {
          ...bounds,
          maxFileBytes: Math.min(left, bounds.maxFileBytes),
        });
        left -= pulled.sizeBytes;
        apks.push(pulled);
      } catch (error) {
        if (signal.aborted || link.isLost()) giveUp(link, signal, error);
        notes.push(`${name}: ${apk.name} was not pulled (${error instanceof Error ? error.message : String(error)})`);
      }
    }
  }
  const index = { schema: 'vedette.apks/1', apks };
  await writeFile(join(folder, 'apks', 'index.json'), `${JSON.stringify(index, null, 2)}\n`, {
    flag: 'wx',
    mode: 0o600,
  });
  return { apks, notes };
}

async function pullApk(
  link: PhoneLink,
  apk: InstalledApk,
  folder: string,
  stop: AbortSignal,
  { maxFileBytes, fileTimeoutMs }: PullBounds,
): Promise<PulledApk> {
  const file = `apks/${apk.package}/${apk.name}`;
  const target = join(folder, file);
  await mkdir(join(folder, 'apks', apk.package), { recursive: true, mode: 0o700 });
  const handle = await open(target, 'wx', 0o600);
  const hash = createHash('sha256');
  let sizeBytes = 0;
  try {
    const take = async (piece: Uint8Array): Promise<void> => {
      sizeBytes += piece.length;
      if (sizeBytes > maxFileBytes)
        throw new RangeError(`it is larger than the ${maxFileBytes} bytes that are left for it`);
      hash.update(piece);
      await handle.write(piece);
    };
    await pullFile(link, apk.path, take, AbortSignal.any([stop, AbortSignal.timeout(fileTimeoutMs)]));
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  return { package: apk.package, file, pathOnPhone: apk.path, sizeBytes, sha256: hash.digest('hex') };
}

function giveUp(link: PhoneLink, signal: AbortSignal, cause: unknown): never {
  const message = signal.aborted ? 'stopped' : `phone ${link.serial} went away while its apps were pulled`;
  throw new CliError(EXIT.failed, message, { cause });
}
