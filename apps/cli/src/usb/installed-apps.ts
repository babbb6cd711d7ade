import { itemsAt, type PlistValue, textAt } from '@vedette/formats';
import type { BytePipe } from './byte-pipe.ts';
import { receivePlist, sendPlist, TooLargeError } from './plist-frames.ts';
import { plistDict } from './write-plist.ts';

export const INSTALLATION_PROXY = 'com.apple.mobile.installation_proxy';

/** What is asked of each app. `iTunesMetadata` is what the store wrote down when it was bought. */
const ATTRIBUTES = [
  'CFBundleIdentifier',
  'CFBundleDisplayName',
  'CFBundleName',
  'CFBundleShortVersionString',
  'CFBundleVersion',
  'ApplicationType',
  'SignerIdentity',
  'ProfileValidated',
  'Entitlements',
  'Path',
  'iTunesMetadata',
];
const MAX_APPS = 5_000;
/** A list comes in pieces of about twenty apps; more pieces than apps would be nonsense. */
const MAX_PIECES = MAX_APPS + 100;
const MAX_PIECE_BYTES = 32 * 1024 * 1024;

/**
 * The apps that were installed by somebody, as the phone describes them. A list counts only when it came to its end.
 * @throws Error when the phone refuses, or the list is broken, endless or larger than `maxBytes`
 */
export async function browseApps(pipe: BytePipe, maxBytes: number): Promise<readonly PlistValue[]> {
  const options = plistDict({ ApplicationType: 'User', ReturnAttributes: ATTRIBUTES });
  await sendPlist(pipe, plistDict({ Command: 'Browse', ClientOptions: options }));
  const apps: PlistValue[] = [];
  let left = maxBytes;
  for (let piece = 0; piece < MAX_PIECES; piece++) {
    const answer = await receivePlist(pipe, Math.min(left, MAX_PIECE_BYTES), (length) => void (left -= length));
    const error = textAt(answer, 'Error');
    if (error !== null) throw new Error(`refused (${error.slice(0, 100)})`);
    apps.push(...itemsAt(answer, 'CurrentList'));
    if (apps.length > MAX_APPS) break;
    if (textAt(answer, 'Status') === 'Complete') return apps;
  }
  throw new TooLargeError(`lists more than ${MAX_APPS} apps, or has no end`);
}
