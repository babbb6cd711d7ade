import type { AppImage } from '@vedette/program';
import { attributeOf } from './evidence.ts';
import type { Source } from './rule.ts';

/** How much of a source could be read, and why not more. */
export interface SourceState {
  readonly state: 'readable' | 'partial' | 'unreadable';
  /** For a person; empty when readable. */
  readonly reason: string;
}

/** Android loads `classes.dex`, `classes2.dex` and so on, without a gap, from the root of the archive. */
const LOADED_DEX = /^classes(?:[2-9]|[1-9]\d{1,3})?\.dex$/;

/**
 * Decides for each source whether rules can look at it, from the facts of the image: what a reader says of itself is only used
 * to lower the answer. `partial` means that what was found stands, and that silence proves nothing.
 */
export function sourceStates(image: AppImage): Readonly<Record<Source, SourceState>> {
  return {
    archive: archiveState(image),
    manifest: manifestState(image),
    code: codeState(image),
    signature: signatureState(image),
  };
}

const READABLE: SourceState = { state: 'readable', reason: '' };

function archiveState(image: AppImage): SourceState {
  if (image.entries.length === 0 && isBare(image))
    return { state: 'unreadable', reason: 'The file is bare code, not an app: there is no archive around it.' };
  if (image.entries.length === 0) return { state: 'unreadable', reason: 'The archive has no readable entry.' };
  return lowered(image, ['zip', 'archive', 'container']);
}

/** Code without the app that it belongs to. */
function isBare({ container }: AppImage): boolean {
  return container === 'dex' || container === 'elf' || container === 'mach-o';
}

function manifestState(image: AppImage): SourceState {
  if (isBare(image)) return { state: 'unreadable', reason: 'The file is bare code: no manifest says what it may do.' };
  if (image.ios !== null) {
    const missing = image.ios.main.info === null;
    return missing ? { state: 'unreadable', reason: 'Info.plist is missing or cannot be read.' } : READABLE;
  }
  if (image.manifest === null)
    return { state: 'unreadable', reason: 'AndroidManifest.xml is missing or cannot be read.' };
  return lowered(image, ['manifest']);
}

function codeState(image: AppImage): SourceState {
  if (image.platform === 'ios') return iosCodeState(image);
  if (image.container === 'elf')
    return { state: 'unreadable', reason: 'The file is native code: there is no Dalvik code in it.' };
  const present = image.entries.filter((entry) => LOADED_DEX.test(entry.path)).length;
  const read = image.code.dexFiles.length;
  if (read === 0) {
    const application = image.manifest?.application ?? null;
    // <application android:hasCode="false">: the platform loads no code from this APK, so there is nothing to read.
    if (present === 0 && application !== null && attributeOf(application, 'hasCode') === 'false') return READABLE;
    return {
      state: 'unreadable',
      reason: present === 0 ? 'The archive has no classes.dex.' : `None of ${present} DEX files can be read.`,
    };
  }
  if (read < present) return { state: 'partial', reason: `Only ${read} of ${present} DEX files can be read.` };
  return lowered(image, ['dex', 'code']);
}

/** Native code of iOS is read as far as names, texts and metadata go; what it does is not followed. */
function iosCodeState({ ios, machO }: AppImage): SourceState {
  if (machO !== null) return lowestOf(machO.slices.some(({ encryption }) => (encryption?.id ?? 0) !== 0));
  const binaries = ios?.binaries ?? [];
  if (!binaries.some(({ file }) => file !== null))
    return { state: 'unreadable', reason: 'No program of the app can be read.' };
  return lowestOf(binaries.some(({ codeUnreadable, file }) => codeUnreadable || file === null));
}

function lowestOf(encrypted: boolean): SourceState {
  const reason = encrypted
    ? 'The code is encrypted by the App Store (FairPlay) and cannot be read.'
    : 'Names, texts and metadata of the code were read; what the instructions do was not.';
  return { state: 'partial', reason };
}

function signatureState(image: AppImage): SourceState {
  if (isBare(image))
    return { state: 'unreadable', reason: 'The file is bare code, which carries no signature of an app.' };
  if (image.ios !== null) {
    const unchecked = image.ios.signing.state === 'not-checked';
    return unchecked ? { state: 'partial', reason: 'A part of the code signature could not be checked.' } : READABLE;
  }
  const state = lowered(image, ['signature', 'signers', 'signing']);
  if (state.state !== 'readable') return state;
  if (image.signers.length === 0 && image.entries.some((entry) => isV1SignatureFile(entry.path))) {
    return { state: 'unreadable', reason: 'There is a signature file, but no signer can be read from it.' };
  }
  return READABLE;
}

/** META-INF/*.RSA, .DSA, .EC: signature block files of JAR signing, in any case of letters. */
export function isV1SignatureFile(path: string): boolean {
  return /^META-INF\/[^/]+\.(?:RSA|DSA|EC)$/i.test(path);
}

/** The worst a stage with one of these words in its name says of itself. */
function lowered(image: AppImage, words: readonly string[]): SourceState {
  let result = READABLE;
  for (const { stage, status, detail } of image.stages) {
    const name = stage.toLowerCase();
    if (!words.some((word) => name.includes(word))) continue;
    if (status === 'failed' || status === 'skipped')
      return { state: 'unreadable', reason: detail || `Stage ${stage}: ${status}.` };
    if (status === 'partial') result = { state: 'partial', reason: detail || `Stage ${stage} is incomplete.` };
  }
  return result;
}
