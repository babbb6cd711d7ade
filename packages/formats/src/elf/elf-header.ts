import { createElfFields, type ElfFields } from './elf-fields.ts';

export type ElfType = 'relocatable' | 'executable' | 'shared' | 'core' | 'other';

/** ABI names as Android's package manager and the NDK write them. */
export type AndroidAbi = 'armeabi-v7a' | 'arm64-v8a' | 'x86' | 'x86_64' | 'riscv64';

/** `Elf32_Ehdr` and `Elf64_Ehdr` (gABI, "ELF Header"). Offsets and sizes in bytes, as the file claims them. */
export interface ElfHeader {
  readonly fields: ElfFields;
  readonly type: ElfType;
  /** `e_machine`. */
  readonly machine: number;
  readonly identVersion: number;
  readonly entry: number;
  readonly programHeaders: HeaderTable;
  readonly sectionHeaders: HeaderTable;
  readonly sectionNamesIndex: number;
  readonly flags: number;
  /** `e_ehsize`: 52 or 64 where it is true. */
  readonly headerSize: number;
}

export interface HeaderTable {
  readonly offset: number;
  readonly entrySize: number;
  readonly count: number;
}

const TYPES: readonly ElfType[] = ['other', 'relocatable', 'executable', 'shared', 'core'];

/** Whether `bytes` begins as an ELF file does. */
export function isElf(bytes: Uint8Array): boolean {
  return bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46; // "\x7fELF"
}

/** Null where the magic, the class or the byte order is none that exists, or where the header is cut off. */
export function readElfHeader(bytes: Uint8Array): ElfHeader | null {
  const elfClass = bytes[4];
  const data = bytes[5];
  if (!isElf(bytes) || (elfClass !== 1 && elfClass !== 2) || (data !== 1 && data !== 2)) return null;
  const bits = elfClass === 2 ? 64 : 32;
  if (bytes.length < (bits === 64 ? 64 : 52)) return null;
  const fields = createElfFields(bytes, bits, data === 2);
  const { u16, u32, word, wordSize } = fields;
  const sizes = 24 + 3 * wordSize + 4;
  return {
    fields,
    type: TYPES[u16(16)] ?? 'other',
    machine: u16(18),
    identVersion: bytes[6] ?? 0,
    entry: word(24),
    programHeaders: { offset: word(24 + wordSize), entrySize: u16(sizes + 2), count: u16(sizes + 4) },
    sectionHeaders: { offset: word(24 + 2 * wordSize), entrySize: u16(sizes + 6), count: u16(sizes + 8) },
    sectionNamesIndex: u16(sizes + 10),
    flags: u32(24 + 3 * wordSize),
    headerSize: u16(sizes),
  };
}

interface Machine {
  readonly name: string;
  readonly bits?: 32 | 64;
  readonly abi?: AndroidAbi;
  /** Number of the relocation that adds the load address: `R_<machine>_RELATIVE`. */
  readonly relative?: number;
}

/** `e_machine` of the gABI's list, as far as phones and their tools meet them. */
const MACHINES: Readonly<Record<number, Machine>> = {
  3: { name: 'x86', bits: 32, abi: 'x86', relative: 8 },
  8: { name: 'mips' },
  20: { name: 'powerpc' },
  21: { name: 'powerpc64' },
  22: { name: 's390' },
  40: { name: 'arm', bits: 32, abi: 'armeabi-v7a', relative: 23 },
  62: { name: 'x86_64', bits: 64, abi: 'x86_64', relative: 8 },
  183: { name: 'aarch64', bits: 64, abi: 'arm64-v8a', relative: 1027 },
  243: { name: 'riscv', bits: 64, abi: 'riscv64', relative: 3 },
  258: { name: 'loongarch' },
};

/** Name of a machine, e.g. `aarch64`; an unknown one as `machine-1234`. */
export function machineName(machine: number): string {
  return MACHINES[machine]?.name ?? `machine-${machine}`;
}

/** The Android ABI that loads such a file; null where there is none: another machine, another word size, big-endian. */
export function abiOf({ machine, fields }: Pick<ElfHeader, 'machine' | 'fields'>): AndroidAbi | null {
  const known = MACHINES[machine];
  return known?.abi !== undefined && known.bits === fields.bits && !fields.bigEndian ? known.abi : null;
}

/** The machine's relocation type that adds the load address; -1 where it is not known. */
export function relativeRelocation(machine: number): number {
  return MACHINES[machine]?.relative ?? -1;
}
