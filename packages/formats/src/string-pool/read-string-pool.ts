/**
 * The string pool that binary XML and resources.arsc share (AOSP androidfw ResourceTypes.h, `ResStringPool_header`), as
 * `ResStringPool::setTo`, `stringAt` and `string8At` of ResourceTypes.cpp read it. Strings are decoded when asked for.
 */
import { Cursor, type Diagnostics, u16At, u32At, utf16Text } from '@vedette/bytes';
import { modifiedUtf8Text } from './modified-utf8.ts';
import { readStyles, type StyleSpan } from './read-styles.ts';

export interface StringPool {
  readonly count: number;
  /** Whether the pool says it holds UTF-8; else UTF-16. */
  readonly utf8: boolean;
  /** The string, or null when there is no such index or the platform would not take it. */
  get(index: number): string | null;
  /** Spans of a styled string, empty for plain ones. */
  styles(index: number): readonly StyleSpan[];
}

export const EMPTY_POOL: StringPool = { count: 0, utf8: true, get: () => null, styles: () => [] };

/** `ResStringPool_header::UTF8_FLAG` and `SORTED_FLAG`. */
export const POOL_SORTED = 0x001;
export const POOL_UTF8 = 0x100;

/** Longest string kept whole, in code units: nothing a platform reads is longer, decoys of megabytes are (SoumniBot). */
const MAX_STRING = 1 << 18;
const HEADER_SIZE = 28;

/** Where a pool is and under which name its deviations are reported. */
export interface PoolPlace {
  readonly start: number;
  /** One past the chunk's last byte, no further than the file reaches. */
  readonly end: number;
  /** First part of the ids: `axml` or `arsc`. */
  readonly format: 'axml' | 'arsc';
}

interface OpenPool {
  readonly bytes: Uint8Array;
  readonly diagnostics: Diagnostics;
  readonly format: string;
  /** The strings' bytes: `[dataStart, dataEnd)`. */
  readonly dataStart: number;
  readonly dataEnd: number;
}

/** A string found in the pool, not yet decoded: bytes for UTF-8, code units for UTF-16. */
interface Located {
  readonly start: number;
  readonly length: number;
}

/**
 * Opens the pool of one chunk. Counts are believed as far as the platform believes them: the index must fit into the
 * chunk. Where the platform refuses the whole pool (index beyond the chunk, no NUL at the end of the strings, styles
 * before strings) that is an error, and what can be read is read all the same.
 */
export function readStringPool(bytes: Uint8Array, place: PoolPlace, diagnostics: Diagnostics): StringPool {
  const { start, end, format } = place;
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
    diagnostics.error(`${format}.string-pool.truncated`, 'the string pool has no whole header', { offset: start });
    return EMPTY_POOL;
  }
  const report = (level: 'warning' | 'error', id: string, message: string): void =>
    diagnostics[level](`${format}.string-pool.${id}`, message, { offset: start });

  const indexStart = start + Math.max(HEADER_SIZE, headerSize);
  if (headerSize !== HEADER_SIZE) {
    report(headerSize < HEADER_SIZE ? 'error' : 'warning', 'header-size', `a header of ${headerSize} bytes, not 28`);
  }
  const dataStart = start + stringsStart;
  const inChunk = Math.max(0, end - indexStart) >> 2;
  const beforeStrings = Math.max(0, Math.min(dataStart, end) - indexStart) >> 2;
  const count = Math.min(declaredCount, inChunk);
  if (count < declaredCount) {
    report('error', 'count', `${declaredCount} strings announced, there is room for ${inChunk}`);
  } else if (count > beforeStrings) {
    report('warning', 'count', `${declaredCount} strings announced, there is room for ${beforeStrings}`);
  }
  if (declaredCount > 0 && dataStart >= end - 2) {
    report('error', 'start', `the strings begin at byte ${stringsStart}, behind the pool`);
  }
  if ((styleCount === 0) !== (stylesStart === 0)) {
    report('warning', 'styles', 'number and place of the styles contradict each other');
  }
  if (start % 4 !== 0 || headerSize % 4 !== 0 || (stringsStart % 4 !== 0 && declaredCount > 0)) {
    report('warning', 'alignment', 'the pool or its strings do not begin at a multiple of four bytes');
  }
  if ((flags & ~(POOL_UTF8 | POOL_SORTED)) !== 0) {
    report('warning', 'flags', `unknown flags 0x${flags.toString(16)}`);
  }
  // Style spans follow the strings; a style offset before the strings is a lie and does not bound them.
  const stylesAt = start + stylesStart;
  if (styleCount > 0 && (stylesAt <= dataStart || stylesAt >= end)) {
    report('error', 'styles', 'the styles begin before the strings or behind the pool');
  }
  const dataEnd = styleCount > 0 && stylesAt > dataStart && stylesAt < end ? stylesAt : end;
  const utf8 = (flags & POOL_UTF8) !== 0;
  const lastUnit = utf8 ? (bytes[dataEnd - 1] ?? 0) : u16At(bytes, dataStart + ((dataEnd - dataStart) & ~1) - 2);
  if (declaredCount > 0 && dataStart < dataEnd && lastUnit !== 0) {
    report('error', 'terminator', 'the last string of the pool does not end in NUL');
  }
  const pool: OpenPool = { bytes, diagnostics, format, dataStart, dataEnd };
  const get = createLookup(pool, { count, utf8, indexStart, budget: Math.max(4 * MAX_STRING, (end - start) * 4) });
  const styleIndex = indexStart + count * 4;
  return {
    count,
    utf8,
    get,
    styles: (index) =>
      index < 0 || index >= styleCount || stylesAt >= end || styleIndex + index * 4 + 4 > end
        ? []
        : readStyles(bytes, stylesAt + u32At(bytes, styleIndex + index * 4), end, get),
  };
}

