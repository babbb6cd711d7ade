import type { Diagnostics } from '@vedette/bytes';
import type { MachOImport, MachOLibrary } from './mach-o-file.ts';
import { createTextAllowance } from './texts.ts';
import type { Words } from './words.ts';

export interface ChainedFixups {
  readonly imports: readonly MachOImport[];
  /** DYLD_CHAINED_PTR_… of the first segment that has fixups; 0 without any. */
  readonly pointerFormat: number;
}

/** LC_DYLD_CHAINED_FIXUPS (mach-o/fixup-chains.h) at `offset` of the command. */
export function readChainedFixups(
  words: Words,
  offset: number,
  libraries: readonly MachOLibrary[],
  diagnostics: Diagnostics,
): ChainedFixups {
  const start = words.u32(offset + 8);
  const size = words.u32(offset + 12);
  const end = Math.min(start + size, words.bytes.length);
  if (start + size > words.bytes.length || size < 28) {
    diagnostics.error('mach-o.fixups.range', 'chained fixups lead outside of the file', { offset });
    if (start + 28 > words.bytes.length) return { imports: [], pointerFormat: 0 };
  }
  const [, startsOffset, importsOffset, symbolsOffset, count, format, symbolsFormat] = Array.from(
    { length: 7 },
    (_, index) => words.u32(start + index * 4),
  );
  if (symbolsFormat !== 0) {
    diagnostics.error('mach-o.fixups.compressed', 'names of chained fixups are compressed, which dyld refuses too');
  }
  const imports = readImports({
    words,
    libraries,
    diagnostics,
    at: start + (importsOffset ?? 0),
    end,
    names: start + (symbolsOffset ?? 0),
    count: symbolsFormat === 0 ? (count ?? 0) : 0,
    format: format ?? 0,
  });
  return { imports, pointerFormat: pointerFormat(words, start + (startsOffset ?? 0), end) };
}

interface ImportTable {
  readonly words: Words;
  readonly libraries: readonly MachOLibrary[];
  readonly diagnostics: Diagnostics;
  readonly at: number;
  readonly end: number;
  readonly names: number;
  readonly count: number;
  readonly format: number;
}

/** Bytes of an import in formats 1 to 3: plain, with addend, with wide addend. */
const ENTRY_SIZES: Readonly<Record<number, number>> = { 1: 4, 2: 8, 3: 16 };

function readImports(table: ImportTable): readonly MachOImport[] {
  const { words, libraries, diagnostics, at, end, names, format } = table;
  const size = ENTRY_SIZES[format];
  const count = size === undefined ? 0 : Math.min(table.count, Math.max(0, Math.floor((end - at) / size)));
  if (count < table.count) {
    const message = `${table.count} imports of format ${format} are announced, ${count} can be read`;
    diagnostics.error('mach-o.fixups.imports', message, { offset: at });
  }
  const allowance = createTextAllowance(words.bytes);
  const imports: MachOImport[] = [];
  for (let index = 0; index < count; index++) {
    const entry = at + index * (size ?? 4);
    const word = words.u32(entry);
    const wide = format === 3;
    // Plain: ordinal 8 bits, weak 1, name 23. Wide: ordinal 16 bits, weak 1, then the name in the next word.
    const raw = wide ? word & 0xffff : word & 0xff;
    const special = wide ? 0xfff0 : 0xf0;
    const ordinal = raw > special ? raw - (wide ? 0x1_0000 : 0x100) : raw;
    const weak = ((wide ? word >>> 16 : word >>> 8) & 1) !== 0;
    const nameOffset = wide ? words.u32(entry + 4) : word >>> 9;
    const name = allowance.text(names + nameOffset, end);
    if (name === null) {
      diagnostics.error('mach-o.fixups.imports', 'an import whose name lies outside of the fixups', { offset: entry });
      if (allowance.spent) break;
    }
    const library = libraries[ordinal - 1]?.path ?? null;
    imports.push({ name: name ?? '', library, ordinal, weak, from: 'chained-fixups' });
  }
  return imports;
}

/** Of the first segment with fixups: dyld_chained_starts_in_image, then dyld_chained_starts_in_segment. */
function pointerFormat(words: Words, starts: number, end: number): number {
  if (starts + 4 > end) return 0;
  const count = Math.min(words.u32(starts), Math.floor((end - starts - 4) / 4));
  for (let index = 0; index < count; index++) {
    const at = words.u32(starts + 4 + index * 4);
    if (at !== 0 && starts + at + 8 <= end) return words.u16(starts + at + 6);
  }
  return 0;
}
