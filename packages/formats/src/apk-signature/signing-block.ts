import { Cursor, type Diagnostics, hex, latin1Text, u32At } from '@vedette/bytes';

/** One pair of the APK Signing Block. */
export interface SigningBlockPair {
  readonly id: number;
  readonly value: Uint8Array;
}

export interface SigningBlock {
  /** In bytes from the start of the file, the leading size field included. */
  readonly start: number;
  readonly pairs: readonly SigningBlockPair[];
}

export const V2_BLOCK = 0x7109871a;
export const V3_BLOCK = 0xf05368c0;
export const V31_BLOCK = 0x1b93ad61;

/** Pairs that are no signature, by id: what they are for. */
const KNOWN_PAIRS: Readonly<Record<number, string>> = {
  0x42726577: 'padding for verity',
  0x504b4453: 'dependency metadata of the build tools',
  0x2146444e: 'metadata of Google Play',
  0x6dff800d: 'source stamp',
  0x2b09189e: 'source stamp, first version',
};

const MAGIC = 'APK Sig Block 42';
const FOOTER_SIZE = 24;
const MAX_PAIRS = 1_000;

/**
 * The block before the central directory (source.android.com, "APK Signature Scheme v2"): size, pairs of length, id and
 * value, the size again, magic. Null when there is none.
 */
export function readSigningBlock(
  bytes: Uint8Array,
  directoryOffset: number,
  diagnostics: Diagnostics,
): SigningBlock | null {
  const footer = directoryOffset - FOOTER_SIZE;
  if (footer < 8 || latin1Text(bytes, footer + 8, directoryOffset) !== MAGIC) return null;
  const place = { offset: footer };
  const size = new Cursor(bytes, footer).u64();
  const start = directoryOffset - size - 8;
  if (size < FOOTER_SIZE || start < 0) {
    diagnostics.error('apk-signature.block.size', `a signing block of ${size} bytes does not fit`, place);
    return null;
  }
  if (new Cursor(bytes, start).u64() !== size) {
    diagnostics.error('apk-signature.block.size', 'the two sizes of the signing block differ', place);
  }
  const pairs: SigningBlockPair[] = [];
  const cursor = new Cursor(bytes, start + 8, footer);
  while (cursor.remaining >= 12 && pairs.length < MAX_PAIRS) {
    const { offset } = cursor;
    const length = cursor.u64();
    if (length < 4 || length > cursor.remaining) {
      diagnostics.error('apk-signature.block.pair', `a pair of ${length} bytes does not fit in the signing block`, {
        offset,
      });
      break;
    }
    const id = cursor.u32();
    pairs.push({ id, value: cursor.take(length - 4) });
    if (![V2_BLOCK, V3_BLOCK, V31_BLOCK].includes(id) && KNOWN_PAIRS[id] === undefined) {
      const message = `unknown pair ${hex(id, 8)} of ${length - 4} bytes: a channel mark, or data hidden from the signature`;
      diagnostics.warning('apk-signature.block.unknown-id', message, { offset });
    }
  }
  return { start, pairs };
}

/**
 * A sequence of items with 32-bit length each, as all lists in the block are; the list itself has no length here.
 * An item that is cut off ends it.
 */
export function lengthPrefixed(bytes: Uint8Array, limit = 100): Uint8Array[] {
  const items: Uint8Array[] = [];
  for (let at = 0; at + 4 <= bytes.length && items.length < limit; ) {
    const length = u32At(bytes, at);
    if (length > bytes.length - at - 4) break;
    items.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return items;
}
