/** A growing array of bytes for builders; little-endian. */
export class ByteWriter {
  #bytes = new Uint8Array(256);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }

  u8(...values: number[]): this {
    this.#reserve(values.length);
    for (const value of values) this.#bytes[this.#length++] = value;
    return this;
  }

  u16(...values: number[]): this {
    for (const value of values) this.u8(value & 0xff, (value >>> 8) & 0xff);
    return this;
  }

  u32(...values: number[]): this {
    for (const value of values) this.u16(value & 0xffff, (value >>> 16) & 0xffff);
    return this;
  }

  /** Unsigned 64 bits of a safe integer. */
  u64(value: number): this {
    return this.u32(value >>> 0, Math.floor(value / 0x1_0000_0000));
  }

  uleb128(value: number): this {
    let rest = value >>> 0;
    while (rest >= 0x80) {
      this.u8((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    return this.u8(rest);
  }

  bytes(...parts: ArrayLike<number>[]): this {
    for (const part of parts) {
      this.#reserve(part.length);
      this.#bytes.set(part, this.#length);
      this.#length += part.length;
    }
    return this;
  }

  latin1(text: string): this {
    for (let index = 0; index < text.length; index++) this.u8(text.charCodeAt(index) & 0xff);
    return this;
  }

  utf8(text: string): this {
    return this.bytes(new TextEncoder().encode(text));
  }

  utf16(text: string): this {
    for (let index = 0; index < text.length; index++) this.u16(text.charCodeAt(index));
    return this;
  }

  /** Zero bytes up to the next multiple of `alignment`. */
  align(alignment: number): this {
    while (this.#length % alignment !== 0) this.u8(0);
    return this;
  }

  /** Overwrites four bytes written before. */
  patchU32(offset: number, value: number): this {
    for (let index = 0; index < 4; index++) this.#bytes[offset + index] = (value >>> (index * 8)) & 0xff;
    return this;
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}
