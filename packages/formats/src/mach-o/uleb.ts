/** A place in opcodes or a trie: LEB128 numbers as dyld reads them, up to 64 bits, of which 53 are exact. */
export class UlebReader {
  readonly bytes: Uint8Array;
  readonly end: number;
  at: number;
  /** Whether a number was cut off, too long, or read outside. */
  failed = false;

  constructor(bytes: Uint8Array, start: number, end: number) {
    this.bytes = bytes;
    this.end = Math.min(Math.max(end, 0), bytes.length);
    this.at = Math.max(start, 0);
    if (this.at > this.end) {
      this.at = this.end;
      this.failed = true;
    }
  }

  get atEnd(): boolean {
    return this.at >= this.end || this.failed;
  }

  u8(): number {
    if (this.at >= this.end) this.failed = true;
    return this.failed ? 0 : (this.bytes[this.at++] ?? 0);
  }

  uleb(): number {
    let value = 0;
    let factor = 1;
    for (let count = 0; count < 10; count++) {
      const byte = this.u8();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 128;
    }
    this.failed = true;
    return value;
  }

  /** A distance: ULEB128 of 64 bits that wraps, so that linkers write small steps back as huge ones. */
  distance(): number {
    const from = this.at;
    const value = this.uleb();
    if (value < 2 ** 53) return value;
    let exact = 0n;
    for (let at = this.at - 1; at >= from; at--) exact = (exact << 7n) | BigInt((this.bytes[at] ?? 0) & 0x7f);
    return Number(BigInt.asIntN(64, exact));
  }

  sleb(): number {
    let value = 0;
    let factor = 1;
    for (let count = 0; count < 10; count++) {
      const byte = this.u8();
      value += (byte & 0x7f) * factor;
      factor *= 128;
      if (byte < 0x80) return (byte & 0x40) !== 0 ? value - factor : value;
    }
    this.failed = true;
    return value;
  }
}
