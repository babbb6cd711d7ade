import type { Diagnostics } from '@vedette/bytes';
import type { MachOExport, MachOImport, MachOLibrary } from './mach-o-file.ts';
import { createTextAllowance } from './texts.ts';
import type { Words } from './words.ts';

export interface SymbolTable {
  readonly imports: readonly MachOImport[];
  readonly exports: readonly MachOExport[];
  /** Symbols that are neither imported, exported nor for debuggers. */
  readonly localCount: number;
  readonly debugCount: number;
}

const N_STAB = 0xe0;
const N_TYPE = 0x0e;
const N_EXT = 0x01;
const N_WEAK_REF = 0x0040;

/** LC_SYMTAB (mach-o/nlist.h) at `offset` of the load command. */
export function readSymbolTable(
  words: Words,
  offset: number,
  libraries: readonly MachOLibrary[],
  diagnostics: Diagnostics,
): SymbolTable {
  const [start, announced, textStart, textSize] = [8, 12, 16, 20].map((field) => words.u32(offset + field));
  const { length } = words.bytes;
  const entrySize = words.pointerSize === 8 ? 16 : 12;
  const first = start ?? 0;
  const count = Math.min(announced ?? 0, Math.max(0, Math.floor((length - first) / entrySize)));
  if (count < (announced ?? 0)) {
    const message = `${announced} symbols are announced, ${count} fit the file`;
    diagnostics.error('mach-o.symbols.range', message, { offset });
  }
  const texts = textStart ?? 0;
  const textEnd = Math.min(texts + (textSize ?? 0), length);
  if (texts + (textSize ?? 0) > length) {
    diagnostics.error('mach-o.strings.range', 'the string table leads outside of the file', { offset });
  }
  const allowance = createTextAllowance(words.bytes);
  const table = { imports: new Array<MachOImport>(), exports: new Array<MachOExport>(), localCount: 0, debugCount: 0 };
  for (let index = 0; index < count; index++) {
    const at = first + index * entrySize;
    const type = words.u8(at + 4);
    if ((type & N_STAB) !== 0) {
      table.debugCount += 1;
      continue;
    }
    if ((type & N_EXT) === 0) {
      table.localCount += 1;
      continue;
    }
    const name = allowance.text(texts + words.u32(at), textEnd);
    if (name === null) {
      diagnostics.error('mach-o.symbols.name', 'a symbol whose name lies outside of the string table', { offset: at });
      if (allowance.spent) break;
      continue;
    }
    const description = words.u16(at + 6);
    if ((type & N_TYPE) === 0) {
      table.imports.push(symbolImport(name, description, libraries));
    } else table.exports.push({ name, address: words.word(at + 8), from: 'symbols' });
  }
  return table;
}

function symbolImport(name: string, description: number, libraries: readonly MachOLibrary[]): MachOImport {
  const high = description >> 8;
  // mach-o/nlist.h: 254 is flat look-up, 255 the main executable.
  const ordinal = high === 254 ? -2 : high === 255 ? -1 : high;
  const weak = (description & N_WEAK_REF) !== 0;
  return { name, library: libraries[ordinal - 1]?.path ?? null, ordinal, weak, from: 'symbols' };
}
