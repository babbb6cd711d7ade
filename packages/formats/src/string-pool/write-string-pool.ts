import { ByteWriter } from '@vedette/bytes';
import { POOL_UTF8 } from './read-string-pool.ts';
import type { StyleSpan } from './read-styles.ts';

/** How a pool is written; honest where nothing is said. */
export interface PoolSpec {
  readonly strings: readonly string[];
  readonly utf8?: boolean | undefined;
  /** Spans of the first strings, by index; their tags must be among the strings. */
  readonly styles?: readonly (readonly StyleSpan[])[] | undefined;
  readonly tricks?: PoolTricks | undefined;
}

/** Lies about a pool. */
export interface PoolTricks {
  /** Added to the declared number of strings. */
  readonly countLie?: number;
  /** Declared number of styles, where there are none. */
  readonly styleCount?: number;
  readonly stylesStart?: number;
  /** Larger than 28: junk between the header and the index. */
  readonly headerSize?: number;
  /** Flags as declared, whatever the encoding is. */
  readonly flags?: number;
  /** Where the strings are said to begin. */
  readonly stringsStart?: number;
  /** Bytes before the strings, so that they begin at an odd place. */
  readonly stringsGap?: number;
  /** Leaves out the NUL behind the string of this index. */
  readonly unterminated?: number;
  /** Leaves out the NUL behind the last string and the padding. */
  readonly openEnd?: boolean;
  /** Added to the length in UTF-16 units of every UTF-8 string. */
  readonly unitsLie?: number;
  /** Offset of each string instead of the real one. */
  readonly offset?: (index: number, offset: number) => number;
  /** Bytes of a string instead of its encoding (UTF-8 pools). */
  readonly raw?: (index: number) => Uint8Array | undefined;
}

/** Writes one string pool chunk (AOSP ResourceTypes.h, `ResStringPool_header`). */
export function writeStringPool(out: ByteWriter, { strings, utf8 = false, styles = [], tricks = {} }: PoolSpec): void {
  const { headerSize = 28 } = tricks;
  const data = new ByteWriter();
  const offsets = strings.map((text, index) => {
    const offset = data.length;
    const end = tricks.unterminated === index || (tricks.openEnd === true && index === strings.length - 1) ? [] : [0];
    if (utf8) writeUtf8(data, text, index, tricks).bytes(end);
    else {
      if (text.length > 0x7fff) data.u16(0x8000 | (text.length >> 16));
      data
        .u16(text.length & 0xffff)
        .utf16(text)
        .u16(...end);
    }
    return tricks.offset?.(index, offset) ?? offset;
  });
  if (tricks.openEnd === true) while (data.length % 4 !== 0) data.u8(0x41);
  const spans = new ByteWriter();
  const styleOffsets = styles.map((list) => {
    const offset = spans.length;
    for (const { tag, first, last } of list) spans.u32(strings.indexOf(tag), first, last);
    spans.u32(0xffff_ffff);
    return offset;
  });
  if (styles.length > 0) spans.u32(0xffff_ffff, 0xffff_ffff, 0xffff_ffff);
  data.align(4);

  const start = out.length;
  const stringsStart = headerSize + (offsets.length + styles.length) * 4 + (tricks.stringsGap ?? 0);
  out.u16(0x0001, headerSize).u32(0);
  out.u32(strings.length + (tricks.countLie ?? 0), tricks.styleCount ?? styles.length);
  out.u32(tricks.flags ?? (utf8 ? POOL_UTF8 : 0), tricks.stringsStart ?? stringsStart);
  out.u32(tricks.stylesStart ?? (styles.length > 0 ? stringsStart + data.length : 0));
  out.bytes(new Uint8Array(headerSize - 28));
  out.u32(...offsets, ...styleOffsets).bytes(new Uint8Array(tricks.stringsGap ?? 0), data.finish(), spans.finish());
  if (tricks.openEnd !== true) out.align(4);
  out.patchU32(start + 4, out.length - start);
}

function writeUtf8(data: ByteWriter, text: string, index: number, tricks: PoolTricks): ByteWriter {
  const bytes = tricks.raw?.(index) ?? new TextEncoder().encode(text);
  for (const length of [text.length + (tricks.unitsLie ?? 0), bytes.length]) {
    if (length > 0x7f) data.u8(0x80 | ((length >> 8) & 0x7f));
    data.u8(length & 0xff);
  }
  return data.bytes(bytes);
}
