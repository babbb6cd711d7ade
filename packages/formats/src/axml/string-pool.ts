import { Cursor, type Diagnostics, u16At, u32At, utf8Text, utf16Text } from '@vedette/bytes';
import { POOL_UTF8 } from './chunk-types.ts';

/** Strings of a `ResStringPool`, decoded when asked for. */
export interface StringPool {
  readonly count: number;
  /** The string, or null when there is no such index or it cannot be read. */
  get(index: number): string | null;
}

export const EMPTY_POOL: StringPool = { count: 0, get: () => null };

/** Longest string kept whole, in code units: nothing a platform reads is longer, decoys of megabytes are (SoumniBot). */
const MAX_STRING = 1 << 18;
const HEADER_SIZE = 28;

/**
 * Opens the string pool in `bytes[start, end)` (AOSP ResourceTypes.h, `ResStringPool_header`). Counts and flags are not
 * believed beyond what fits: the number of strings follows from where the strings begin, as the platform requires.
 */
export function readStringPool(bytes: Uint8Array, start: number, end: number, diagnostics: Diagnostics): StringPool {
  const cursor = new Cursor(bytes, start, end);
  cursor.skip(2);
  const headerSize = cursor.u16();
  cursor.skip(4);
  const declaredCount = cursor.u32();
  const styleCount = cursor.u32();
  const flags = cursor.u32();
  const stringsStart = cursor.u32();
  const stylesStart = cursor.u32();
  if (cursor.truncated) {
    diagnostics.error('axml.string-pool.truncated', 'the string pool has no whole header', { offset: start });
    return EMPTY_POOL;
  }
  const indexStart = start + Math.max(HEADER_SIZE, headerSize);
  if (headerSize !== HEADER_SIZE) {
    diagnostics.warning('axml.string-pool.header-size', `a header of ${headerSize} bytes, not 28`, { offset: start });
  }
  const dataStart = start + stringsStart;
  const fitting = Math.max(0, (Math.min(dataStart, end) - indexStart) >> 2);
  const count = Math.min(declaredCount, fitting);
  if (count < declaredCount) {
    const message = `${declaredCount} strings announced, there is room for ${fitting}`;
    diagnostics.warning('axml.string-pool.count', message, { offset: start });
  }
  if ((styleCount === 0) !== (stylesStart === 0)) {
    diagnostics.warning('axml.string-pool.styles', 'number and place of the styles contradict each other', {
      offset: start,
    });
  }
  // Style spans follow the strings; a style offset before the strings is a lie and does not bound them.
  const stylesAt = start + stylesStart;
  const dataEnd = styleCount > 0 && stylesAt > dataStart && stylesAt < end ? stylesAt : end;
  const decode = (flags & POOL_UTF8) !== 0 ? utf8String : utf16String;
  const cache = new Map<number, string | null>();
  // Strings may share bytes: what is decoded in sum stays in proportion to the pool.
  let unitsLeft = Math.max(4 * MAX_STRING, (end - start) * 4);

  return {
    count,
    get(index) {
      if (index < 0 || index >= count) return null;
      const cached = cache.get(index);
      if (cached !== undefined) return cached;
      const at = dataStart + u32At(bytes, indexStart + index * 4);
      if (unitsLeft <= 0) {
        diagnostics.error('axml.string-pool.overlap', 'strings share so many bytes that no more are decoded', {
          offset: at,
        });
        return null;
      }
      const text = at < dataEnd ? decode(bytes, at, dataEnd, diagnostics) : null;
      if (text === null) {
        diagnostics.warning('axml.string.unreadable', `string ${index} leads out of the pool or has no end`, {
          offset: at,
        });
      }
      unitsLeft -= text?.length ?? 0;
      cache.set(index, text);
      return text;
    },
  };
}

/** Two lengths (in UTF-16 units, then in bytes), each of one or two bytes, big-endian; a NUL at the end, or the platform refuses it. */
function utf8String(bytes: Uint8Array, start: number, end: number, diagnostics: Diagnostics): string | null {
  let at = start + (((bytes[start] ?? 0) & 0x80) !== 0 ? 2 : 1);
  const first = bytes[at] ?? 0;
  const wide = (first & 0x80) !== 0;
  let length = wide ? ((first & 0x7f) << 8) | (bytes[at + 1] ?? 0) : first;
  at += wide ? 2 : 1;
  if (at + length > end) return null;
  if (bytes[at + length] !== 0 && at + length < end) {
    // Lengths above 0x7fff wrap in this encoding; the platform then looks for the NUL.
    const terminator = wide ? bytes.indexOf(0, at + length) : -1;
    if (terminator < 0 || terminator >= end || ((terminator - at) & 0x7fff) !== length) return null;
    length = terminator - at;
  }
  return utf8Text(bytes, at, at + bounded(length, at, diagnostics));
}

/** A length of one or two 16-bit units; a NUL unit at the end. */
function utf16String(bytes: Uint8Array, start: number, end: number, diagnostics: Diagnostics): string | null {
  const first = u16At(bytes, start);
  const wide = (first & 0x8000) !== 0;
  const length = wide ? ((first & 0x7fff) << 16) | u16At(bytes, start + 2) : first;
  const at = start + (wide ? 4 : 2);
  if (at + length * 2 > end) return null;
  if (at + length * 2 + 2 <= end && u16At(bytes, at + length * 2) !== 0) return null;
  return utf16Text(bytes, at, bounded(length, at, diagnostics));
}

function bounded(length: number, offset: number, diagnostics: Diagnostics): number {
  if (length <= MAX_STRING) return length;
  diagnostics.warning('axml.string.long', `a string of ${length} units, cut at ${MAX_STRING}`, { offset });
  return MAX_STRING;
}
