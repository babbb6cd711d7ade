import { Cursor, type Diagnostics, hex, latin1Text, u16At, u32At } from '@vedette/bytes';
import { END_RECORD_SIZE } from '../zip/zip-records.ts';
import { SIGNING_BLOCK_IDS } from './signing-block-ids.ts';

/** One pair of the APK Signing Block. */
export interface SigningBlockPair {
  readonly id: number;
  readonly value: Uint8Array;
}

export interface ReadPair extends SigningBlockPair {
  /** Whether it is known whose pair it is. */
  readonly known: boolean;
}

export interface SigningBlock {
  /** In bytes from the start of the file, the leading size field included. */
  readonly start: number;
  readonly pairs: readonly ReadPair[];
  /** Whether the platform would take it; if not it looks for a JAR signature, as if there were no block. */
  readonly usable: boolean;
}

export const V2_BLOCK = 0x7109871a;
export const V3_BLOCK = 0xf05368c0;
export const V31_BLOCK = 0x1b93ad61;
export const STAMP_BLOCK = 0x6dff800d;
export const STAMP_V1_BLOCK = 0x2b09189e;
const PADDING = 0x42726577;

const MAGIC = 'APK Sig Block 42';
const FOOTER_SIZE = 24;
const MAX_PAIRS = 1_000;
/** What a pair that is no signature may hold before it is worth a look: channel marks have some hundred bytes. */
const LARGE_PAYLOAD = 16 * 1024;
const ZIP64_LOCATOR = 0x07064b50; // "PK\6\7"
const ZIP64_LOCATOR_SIZE = 20;

/** Places of the archive around the block, in bytes; see `ZipArchive`. */
export interface ArchivePlaces {
  readonly directoryOffset: number;
  readonly endRecordOffset: number;
}

/**
 * The block before the central directory (source.android.com, "APK Signature Scheme v2"): size, pairs of length, id and
 * value, the size again, magic. Null when there is none. The pairs before a damaged one are given, as the platform would
 * find them.
 */
export function readSigningBlock(
  bytes: Uint8Array,
  places: ArchivePlaces,
  diagnostics: Diagnostics,
): SigningBlock | null {
  const { directoryOffset } = places;
  const footer = directoryOffset - FOOTER_SIZE;
  if (footer < 8) return null;
  const place = { offset: footer };
  if (latin1Text(bytes, footer + 8, directoryOffset) !== MAGIC) {
    reportWrongMagic(bytes, directoryOffset, diagnostics);
    return null;
  }
  const size = new Cursor(bytes, footer).u64();
  const start = directoryOffset - size - 8;
  if (size < FOOTER_SIZE || start < 0) {
    diagnostics.error('apk-signature.block.size', `a signing block of ${size} bytes does not fit`, place);
    return null;
  }
  let usable = reportSurroundings(bytes, places, diagnostics);
  if (new Cursor(bytes, start).u64() !== size) {
    diagnostics.error('apk-signature.block.size', 'the two sizes of the signing block differ', place);
    usable = false;
  }
  const pairs = readPairs(new Cursor(bytes, start + 8, footer), diagnostics);
  return { start, pairs, usable };
}

/** A size that leads to the same size again, with something else than the magic behind it. */
function reportWrongMagic(bytes: Uint8Array, directoryOffset: number, diagnostics: Diagnostics): void {
  const footer = directoryOffset - FOOTER_SIZE;
  const size = new Cursor(bytes, footer).u64();
  const start = directoryOffset - size - 8;
  if (size < FOOTER_SIZE || start < 0 || new Cursor(bytes, start).u64() !== size) return;
  diagnostics.warning(
    'apk-signature.block.magic',
    'the form of a signing block, but not its magic: it does not count',
    {
      offset: footer,
    },
  );
}

/** What the platform demands of the archive before it looks for the block (AOSP, ApkSigningBlockUtils.findSignature). */
function reportSurroundings(bytes: Uint8Array, places: ArchivePlaces, diagnostics: Diagnostics): boolean {
  const { directoryOffset, endRecordOffset } = places;
  const ignored = (message: string): boolean => {
    diagnostics.warning('apk-signature.block.ignored', `${message}: the platform overlooks the signing block`, {
      offset: endRecordOffset,
    });
    return false;
  };
  if (u32At(bytes, endRecordOffset - ZIP64_LOCATOR_SIZE) === ZIP64_LOCATOR) return ignored('a ZIP64 archive');
  if (directoryOffset !== u32At(bytes, endRecordOffset + 16)) return ignored('the directory is not where it should be');
  if (directoryOffset + u32At(bytes, endRecordOffset + 12) !== endRecordOffset)
    return ignored('something stands between the directory and the end record');
  if (endRecordOffset + END_RECORD_SIZE + u16At(bytes, endRecordOffset + 20) !== bytes.length)
    return ignored('the comment does not end with the file');
  return true;
}

function readPairs(cursor: Cursor, diagnostics: Diagnostics): ReadPair[] {
  const pairs: ReadPair[] = [];
  while (cursor.remaining > 0) {
    const { offset } = cursor;
    if (pairs.length >= MAX_PAIRS) {
      diagnostics.warning('apk-signature.block.pairs', `more than ${MAX_PAIRS} pairs; the rest is not read`, {
        offset,
      });
      break;
    }
    const length = cursor.remaining >= 8 ? cursor.u64() : 0;
    if (length < 4 || length > cursor.remaining) {
      const message = `a pair of ${length} bytes does not fit in the signing block; what follows is not read`;
      diagnostics.error('apk-signature.block.pair', message, { offset });
      break;
    }
    const id = cursor.u32();
    const value = cursor.take(length - 4);
    pairs.push({ id, value, known: SIGNING_BLOCK_IDS.has(id) });
    reportPair({ id, value }, offset, diagnostics);
  }
  return pairs;
}

function reportPair({ id, value }: SigningBlockPair, offset: number, diagnostics: Diagnostics): void {
  const known = SIGNING_BLOCK_IDS.get(id);
  const place = { offset };
  if (known === undefined) {
    const message = `unknown pair ${hex(id, 8)} of ${value.length} bytes: a channel mark, or data hidden from the signature`;
    diagnostics.warning('apk-signature.block.unknown-id', message, place);
  } else if (known.kind === 'channel') {
    const text = latin1Text(value.subarray(0, 120)).replace(/[^\x20-\x7e]/g, '.');
    diagnostics.note('apk-signature.block.channel', `${known.name}: ${text}`, place);
  }
  if (value.length === 0) {
    diagnostics.warning('apk-signature.block.empty-pair', `the pair ${hex(id, 8)} is empty`, place);
  }
  if (id === PADDING) {
    if (value.some((byte) => byte !== 0))
      diagnostics.warning('apk-signature.block.padding', `the padding of ${value.length} bytes is not empty`, place);
  } else if (known?.kind !== 'signature' && value.length > LARGE_PAYLOAD) {
    const message = `${value.length} bytes in the pair ${hex(id, 8)}, which no signature protects`;
    diagnostics.warning('apk-signature.block.payload', message, place);
  }
}
