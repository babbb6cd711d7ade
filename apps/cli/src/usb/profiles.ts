import { dataAt, itemsAt, numberAt, type PlistValue, textAt } from '@vedette/formats';
import type { BytePipe } from './byte-pipe.ts';
import { receivePlist, sendPlist } from './plist-frames.ts';
import { plistDict } from './write-plist.ts';

export const PROFILE_SERVICE = 'com.apple.mobile.MCInstall';
export const PROVISIONING_SERVICE = 'com.apple.misagent';

const MAX_PROVISIONING = 2_000;

/**
 * Asks the service of configuration profiles. Both questions only read; its others, which install and remove, have no place here.
 * @throws Error when the phone refuses or breaks the protocol
 */
export async function askProfiles(
  pipe: BytePipe,
  question: 'GetProfileList' | 'GetCloudConfiguration',
  maxBytes: number,
): Promise<PlistValue> {
  await sendPlist(pipe, plistDict({ RequestType: question }));
  const answer = await receivePlist(pipe, maxBytes);
  const status = textAt(answer, 'Status');
  if (status !== 'Acknowledged') throw new Error(`refused (${status?.slice(0, 100) ?? 'without a word'})`);
  return answer;
}

/**
 * The provisioning profiles on the phone, as files: what lets apps run that come from no store. iOS up to 9.2 knows the question by another name.
 * @throws Error when the phone refuses or breaks the protocol
 */
export async function copyProvisioning(pipe: BytePipe, maxBytes: number): Promise<readonly Uint8Array[]> {
  let answer: PlistValue = { kind: 'null' };
  for (const wording of ['CopyAll', 'Copy']) {
    await sendPlist(pipe, plistDict({ MessageType: wording, ProfileType: 'Provisioning' }));
    answer = await receivePlist(pipe, maxBytes);
    if (numberAt(answer, 'Status') === 0)
      return itemsAt(answer, 'Payload')
        .slice(0, MAX_PROVISIONING)
        .flatMap((item) => dataAt(item) ?? []);
  }
  throw new Error(`refused (${numberAt(answer, 'Status') ?? 'without a word'})`);
}
