import type { Diagnostics } from '@vedette/bytes';
import type { AddressMap } from './address-map.ts';
import { DT, type DynamicSection } from './dynamic-section.ts';
import type { ElfFields } from './elf-fields.ts';

export interface ElfSymbol {
  readonly name: string;
  readonly kind: 'function' | 'object' | 'tls' | 'other';
  readonly binding: 'local' | 'global' | 'weak' | 'other';
  /** `st_value`: an address; 0 for what is imported. */
  readonly address: number;
  /** In bytes. */
  readonly size: number;
}

export interface DynamicSymbols {
  /** Names the file wants from others, in table order. */
  readonly imports: readonly ElfSymbol[];
  /** Names others may take from it: defined, global or weak, default or protected visibility. */
  readonly exports: readonly ElfSymbol[];
  /** Rows of the table, the empty first included. */
  readonly count: number;
  /** Offset in the file of a row's header, for those who read by index. */
  nameAt(index: number): string;
}

const NO_SYMBOLS: DynamicSymbols = { imports: [], exports: [], count: 0, nameAt: () => '' };

/** Symbols read; the largest real libraries export some 400,000. */
const MAX_SYMBOLS = 1_000_000;

/**
 * The dynamic symbol table. Nothing says how long it is: the hash tables do (`DT_HASH` counts it, `DT_GNU_HASH` is walked to its highest symbol), else
 * relocations (`highestUsed`), else the string table that linkers write behind it.
 */
export function readDynamicSymbols(
  fields: ElfFields,
  dynamic: DynamicSection,
  map: AddressMap,
  highestUsed: () => number,
  diagnostics: Diagnostics,
): DynamicSymbols {
  const table = map.rangeOf(dynamic.value(DT.SYMTAB) ?? -1);
  if (table === null) return NO_SYMBOLS;
  const rowSize = fields.bits === 64 ? 24 : 16;
  const fits = Math.floor((table.end - table.offset) / rowSize);
  const counted = sysvCount(fields, dynamic, map) ?? gnuCount(fields, dynamic, map);
  if (counted === null) {
    diagnostics.warning(
      'elf.hash.none',
      'no hash table says how many symbols there are; they were counted by what follows them',
    );
  }
  const behind =
    dynamic.strings !== null && dynamic.strings.offset > table.offset ? dynamic.strings.offset - table.offset : 0;
  const wanted = Math.max(counted ?? Math.floor(behind / rowSize), highestUsed() + 1);
  if (wanted > fits || wanted > MAX_SYMBOLS) {
    const message = `${wanted} symbols announced, ${Math.min(fits, MAX_SYMBOLS)} were read`;
    diagnostics.warning('elf.symbols.truncated', message, { offset: table.offset });
  }
  const count = Math.min(wanted, fits, MAX_SYMBOLS);
  return listSymbols({ fields, dynamic, start: table.offset, rowSize, count });
}

interface SymbolTable {
  readonly fields: ElfFields;
  readonly dynamic: DynamicSection;
  readonly start: number;
  readonly rowSize: number;
  readonly count: number;
}

const KINDS: readonly ElfSymbol['kind'][] = [
  'other',
  'object',
  'function',
  'other',
  'other',
  'other',
  'tls',
  'other',
  'other',
  'other',
  'function',
];
const BINDINGS: readonly ElfSymbol['binding'][] = ['local', 'global', 'weak'];

function listSymbols(table: SymbolTable): DynamicSymbols {
  const { fields, dynamic, start, rowSize, count } = table;
  const { bytes, u16, u32, word, bits } = fields;
  const imports: ElfSymbol[] = [];
  const exports: ElfSymbol[] = [];
  for (let index = 1; index < count; index++) {
    const at = start + index * rowSize;
    const wide = bits === 64;
    const info = bytes[wide ? at + 4 : at + 12] ?? 0;
    const binding = BINDINGS[info >> 4] ?? 'other';
    const hidden = [1, 2].includes((bytes[wide ? at + 5 : at + 13] ?? 0) & 3);
    const undefinedHere = u16(wide ? at + 6 : at + 14) === 0;
    if (binding === 'local' || (hidden && !undefinedHere)) continue;
    const name = dynamic.text(u32(at));
    if (name === '') continue;
    const symbol: ElfSymbol = {
      name,
      kind: KINDS[info & 15] ?? 'other',
      binding,
      address: word(wide ? at + 8 : at + 4),
      size: word(wide ? at + 16 : at + 8),
    };
    (undefinedHere ? imports : exports).push(symbol);
  }
  const nameAt = (index: number): string =>
    index > 0 && index < count ? dynamic.text(u32(start + index * rowSize)) : '';
  return { imports, exports, count, nameAt };
}

/** `DT_HASH`: two words, buckets and chains; there are as many chains as symbols. Null without one. */
function sysvCount(fields: ElfFields, dynamic: DynamicSection, map: AddressMap): number | null {
  const range = map.rangeOf(dynamic.value(DT.HASH) ?? -1);
  if (range === null || range.offset + 8 > range.end) return null;
  const chains = fields.u32(range.offset + 4);
  const buckets = fields.u32(range.offset);
  // A table larger than its segment is a lie; the other one may be true.
  return range.offset + 8 + (buckets + chains) * 4 <= range.end ? chains : null;
}

/** `DT_GNU_HASH`: the highest symbol of any bucket, and on along its chain to the one with the lowest bit set. */
function gnuCount(fields: ElfFields, dynamic: DynamicSection, map: AddressMap): number | null {
  const range = map.rangeOf(dynamic.value(DT.GNU_HASH) ?? -1);
  if (range === null || range.offset + 16 > range.end) return null;
  const { u32, wordSize } = fields;
  const buckets = u32(range.offset);
  const firstHashed = u32(range.offset + 4);
  const bucketsAt = range.offset + 16 + u32(range.offset + 8) * wordSize;
  const chainsAt = bucketsAt + buckets * 4;
  if (chainsAt > range.end) return null;
  let last = 0;
  for (let index = 0; index < buckets; index++) last = Math.max(last, u32(bucketsAt + index * 4));
  if (last < firstHashed) return firstHashed;
  for (let at = chainsAt + (last - firstHashed) * 4; at + 4 <= range.end; at += 4) {
    if ((u32(at) & 1) !== 0) return last + 1;
    last += 1;
  }
  return last + 1;
}
