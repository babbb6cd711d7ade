import type { MachOFileType } from './mach-o-file.ts';
import { createWords, type Words } from './words.ts';

const MAGIC_32 = 0xfeedface;
const MAGIC_64 = 0xfeedfacf;
export const FAT_MAGIC = 0xcafebabe;
export const FAT_MAGIC_64 = 0xcafebabf;

/** mach_header and mach_header_64 (mach-o/loader.h). */
export interface MachOHeader {
  readonly words: Words;
  readonly bits: 32 | 64;
  readonly cpuType: number;
  readonly cpuSubtype: number;
  readonly type: MachOFileType;
  readonly commandCount: number;
  readonly commandsSize: number;
  readonly flags: number;
  /** Where the load commands begin, in bytes. */
  readonly size: 28 | 32;
}

const FILE_TYPES: readonly MachOFileType[] = [
  'unknown',
  'object',
  'execute',
  'fvmlib',
  'core',
  'preload',
  'dylib',
  'dylinker',
  'bundle',
  'dylib-stub',
  'dsym',
  'kext',
  'fileset',
];

/** The header of a slice; null when the bytes have no magic of a thin file. */
export function readMachOHeader(bytes: Uint8Array): MachOHeader | null {
  const magic = createWords(bytes, true, 4).u32(0);
  const bigEndian = magic === MAGIC_32 || magic === MAGIC_64;
  const own = bigEndian ? magic : createWords(bytes, false, 4).u32(0);
  if ((own !== MAGIC_32 && own !== MAGIC_64) || bytes.length < 28) return null;
  const bits = own === MAGIC_64 ? 64 : 32;
  const words = createWords(bytes, bigEndian, bits === 64 ? 8 : 4);
  return {
    words,
    bits,
    cpuType: words.u32(4),
    cpuSubtype: words.u32(8),
    type: FILE_TYPES[words.u32(12)] ?? 'unknown',
    commandCount: words.u32(16),
    commandsSize: words.u32(20),
    flags: words.u32(24),
    size: bits === 64 ? 32 : 28,
  };
}

const ABI_64 = 0x0100_0000;
const ABI_64_32 = 0x0200_0000;
const ARM_SUBTYPES: Readonly<Record<number, string>> = { 6: 'armv6', 9: 'armv7', 11: 'armv7s', 12: 'armv7k' };

/** A name as `lipo` gives it. */
export function architectureName(cpuType: number, cpuSubtype: number): string {
  // The highest byte of the subtype has capability bits: of pointer authentication, for instance.
  const subtype = cpuSubtype & 0x00ff_ffff;
  switch (cpuType) {
    case 12 | ABI_64:
      return subtype === 2 ? 'arm64e' : 'arm64';
    case 12 | ABI_64_32:
      return 'arm64_32';
    case 12:
      return ARM_SUBTYPES[subtype] ?? 'arm';
    case 7:
      return 'i386';
    case 7 | ABI_64:
      return subtype === 8 ? 'x86_64h' : 'x86_64';
    case 18:
      return 'ppc';
    case 18 | ABI_64:
      return 'ppc64';
    default:
      return `${cpuType}/${subtype}`;
  }
}

export interface FatSlice {
  readonly cpuType: number;
  readonly cpuSubtype: number;
  readonly offset: number;
  readonly size: number;
  readonly alignment: number;
}

/** fat_header and its entries (mach-o/fat.h), always big-endian; at most `limit`. Null when the bytes are no fat file. */
export function readFatHeader(
  bytes: Uint8Array,
  limit: number,
): { readonly wide: boolean; readonly count: number; readonly slices: readonly FatSlice[] } | null {
  const words = createWords(bytes, true, 8);
  const magic = words.u32(0);
  if ((magic !== FAT_MAGIC && magic !== FAT_MAGIC_64) || bytes.length < 8) return null;
  const wide = magic === FAT_MAGIC_64;
  const count = words.u32(4);
  const entrySize = wide ? 32 : 20;
  const there = Math.min(count, limit, Math.floor((bytes.length - 8) / entrySize));
  const slices = Array.from({ length: there }, (_, index): FatSlice => {
    const at = 8 + index * entrySize;
    return {
      cpuType: words.u32(at),
      cpuSubtype: words.u32(at + 4),
      offset: wide ? words.u64(at + 8) : words.u32(at + 8),
      size: wide ? words.u64(at + 16) : words.u32(at + 12),
      alignment: words.u32(at + (wide ? 24 : 16)),
    };
  });
  return { wide, count, slices };
}

/**
 * Whether bytes begin like Mach-O, thin or fat. Java classes share a fat file's magic: behind it they have a version of at
 * least 45, where a fat file has the number of its slices.
 */
export function isMachO(beginning: Uint8Array): boolean {
  const big = createWords(beginning, true, 4).u32(0);
  const little = createWords(beginning, false, 4).u32(0);
  if ([big, little].some((magic) => magic === MAGIC_32 || magic === MAGIC_64)) return beginning.length >= 28;
  const count = createWords(beginning, true, 4).u32(4);
  return (
    (big === FAT_MAGIC || big === FAT_MAGIC_64) && count > 0 && (count < 45 || count > 0xffff) && beginning.length >= 8
  );
}
