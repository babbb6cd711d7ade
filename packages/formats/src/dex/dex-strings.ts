import { Cursor, type Diagnostics, latin1Text, u32At } from '@vedette/bytes';
import type { DexSection } from './dex-header.ts';

/** The string pool of a DEX, decoded when asked for. */
export interface DexStrings {
  readonly count: number;
  /** Where the MUTF-8 of each string begins, in bytes of the file; 0 when it is out of range. */
  readonly starts: Uint32Array;
  /** UTF-16 code units of each string that are read; a NUL before that ends it. */
  readonly lengths: Uint32Array;
  /** The string; empty when the index or its data is out of range. */
  get(index: number): string;
}

/** A string longer than this is cut: no rule reads further, and a decoy of megabytes must not cost them. */
const MAX_STRING = 1 << 20;

/**
 * `string_id_item` and `string_data_item`: a ULEB128 count of UTF-16 code units, then MUTF-8 up to a NUL. Strings may
 * share bytes in a hostile file; the sum of what is decoded stays in proportion to the file.
 */
export function readDexStrings(bytes: Uint8Array, section: DexSection, diagnostics: Diagnostics): DexStrings {
  const { count } = section;
  const starts = new Uint32Array(count);
  const lengths = new Uint32Array(count);
  const cursor = new Cursor(bytes);
  let total = 0;
  for (let index = 0; index < count; index++) {
    const offset = u32At(bytes, section.offset + index * 4);
    const first = bytes[offset];
    if (first === undefined) {
      diagnostics.warning('dex.string.offset', `string ${index} is outside of the file`, {
        offset: section.offset + index * 4,
      });
      continue;
    }
    let length = first;
    let start = offset + 1;
    if (first >= 0x80) {
      cursor.offset = offset;
      length = cursor.uleb128();
      start = cursor.offset;
    }
    starts[index] = start;
    if (length > MAX_STRING) reportLong(index, length, start, diagnostics);
    lengths[index] = Math.min(length, bytes.length - start);
    total += lengths[index] ?? 0;
  }
  let limit = MAX_STRING;
  if (total > bytes.length * 4) {
    limit = Math.max(16, Math.min(MAX_STRING, Math.floor((bytes.length * 4) / count)));
    const message = `strings of ${total} characters in a file of ${bytes.length} bytes; each is cut at ${limit}`;
    diagnostics.error('dex.string-pool.overlap', message, { offset: section.offset });
  }
  for (let index = 0; index < count; index++) lengths[index] = Math.min(lengths[index] ?? 0, limit);
  const cache: (string | undefined)[] = [];
  return {
    count,
    starts,
    lengths,
    get(index) {
      const start = starts[index];
      if (start === undefined || start === 0) return '';
      return (cache[index] ??= decodeMutf8(bytes, start, lengths[index] ?? 0));
    },
  };
}

function reportLong(index: number, length: number, offset: number, diagnostics: Diagnostics): void {
  const message = `string ${index} has ${length} characters; it is cut at ${MAX_STRING}`;
  diagnostics.warning('dex.string.long', message, { offset });
}

/** `length` code units of MUTF-8 from `start`: ASCII runs as they are, two and three byte forms as code units, stopping at a NUL. */
export function decodeMutf8(bytes: Uint8Array, start: number, length: number): string {
  const end = start + length;
  let ascii = start;
  while (ascii < end) {
    const byte = bytes[ascii];
    if (byte === undefined || byte === 0 || byte >= 0x80) break;
    ascii += 1;
  }
  const plain = latin1Text(bytes, start, ascii);
  return ascii === end ? plain : plain + decodeMixed(bytes, ascii, end - ascii);
}

function decodeMixed(bytes: Uint8Array, start: number, length: number): string {
  let text = '';
  let at = start;
  for (let unit = 0; unit < length; unit++) {
    const first = bytes[at] ?? 0;
    if (first === 0) break;
    if (first < 0x80) {
      text += String.fromCharCode(first);
      at += 1;
    } else if (first >> 5 === 0b110) {
      text += String.fromCharCode(((first & 0x1f) << 6) | ((bytes[at + 1] ?? 0) & 0x3f));
      at += 2;
    } else if (first >> 4 === 0b1110) {
      text += String.fromCharCode(
        ((first & 0x0f) << 12) | (((bytes[at + 1] ?? 0) & 0x3f) << 6) | ((bytes[at + 2] ?? 0) & 0x3f),
      );
      at += 3;
    } else {
      text += '\ufffd';
      at += 1;
    }
  }
  return text;
}
