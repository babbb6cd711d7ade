import type { PlistValue } from '@vedette/formats';
import type { IphoneAnswers } from './iphone-questions.ts';
import { writePlist } from './write-plist.ts';

/**
 * The answers as the phone gave them, with all their keys, for a person to read: nothing in them is judged. By path; lists are written in XML, whatever form the phone sent.
 * @param onLeftOut told of a list that cannot be written: those of a few bytes can unfold without end
 */
export function keptAnswers(
  answers: IphoneAnswers,
  onLeftOut: (name: string, why: string) => void,
): ReadonlyMap<string, Uint8Array> {
  const { device, backup, profiles, supervision, apps, provisioning = [] } = answers;
  const lists: readonly (readonly [string, PlistValue | undefined])[] = [
    ['lockdown', device],
    ['lockdown-backup', backup],
    ['profiles', profiles],
    ['supervision', supervision],
    ['apps', apps === undefined ? undefined : { kind: 'array', items: apps }],
  ];
  const files = new Map<string, Uint8Array>();
  for (const [name, value] of lists) {
    if (value === undefined) continue;
    try {
      files.set(`usb/answers/${name}.plist`, writePlist(value));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      onLeftOut(name, error.message);
    }
  }
  for (const [index, bytes] of provisioning.entries())
    files.set(`usb/answers/provisioning-${index + 1}.mobileprovision`, bytes);
  return files;
}
