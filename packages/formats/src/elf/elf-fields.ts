import { latin1Text, u16At, u32At, utf8Text } from '@vedette/bytes';

/**
 * Numbers of an ELF file in its own byte order and word size (gABI chapter 4). All offsets are in bytes from the start of the file; what lies outside reads as
 * zero. Words of 64 bits are exact up to 2^53, beyond that only their magnitude is right: enough to refuse them.
 */
export interface ElfFields {
  readonly bytes: Uint8Array;
  readonly bits: 32 | 64;
  readonly bigEndian: boolean;
  /** Size of an address, offset or word in bytes: 4 or 8. */
  readonly wordSize: 4 | 8;
  u16(offset: number): number;
  u32(offset: number): number;
  /** An address, offset or word of the file's size, unsigned. */
  word(offset: number): number;
  /** The same, signed. */
  signedWord(offset: number): number;
}

/** @param bigEndian whether `EI_DATA` is `ELFDATA2MSB` */
export function createElfFields(bytes: Uint8Array, bits: 32 | 64, bigEndian: boolean): ElfFields {
  const u16 = bigEndian
    ? (at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
    : (at: number) => u16At(bytes, at);
  const u32 = bigEndian ? (at: number) => u16(at) * 0x1_0000 + u16(at + 2) : (at: number) => u32At(bytes, at);
  const high = bigEndian ? 0 : 4;
  const u64 = (at: number): number => u32(at + high) * 0x1_0000_0000 + u32(at + 4 - high);
  const word = bits === 64 ? u64 : u32;
  const signedWord =
    bits === 64
      ? (at: number) => (u32(at + high) | 0) * 0x1_0000_0000 + u32(at + 4 - high)
      : (at: number) => u32(at) | 0;
  return { bytes, bits, bigEndian, wordSize: bits === 64 ? 8 : 4, u16, u32, word, signedWord };
}

/** Names longer than this are cut: mangled C++ names of real libraries stay below 8 KiB. */
const MAX_NAME = 16_384;

/** The text at `offset` up to its NUL, at most up to `end`; UTF-8, what is not UTF-8 has U+FFFD. */
export function elfText(bytes: Uint8Array, offset: number, end: number): string {
  if (offset < 0 || offset >= end) return '';
  const limit = Math.min(end, bytes.length, offset + MAX_NAME);
  let at = offset;
  let plain = true;
  for (; at < limit; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 0) break;
    plain &&= byte < 0x80;
  }
  return plain ? latin1Text(bytes, offset, at) : utf8Text(bytes, offset, at);
}