interface Index {
  readonly count: number;
  readonly utf8: boolean;
  readonly indexStart: number;
  /** Code units decoded in sum: strings may share bytes, what they cost stays in proportion to the pool. */
  readonly budget: number;
}

function createLookup(pool: OpenPool, { count, utf8, indexStart, budget }: Index): StringPool['get'] {
  const { bytes, diagnostics, format } = pool;
  const cache = new Map<number, string | null>();
  let unitsLeft = budget;
  return (index) => {
    if (index < 0 || index >= count) return null;
    const cached = cache.get(index);
    if (cached !== undefined) return cached;
    const at = pool.dataStart + u32At(bytes, indexStart + index * 4);
    if (unitsLeft <= 0) {
      const message = 'strings share so many bytes that no more are decoded';
      diagnostics.error(`${format}.string-pool.overlap`, message, { offset: at });
      return null;
    }
    const text = at < pool.dataEnd ? (utf8 ? utf8String(pool, at) : utf16String(pool, at)) : null;
    if (text === null) {
      const message = `string ${index} leads out of the pool or has no NUL at its end`;
      diagnostics.error(`${format}.string.unreadable`, message, { offset: at });
    }
    unitsLeft -= (text?.length ?? 0) + 1;
    cache.set(index, text);
    return text;
  };
}

/** Two lengths (in UTF-16 units, then in bytes), each of one or two bytes, big-endian; a NUL at the end, or the platform refuses it. */
function utf8String(pool: OpenPool, start: number): string | null {
  const { bytes, dataEnd, diagnostics, format } = pool;
  const wideUnits = ((bytes[start] ?? 0) & 0x80) !== 0;
  const units = wideUnits ? (((bytes[start] ?? 0) & 0x7f) << 8) | (bytes[start + 1] ?? 0) : (bytes[start] ?? 0);
  let at = start + (wideUnits ? 2 : 1);
  const first = bytes[at] ?? 0;
  const wide = (first & 0x80) !== 0;
  const declared = wide ? ((first & 0x7f) << 8) | (bytes[at + 1] ?? 0) : first;
  at += wide ? 2 : 1;
  // Lengths above 0x7fff lose their upper bits in this encoding; the platform then tries each that could be meant.
  let length = declared;
  while (at + length < dataEnd && bytes[at + length] !== 0) length += 0x8000;
  if (at + length >= dataEnd) return null;
  const kept = bounded(pool, { start: at, length });
  const nul = bytes.indexOf(0, at);
  if (nul >= 0 && nul < at + kept) {
    // Java gets the string from C (`NewStringUTF`), which ends at the first NUL.
    const message = `a NUL within a string of ${length} bytes: the platform takes what is before it`;
    diagnostics.warning(`${format}.string.nul`, message, { offset: at });
    return modifiedUtf8Text(bytes, at, nul);
  }
  const text = modifiedUtf8Text(bytes, at, at + kept);
  if (kept === length && (text.length & 0x7fff) !== units && !text.includes('\ufffd')) {
    const message = `a string of ${text.length} characters says it has ${units}`;
    diagnostics.warning(`${format}.string.length-mismatch`, message, { offset: start });
  }
  return text;
}

/** A length of one or two 16-bit units; a NUL unit at the end, or the platform refuses it. */
function utf16String(pool: OpenPool, start: number): string | null {
  const { bytes, dataEnd, diagnostics, format } = pool;
  const first = u16At(bytes, start);
  const wide = (first & 0x8000) !== 0;
  const length = wide ? ((first & 0x7fff) << 16) | u16At(bytes, start + 2) : first;
  const at = start + (wide ? 4 : 2);
  if (at + length * 2 + 2 > dataEnd || u16At(bytes, at + length * 2) !== 0) return null;
  const text = utf16Text(bytes, at, bounded(pool, { start: at, length }));
  if (text.includes('\0')) {
    diagnostics.warning(`${format}.string.nul`, 'a NUL within a string, which the platform keeps', { offset: at });
  }
  return text;
}

function bounded(pool: OpenPool, { start, length }: Located): number {
  if (length <= MAX_STRING) return length;
  const message = `a string of ${length} units, cut at ${MAX_STRING}`;
  pool.diagnostics.warning(`${pool.format}.string.long`, message, { offset: start });
  return MAX_STRING;
}
