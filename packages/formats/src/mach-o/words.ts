/** Integers of either byte order out of untrusted bytes: what lies outside reads as zero, so callers check ranges where it matters. */
export interface Words {
  readonly bytes: Uint8Array;
  readonly bigEndian: boolean;
  /** 4 or 8: size of a pointer in bytes. */
  readonly pointerSize: 4 | 8;
  u8(at: number): number;
  u16(at: number): number;
  u32(at: number): number;
  i32(at: number): number;
  /** Exact up to 2^53, beyond that only the magnitude is right. */
  u64(at: number): number;
  /** An address, offset or size of the file's own width. */
  word(at: number): number;
}

export function createWords(bytes: Uint8Array, bigEndian: boolean, pointerSize: 4 | 8): Words {
  const u8 = (at: number): number => bytes[at] ?? 0;
  const u16 = (at: number): number => (bigEndian ? (u8(at) << 8) | u8(at + 1) : u8(at) | (u8(at + 1) << 8));
  const u32 = (at: number): number =>
    bigEndian ? ((u16(at) << 16) | u16(at + 2)) >>> 0 : (u16(at) | (u16(at + 2) << 16)) >>> 0;
  const u64 = (at: number): number =>
    bigEndian ? u32(at) * 0x1_0000_0000 + u32(at + 4) : u32(at + 4) * 0x1_0000_0000 + u32(at);
  return {
    bytes,
    bigEndian,
    pointerSize,
    u8,
    u16,
    u32,
    i32: (at) => u32(at) | 0,
    u64,
    word: pointerSize === 8 ? u64 : u32,
  };
}
