import type { Diagnostics } from '@vedette/bytes';
import type { AddressMap } from './address-map.ts';
import { DT, type DynamicSection } from './dynamic-section.ts';
import type { ElfFields } from './elf-fields.ts';
import { readPackedRelocations } from './packed-relocations.ts';

/** One change the linker makes while loading. */
export interface Relocation {
  /** Address of the word changed. */
  readonly address: number;
  /** `R_<machine>_*`. */
  readonly type: number;
  /** Index in the dynamic symbol table; 0 for none. */
  readonly symbol: number;
  /** Null where it is the word's present content (REL, RELR). */
  readonly addend: number | null;
}

export type RelocationTableKind = 'rel' | 'rela' | 'plt' | 'relr' | 'android-rel' | 'android-rela' | 'android-relr';

export interface RelocationTable {
  readonly kind: RelocationTableKind;
  readonly count: number;
}

/** Relocations looked at in one file; the largest real libraries have some two million. */
export const MAX_RELOCATIONS = 4_000_000;

const EM_MIPS = 8;

interface RelocationSource {
  readonly fields: ElfFields;
  readonly dynamic: DynamicSection;
  readonly machine: number;
  readonly relativeType: number;
}

interface TableSpec {
  readonly kind: RelocationTableKind;
  readonly address: number;
  readonly size: number;
}

export interface Relocations {
  readonly tables: readonly RelocationTable[];
  /** Highest symbol index any relocation uses. */
  readonly highestSymbol: number;
}

/**
 * Goes through all relocation tables of the dynamic section: plain (gABI), RELR (the bitmap of generic-abi's "Proposal for a new section type SHT_RELR") and
 * Android's packed ones (`APS2`, AOSP bionic linker_reloc_iterators.h).
 *
 * @param visit called for each; types of RELR are `relativeType`
 */
export function readRelocations(
  source: RelocationSource & { readonly map: AddressMap },
  visit: (relocation: Relocation) => void,
  diagnostics: Diagnostics,
): Relocations {
  const tables: RelocationTable[] = [];
  // Each changes a word of its own: packed tables that promise more of them than the file has words are lies.
  const limit = Math.min(MAX_RELOCATIONS, source.fields.bytes.length >> 2);
  let left = limit;
  let highestSymbol = 0;
  const take = (relocation: Relocation): boolean => {
    if (left-- <= 0) return false;
    if (relocation.symbol > highestSymbol) highestSymbol = relocation.symbol;
    visit(relocation);
    return true;
  };
  for (const table of relocationTables(source.dynamic)) {
    const range = source.map.rangeOf(table.address);
    if (range === null || range.offset + table.size > range.end) {
      const message = `the table of ${table.kind} relocations, ${table.size} bytes, is not in the file`;
      diagnostics.warning('elf.relocations.truncated', message);
    }
    if (range === null) continue;
    const end = Math.min(range.end, range.offset + table.size);
    const count = readTable(source, { ...table, start: range.offset, end }, take, diagnostics);
    tables.push({ kind: table.kind, count });
  }
  if (left < 0) diagnostics.error('budget.entries', `reading stopped after ${limit} relocations`);
  return { tables, highestSymbol };
}

function relocationTables({ value }: DynamicSection): TableSpec[] {
  const tables: TableSpec[] = [];
  const add = (kind: RelocationTableKind, at: number, size: number): void => {
    const address = value(at);
    if (address !== undefined && (value(size) ?? 0) > 0) tables.push({ kind, address, size: value(size) ?? 0 });
  };
  add('rel', DT.REL, DT.RELSZ);
  add('rela', DT.RELA, DT.RELASZ);
  add('plt', DT.JMPREL, DT.PLTRELSZ);
  add('relr', DT.RELR, DT.RELRSZ);
  add('android-relr', DT.ANDROID_RELR, DT.ANDROID_RELRSZ);
  add('android-rel', DT.ANDROID_REL, DT.ANDROID_RELSZ);
  add('android-rela', DT.ANDROID_RELA, DT.ANDROID_RELASZ);
  return tables;
}

interface TableRange extends TableSpec {
  readonly start: number;
  readonly end: number;
}

function readTable(
  source: RelocationSource,
  table: TableRange,
  take: (relocation: Relocation) => boolean,
  diagnostics: Diagnostics,
): number {
  const { fields, dynamic, relativeType, machine } = source;
  switch (table.kind) {
    case 'rel':
    case 'rela':
    case 'plt': {
      const addends = table.kind === 'rela' || (table.kind === 'plt' && dynamic.value(DT.PLTREL) === DT.RELA);
      return plainTable(fields, { ...table, addends, machine }, take);
    }
    case 'relr':
    case 'android-relr':
      return relrTable(fields, table, relativeType, take);
    case 'android-rel':
    case 'android-rela':
      return readPackedRelocations(fields, table, take, diagnostics);
  }
}

function plainTable(
  fields: ElfFields,
  table: TableRange & { readonly addends: boolean; readonly machine: number },
  take: (relocation: Relocation) => boolean,
): number {
  const { bits, u32, word, signedWord, wordSize, bigEndian } = fields;
  const { addends } = table;
  const size = wordSize * (addends ? 3 : 2);
  // 64-bit MIPS writes its symbol first in either byte order.
  const symbolFirst = bigEndian || table.machine === EM_MIPS;
  let count = 0;
  for (let at = table.start; at + size <= table.end; at += size) {
    // ELF64_R_INFO is symbol << 32 | type, ELF32_R_INFO symbol << 8 | type.
    const info = u32(at + wordSize);
    const [symbol, type] =
      bits === 32 ? [info >>> 8, info & 0xff] : symbolFirst ? [info, u32(at + 12)] : [u32(at + 12), info];
    if (!take({ address: word(at), type, symbol, addend: addends ? signedWord(at + 2 * wordSize) : null })) break;
    count += 1;
  }
  return count;
}

/** An even word is an address to relocate; an odd one a bitmap of the words that follow the last address. */
function relrTable(
  fields: ElfFields,
  table: TableRange,
  type: number,
  take: (relocation: Relocation) => boolean,
): number {
  const { u32, word, wordSize, bits, bigEndian } = fields;
  let next = 0;
  let count = 0;
  const relative = (address: number): boolean => {
    count += 1;
    return take({ address, type, symbol: 0, addend: null });
  };
  for (let at = table.start; at + wordSize <= table.end; at += wordSize) {
    const low = u32(bigEndian && bits === 64 ? at + 4 : at);
    if ((low & 1) === 0) {
      const address = word(at);
      if (!relative(address)) return count;
      next = address + wordSize;
      continue;
    }
    for (let bit = 1; bit < bits; bit++) {
      const half = bit < 32 ? low : u32(bigEndian ? at : at + 4);
      if (((half >>> (bit & 31)) & 1) !== 0 && !relative(next + (bit - 1) * wordSize)) return count;
    }
    next += (bits - 1) * wordSize;
  }
  return count;
}
