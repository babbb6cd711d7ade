import { type Diagnostics, u32At, utf8Text } from '@vedette/bytes';

/** How a field's value is written (Protocol Buffers, "Encoding"). */
export const WIRE_VARINT = 0;
export const WIRE_64_BITS = 1;
export const WIRE_LENGTH = 2;
const WIRE_GROUP_START = 3;
const WIRE_GROUP_END = 4;
export const WIRE_32_BITS = 5;

/** A length-delimited value: `[start, end)` in bytes from the start of the file. */
export interface ProtoRange {
  readonly start: number;
  readonly end: number;
}

/** Groups within groups beyond this are taken for damage, as the readers of the platform do. */
const MAX_GROUP_DEPTH = 64;

/**
 * Goes through the fields of one message without making an object for each: `while (cursor.next()) switch (cursor.field)`. Whatever does not fit ends the message, with
 * one diagnostic; nothing throws. Unknown fields cost their header.
 */
export class ProtoCursor implements ProtoRange {
  readonly bytes: Uint8Array;
  readonly end: number;
  /** Number and wire type of the field that `next` found. */
  field = 0;
  wireType = 0;
  /** Range of a length-delimited value; `start` of the value otherwise. */
  start = 0;
  valueEnd = 0;
  /** Where the field itself begins. */
  fieldStart = 0;
  #low = 0;
  #high = 0;
  #at: number;
  readonly #diagnostics: Diagnostics;

  constructor(bytes: Uint8Array, range: ProtoRange, diagnostics: Diagnostics) {
    this.bytes = bytes;
    this.end = Math.min(range.end, bytes.length);
    this.#at = Math.min(Math.max(range.start, 0), this.end);
    this.start = this.#at;
    this.#diagnostics = diagnostics;
  }

  /** Moves to the next field; false at the end of the message, or where it is damaged. Groups are skipped. */
  next(): boolean {
    while (this.#at < this.end) {
      if (!this.#readField()) return false;
      if (this.wireType === WIRE_GROUP_START) {
        if (!this.#skipGroup()) return false;
      } else return true;
    }
    return false;
  }

  /** The value as an unsigned number, exact up to 2^53; 0 for other wire types than numbers. */
  number(): number {
    return this.wireType === WIRE_LENGTH ? 0 : this.#high * 0x1_0000_0000 + this.#low;
  }

  /** The lower 32 bits, unsigned: how `uint32`, `int32` (then `| 0`), `fixed32`, `bool` and enums are read. */
  low(): number {
    return this.wireType === WIRE_LENGTH ? 0 : this.#low;
  }

  /** A `string`; ill-formed UTF-8 has U+FFFD, other wire types give the empty string. */
  text(): string {
    return this.wireType === WIRE_LENGTH ? utf8Text(this.bytes, this.start, this.valueEnd) : '';
  }

  /** A view of a `bytes` value. */
  view(): Uint8Array {
    return this.wireType === WIRE_LENGTH ? this.bytes.subarray(this.start, this.valueEnd) : this.bytes.subarray(0, 0);
  }

  /** The range of an embedded message; empty for other wire types. */
  range(): ProtoRange {
    return { start: this.start, end: this.wireType === WIRE_LENGTH ? this.valueEnd : this.start };
  }

  /** A cursor over an embedded message. */
  message(): ProtoCursor {
    return new ProtoCursor(this.bytes, this.range(), this.#diagnostics);
  }

  #readField(): boolean {
    this.fieldStart = this.#at;
    if (!this.#varint()) return this.#damaged('a field’s number is cut off');
    const key = this.#high * 0x1_0000_0000 + this.#low;
    this.field = Math.floor(key / 8);
    this.wireType = key % 8;
    if (this.field === 0 || this.field > 0x1fff_ffff) return this.#damaged(`field number ${this.field}`);
    this.start = this.#at;
    switch (this.wireType) {
      case WIRE_VARINT:
        return this.#varint() || this.#damaged('a number is cut off, or longer than ten bytes');
      case WIRE_64_BITS:
      case WIRE_32_BITS: {
        const size = this.wireType === WIRE_64_BITS ? 8 : 4;
        if (this.#at + size > this.end) return this.#damaged(`a value of ${size} bytes is cut off`);
        this.#low = u32At(this.bytes, this.#at);
        this.#high = size === 8 ? u32At(this.bytes, this.#at + 4) : 0;
        this.#at += size;
        return true;
      }
      case WIRE_LENGTH: {
        if (!this.#varint()) return this.#damaged('a length is cut off');
        const length = this.#high * 0x1_0000_0000 + this.#low;
        if (length > this.end - this.#at)
          return this.#damaged(`a value of ${length} bytes where ${this.end - this.#at} are left`);
        this.start = this.#at;
        this.valueEnd = this.#at + length;
        this.#at = this.valueEnd;
        return true;
      }
      case WIRE_GROUP_START:
      case WIRE_GROUP_END:
        return true;
      default:
        return this.#damaged(`wire type ${this.wireType}`);
    }
  }

  #skipGroup(): boolean {
    let depth = 1;
    while (depth > 0) {
      if (this.#at >= this.end) return this.#damaged('a group is not closed');
      if (!this.#readField()) return false;
      if (this.wireType === WIRE_GROUP_END) depth -= 1;
      else if (this.wireType === WIRE_GROUP_START && ++depth > MAX_GROUP_DEPTH)
        return this.#damaged('groups nested too deep');
    }
    return true;
  }

  /** A varint of at most ten bytes into `#low` and `#high`. */
  #varint(): boolean {
    const { bytes, end } = this;
    let at = this.#at;
    let low = 0;
    let high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (at >= end) return false;
      const byte = bytes[at++] ?? 0;
      const bits = byte & 0x7f;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low |= bits << 28;
        high = bits >> 4;
      } else if (shift < 60) high |= bits << (shift - 32);
      else high |= (bits & 1) << 31;
      if (byte < 0x80) {
        this.#low = low >>> 0;
        this.#high = high >>> 0;
        this.#at = at;
        return true;
      }
    }
    return false;
  }

  #damaged(why: string): false {
    this.#diagnostics.error('protobuf.damaged', `${why}: the rest of the message was left out`, {
      offset: this.fieldStart,
    });
    this.#at = this.end;
    return false;
  }
}
