import type { Diagnostics } from '@vedette/bytes';
import { createWords } from '../mach-o/words.ts';
import type { SignatureBlob } from './signature-model.ts';

/** Magic numbers of blobs (xnu, osfmk/kern/cs_blobs.h). */
export const BLOB = {
  REQUIREMENT: 0xfade0c00,
  REQUIREMENTS: 0xfade0c01,
  CODE_DIRECTORY: 0xfade0c02,
  EMBEDDED_SIGNATURE: 0xfade0cc0,
  ENTITLEMENTS: 0xfade7171,
  ENTITLEMENTS_DER: 0xfade7172,
  WRAPPER: 0xfade0b01,
} as const;

/** Slots of the index, which are also the numbers of special hashes up to 11. */
export const SLOT = {
  CODE_DIRECTORY: 0,
  INFO_PLIST: 1,
  REQUIREMENTS: 2,
  RESOURCES: 3,
  APPLICATION: 4,
  ENTITLEMENTS: 5,
  REPRESENTATION: 6,
  ENTITLEMENTS_DER: 7,
  LAUNCH_SELF: 8,
  LAUNCH_PARENT: 9,
  LAUNCH_RESPONSIBLE: 10,
  LIBRARY: 11,
  ALTERNATES: 0x1000,
  ALTERNATES_END: 0x1005,
  SIGNATURE: 0x1_0000,
} as const;

/** Blobs read; honest signatures have up to a dozen. */
const MAX_BLOBS = 64;

/** The index of a SuperBlob and its blobs, cut to what is there. Empty when the bytes are none. */
export function readSuperBlob(bytes: Uint8Array, diagnostics: Diagnostics): readonly SignatureBlob[] {
  const words = createWords(bytes, true, 8);
  if (words.u32(0) !== BLOB.EMBEDDED_SIGNATURE || bytes.length < 12) {
    diagnostics.error('code-signature.malformed', 'no embedded signature where the load command says', { offset: 0 });
    return [];
  }
  const length = Math.min(words.u32(4), bytes.length);
  if (words.u32(4) > bytes.length) {
    const message = `the signature has ${words.u32(4)} bytes, ${bytes.length} are there`;
    diagnostics.error('code-signature.length', message, { offset: 4 });
  }
  const announced = words.u32(8);
  const count = Math.min(announced, MAX_BLOBS, Math.floor((length - 12) / 8));
  if (count < announced) {
    const message = `${announced} blobs are announced; ${count} are looked at`;
    diagnostics.error('code-signature.blob.count', message, { offset: 8 });
  }
  const blobs: SignatureBlob[] = [];
  for (let index = 0; index < count; index++) {
    const slot = words.u32(12 + index * 8);
    const offset = words.u32(16 + index * 8);
    const size = words.u32(offset + 4);
    if (offset + 8 > length || size < 8 || offset + size > length) {
      const message = `the blob of slot 0x${slot.toString(16)} leads outside of the signature`;
      diagnostics.error('code-signature.blob.range', message, { offset: 12 + index * 8 });
      continue;
    }
    if (blobs.some((blob) => blob.slot === slot)) {
      const message = `slot 0x${slot.toString(16)} stands twice; the first one is taken`;
      diagnostics.warning('code-signature.blob.duplicate', message, { offset: 12 + index * 8 });
      continue;
    }
    blobs.push({ slot, magic: words.u32(offset), bytes: bytes.subarray(offset, offset + size) });
  }
  return blobs;
}
