import { type PhoneLink, runCommand } from '@vedette/adb';

/** One APK of an installed app: where it is on the phone, and a file name that is safe anywhere. */
export interface InstalledApk {
  readonly package: string;
  readonly path: string;
  /** `base.apk`, `split_config.de.apk`. */
  readonly name: string;
}

/** Most apps and most APKs of one app that are looked at. */
export const MAX_APPS = 500;
const MAX_APKS = 100;
const LIMITS = { timeoutMs: 20_000, maxBytes: 1024 * 1024 };
/** Names as Android allows them: they become part of a command and of a path. */
const PACKAGE = /^[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)*$/;
const APK_PATH = /^\/[\x21-\x7e]{1,900}\/([A-Za-z0-9][A-Za-z0-9._-]{0,150}\.apk)$/;

/** Third-party packages in the answer of `pm list packages -3`; names that Android would not allow are left out. */
export function thirdPartyPackages(answer: Uint8Array): string[] {
  const names = new TextDecoder()
    .decode(answer)
    .split('\n')
    .map((line) => /^package:(\S{1,255})\s*$/.exec(line)?.[1] ?? '');
  return [...new Set(names.filter((name) => PACKAGE.test(name)))];
}

/** The APKs of one app by `pm path`; paths and names that lead elsewhere are left out. */
export async function installedApks(link: PhoneLink, name: string, signal: AbortSignal): Promise<InstalledApk[]> {
  const answer = await runCommand(link, `pm path ${name}`, { ...LIMITS, signal });
  if (answer.kind !== 'answered') return [];
  return apksIn(name, new TextDecoder().decode(answer.output));
}

export function apksIn(name: string, answer: string): InstalledApk[] {
  const apks = new Map<string, InstalledApk>();
  for (const line of answer.split('\n')) {
    const path = line.trimEnd().replace(/^package:/, '');
    const file = APK_PATH.exec(path)?.[1];
    if (file === undefined || !line.startsWith('package:') || path.split('/').includes('..')) continue;
    const key = file.toLowerCase();
    if (!apks.has(key) && apks.size < MAX_APKS) apks.set(key, { package: name, path, name: file });
  }
  return [...apks.values()];
}
