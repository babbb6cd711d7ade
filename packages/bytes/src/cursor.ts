import { latin1Text, utf8Text, utf16Text } from './text.ts';

/**
 * A place in bytes that cannot leave its window: the one place where untrusted bytes are read.
 *
 * A read that does not fit returns zero (or what is there), moves the cursor to the end of the window and sets
 * `truncated`, which stays set. So a reader may read a whole header without a check after each field and ask once;
 * loops ask `truncated` in their condition. Nothing here throws. All numbers are little-endian unless the name says so.
 */
export class Cursor {
  readonly bytes: Uint8Array;
  /** First and one-past-last readable position, in bytes from the start of `bytes`. */
  readonly start: number;
  readonly end: number;
  /** Where the next read begins, in bytes from the start of `bytes`. */
  offset: number;
  /** Whether any read so far went outside of the window. */
  truncated = false;

  /** A cursor over `bytes[start, end)`; bounds outside of `bytes` are pulled in and count as truncation. */
  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.bytes = bytes;
    this.end = Math.min(Math.max(end, 0), bytes.length);
    this.start = Math.min(Math.max(start, 0), this.end);
    this.offset = this.start;
    this.truncated = this.start !== start || this.end !== end;
  }

  get remaining(): number {
    return this.end - this.offset;
  }

  get atEnd(): boolean {
    return this.offset >= this.end;
  }

  #fits(count: number): boolean {
    if (count >= 0 && count <= this.end - this.offset) return true;
    this.offset = this.end;
    this.truncated = true;
    return false;
  }

  u8(): number {
    if (!this.#fits(1)) return 0;
    return this.bytes[this.offset++] ?? 0;
  }

  u16(): number {
    if (!this.#fits(2)) return 0;
    const value = u16At(this.bytes, this.offset);
    this.offset += 2;
    return value;
  }

  u32(): number {
    if (!this.#fits(4)) return 0;
    const value = u32At(this.bytes, this.offset);
    this.offset += 4;
    return value;
  }

  i32(): number {
    return this.u32() | 0;
  }

  /** Unsigned 64-bit as a number: exact up to 2^53, beyond that only its magnitude is right (enough to refuse it). */
  u64(): number {
    const low = this.u32();
    return this.u32() * 0x1_0000_0000 + low;
  }

  u32BigEndian(): number {
    if (!this.#fits(4)) return 0;
    const { bytes, offset } = this;
    this.offset += 4;
    return (
      (((bytes[offset] ?? 0) << 24) |
        ((bytes[offset + 1] ?? 0) << 16) |
        ((bytes[offset + 2] ?? 0) << 8) |
        (bytes[offset + 3] ?? 0)) >>>
      0
    );
  }

  /** Unsigned LEB128 of at most five bytes, as 32 bits (Dalvik executable format, "LEB128"). A sixth byte is not read. */
  uleb128(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.u8();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return value >>> 0;
  }

  /** Signed LEB128 of at most five bytes. */
  sleb128(): number {
    let value = 0;
    let shift = 0;
    let byte = 0;
    do {
      byte = this.u8();
      value |= (byte & 0x7f) << shift;
      shift += 7;
    } while (byte >= 0x80 && shift < 35);
    return shift < 32 && (byte & 0x40) !== 0 ? value | (-1 << shift) : value;
  }

  /** A view (no copy) of the next `count` bytes, or of those that are there. */
  take(count: number): Uint8Array {
    const from = this.offset;
    if (this.#fits(count)) this.offset += count;
    return this.bytes.subarray(from, this.offset);
  }

  skip(count: number): void {
    if (this.#fits(count)) this.offset += count;
  }

  /** Moves to `offset`, in bytes from the start of `bytes`; outside of the window it is a truncation. */
  seek(offset: number): void {
    if (offset >= this.start && offset <= this.end) this.offset = offset;
    else {
      this.offset = this.end;
      this.truncated = true;
    }
  }

  /** A cursor over the next `length` bytes, which this one skips; shorter, and marked truncated, if they are not there. */
  sub(length: number): Cursor {
    const from = this.offset;
    const inner = new Cursor(this.bytes, from, Math.max(from, Math.min(from + length, this.end)));
    inner.truncated = length < 0 || length > this.end - from;
    this.skip(length);
    return inner;
  }

  latin1(length: number): string {
    return latin1Text(this.take(length));
  }

  utf8(length: number): string {
    return utf8Text(this.take(length));
  }

  /** Little-endian UTF-16 of `units` code units. */
  utf16(units: number): string {
    const view = this.take(units * 2);
    return utf16Text(view, 0, view.length >> 1);
  }
}

/** Little-endian 16 bits at `offset`; bytes outside of `bytes` read as zero. */
export function u16At(bytes: Uint8Array, offset: number): number {
  return (bytes[offset] ?? 0) | ((bytes[offset + 1] ?? 0) << 8);
}

/** Little-endian unsigned 32 bits at `offset`; bytes outside of `bytes` read as zero. */
export function u32At(bytes: Uint8Array, offset: number): number {
  return (
    ((bytes[offset] ?? 0) |
      ((bytes[offset + 1] ?? 0) << 8) |
      ((bytes[offset + 2] ?? 0) << 16) |
      ((bytes[offset + 3] ?? 0) << 24)) >>>
    0
  );
}
