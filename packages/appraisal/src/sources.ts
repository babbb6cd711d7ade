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
  if (image.entries.length === 0) return { state: 'unreadable', reason: 'The archive has no readable entry.' };
  return lowered(image, ['zip', 'archive', 'container']);
}

function manifestState(image: AppImage): SourceState {
  if (image.manifest === null)
    return { state: 'unreadable', reason: 'AndroidManifest.xml is missing or cannot be read.' };
  return lowered(image, ['manifest']);
}

function codeState(image: AppImage): SourceState {
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

function signatureState(image: AppImage): SourceState {
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
