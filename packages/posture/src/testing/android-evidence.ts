import { buildAdbAnswers, buildAndroidqf, buildBugReport, describePhone } from '@vedette/forensics/fixtures';
import type { Files } from './ios-evidence.ts';

export const HEALTHY = describePhone({ systemPackages: 6, apps: [] });
export const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
/** A healthy phone's answers over ADB, one of them replaced. */
export const adb = (name: string, text: string): Files =>
  new Map([...buildAdbAnswers(HEALTHY), [`adb/${name}.txt`, encode(text)]]);
/** A healthy phone's bug report with one more service at its end. */
export function bugReport(service: string, text: string): Files {
  const files = buildBugReport(HEALTHY, { logLines: 1 });
  const [name, body] = [...files].find(([path]) => path.startsWith('bugreport-')) ?? ['', new Uint8Array()];
  const more = `-------------------------------------------------------------------------------\nDUMP OF SERVICE ${service}:\n${text}\n`;
  return new Map([...files, [name, encode(new TextDecoder().decode(body) + more)]]);
}
export const bundle = (files: Readonly<Record<string, string | Uint8Array>>): Files => {
  const all = buildAndroidqf(HEALTHY);
  const folder = [...all.keys()][0]?.split('/')[0] ?? '';
  for (const [name, content] of Object.entries(files))
    all.set(`${folder}/${name}`, typeof content === 'string' ? encode(content) : content);
  return all;
};

/** A crash report as the system writes it. */
export const TOMBSTONE = (process: string, uid: number): string =>
  `*** *** *** *** *** *** *** *** *** *** *** *** *** *** *** ***\nBuild fingerprint: 'example/phone:16/BP1A/1:user/release-keys'\nTimestamp: 2026-11-01 10:11:12.123456789+0100\nCmdline: ${process}\npid: 612, tid: 700, name: worker  >>> ${process} <<<\nuid: ${uid}\nsignal 11 (SIGSEGV), code 1 (SEGV_MAPERR), fault addr 0x0\n`;
