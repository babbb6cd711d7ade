import type { CodeIndex } from '@vedette/program';

export interface StringRow {
  /** Its place among all strings. */
  readonly index: number;
  readonly value: string;
  /** Of the whole value: what is shown may be cut. */
  readonly length: number;
  /** The files that hold it, e.g. `classes.dex`. */
  readonly files: readonly string[];
}

export interface StringPage {
  readonly rows: readonly StringRow[];
  readonly matched: number;
  readonly total: number;
  /** False when there are more strings than are kept. */
  readonly complete: boolean;
}

export interface StringTable {
  page(search: string, offset: number, limit: number): StringPage;
  /** The whole value; null when there is no such string. */
  at(index: number): string | null;
}

const MAX_STRINGS = 1_000_000;
const MAX_SHOWN = 600;

/** Every different string of the code, in the order of the files. Built at the first question: most visitors ask for something else. */
export function createStringTable(code: CodeIndex): StringTable {
  let all: { readonly values: readonly string[]; readonly files: ReadonlyMap<string, readonly string[]> } | null = null;
  let complete = true;
  let last: { readonly needle: string; readonly found: readonly number[] } | null = null;

  const strings = () => {
    if (all !== null) return all;
    const files = new Map<string, readonly string[]>();
    for (const { file, value } of code.strings()) {
      const holders = files.get(value);
      if (holders === undefined) {
        if (files.size >= MAX_STRINGS) {
          complete = false;
          break;
        }
        if (value !== '') files.set(value, [file]);
      } else if (!holders.includes(file)) files.set(value, [...holders, file]);
    }
    all = { values: [...files.keys()], files };
    return all;
  };

  return {
    page(search, offset, limit) {
      const table = strings();
      const needle = search.toLowerCase();
      if (last?.needle !== needle) {
        const found: number[] = [];
        for (const [index, value] of table.values.entries())
          if (value.toLowerCase().includes(needle)) found.push(index);
        last = { needle, found };
      }
      const rows = last.found.slice(offset, offset + limit).map((index) => {
        const value = table.values[index] ?? '';
        const shown = value.length > MAX_SHOWN ? `${value.slice(0, MAX_SHOWN)}…` : value;
        return { index, value: shown, length: value.length, files: table.files.get(value) ?? [] };
      });
      return { rows, matched: last.found.length, total: table.values.length, complete };
    },
    at: (index) => strings().values[index] ?? null,
  };
}
