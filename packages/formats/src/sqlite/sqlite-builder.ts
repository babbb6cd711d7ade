import type { SqliteValue } from './sqlite-value.ts';

/** A table to be written: its statement, and rows whose ids count from 1. A column that stands for the row id must be null in the rows. */
export interface BuiltTable {
  readonly name: string;
  readonly sql: string;
  readonly rows: readonly (readonly SqliteValue[])[];
}

export interface SqliteBuildOptions {
  /** 512 to 32768; small ones make deep trees of few rows. */
  readonly pageSize?: number;
  /** Sets bytes after everything was written: for hostile files. */
  readonly lies?: (bytes: Uint8Array) => void;
}

/** A small SQLite database (file format, sections 1.3, 1.6, 2.1), UTF-8: for fixtures and fuzzers. Rows that do not fit a page go on in overflow pages. */
export function buildSqlite(
  tables: readonly BuiltTable[],
  { pageSize = 1024, lies }: SqliteBuildOptions = {},
): Uint8Array {
  const pages: Uint8Array[] = [new Uint8Array(pageSize)];
  const schema = tables.map(({ name, sql, rows }) => {
    const root = writeTree(
      pages,
      rows.map((row, index) => cellOf(pages, pageSize, index + 1, row)),
      pageSize,
    );
    return ['table', name, name, root, sql] as const;
  });
  const cells = schema.map((row, index) => cellOf(pages, pageSize, index + 1, row));
  const first = pages[0] ?? new Uint8Array(pageSize);
  if (!writeLeaf(first, cells, 100)) throw new RangeError('the schema does not fit the first page; take larger pages');
  first.set(new TextEncoder().encode('SQLite format 3\0'));
  const head = new DataView(first.buffer);
  head.setUint16(16, pageSize);
  first.set([1, 1, 0, 64, 32, 32], 18);
  head.setUint32(28, pages.length);
  head.setUint32(44, 4);
  head.setUint32(56, 1);
  const bytes = new Uint8Array(pages.length * pageSize);
  for (const [index, page] of pages.entries()) bytes.set(page, index * pageSize);
  lies?.(bytes);
  return bytes;
}

/** Leaves, and one page above them where there are several. @returns the number of the root */
function writeTree(pages: Uint8Array[], cells: readonly Uint8Array[], pageSize: number): number {
  const leaves: { readonly page: number; readonly last: number }[] = [];
  let from = 0;
  do {
    const page = new Uint8Array(pageSize);
    let to = cells.length;
    while (!writeLeaf(page, cells.slice(from, to), 0)) to = from + Math.max(1, (to - from) >> 1);
    pages.push(page);
    leaves.push({ page: pages.length, last: to });
    from = to;
  } while (from < cells.length);
  const [only] = leaves;
  if (only !== undefined && leaves.length === 1) return only.page;
  const root = new Uint8Array(pageSize);
  const view = new DataView(root.buffer);
  root[0] = 5;
  const inner = leaves.slice(0, -1);
  view.setUint16(3, inner.length);
  view.setUint32(8, leaves.at(-1)?.page ?? 0);
  let end = pageSize;
  for (const [index, { page, last }] of inner.entries()) {
    const key = varint(last);
    end -= 4 + key.length;
    if (end < 12 + inner.length * 2) throw new RangeError('too many rows for one page of references');
    view.setUint32(end, page);
    root.set(key, end + 4);
    view.setUint16(12 + index * 2, end);
  }
  view.setUint16(5, end);
  pages.push(root);
  return pages.length;
}

/** @returns false when the cells do not fit */
function writeLeaf(page: Uint8Array, cells: readonly Uint8Array[], start: number): boolean {
  const size = cells.reduce((sum, cell) => sum + cell.length + 2, 0);
  if (start + 8 + size > page.length) return false;
  page.fill(0, start);
  const view = new DataView(page.buffer);
  page[start] = 13;
  view.setUint16(start + 3, cells.length);
  let end = page.length;
  for (const [index, cell] of cells.entries()) {
    end -= cell.length;
    page.set(cell, end);
    view.setUint16(start + 8 + index * 2, end);
  }
  view.setUint16(start + 5, end);
  return true;
}

function cellOf(pages: Uint8Array[], pageSize: number, rowid: number, row: readonly SqliteValue[]): Uint8Array {
  const payload = recordOf(row);
  const head = [...varint(payload.length), ...varint(rowid)];
  const least = Math.floor(((pageSize - 12) * 32) / 255) - 23;
  const most = pageSize - 35;
  const spill = least + ((payload.length - least) % (pageSize - 4));
  const local = payload.length <= most ? payload.length : spill <= most ? spill : least;
  if (local === payload.length) return Uint8Array.from([...head, ...payload]);
  const first = pages.length + 1;
  for (let at = local; at < payload.length; at += pageSize - 4) {
    const page = new Uint8Array(pageSize);
    const more = at + pageSize - 4 < payload.length;
    new DataView(page.buffer).setUint32(0, more ? pages.length + 2 : 0);
    page.set(payload.subarray(at, at + pageSize - 4), 4);
    pages.push(page);
  }
  const pointer = new Uint8Array(4);
  new DataView(pointer.buffer).setUint32(0, first);
  return Uint8Array.from([...head, ...payload.subarray(0, local), ...pointer]);
}

function recordOf(row: readonly SqliteValue[]): Uint8Array {
  const types: number[] = [];
  const values: Uint8Array[] = [];
  for (const value of row) {
    const [type, bytes] = stored(value);
    types.push(...varint(type));
    values.push(bytes);
  }
  const size = types.length + 1 < 128 ? types.length + 1 : types.length + 2;
  return Uint8Array.from([...varint(size), ...types, ...values.flatMap((bytes) => [...bytes])]);
}

function stored(value: SqliteValue): [number, Uint8Array] {
  if (value === null) return [0, new Uint8Array()];
  if (typeof value === 'string') {
    const bytes = new TextEncoder().encode(value);
    return [13 + bytes.length * 2, bytes];
  }
  if (value instanceof Uint8Array) return [12 + value.length * 2, value];
  const bytes = new Uint8Array(8);
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) {
    new DataView(bytes.buffer).setBigInt64(0, BigInt(value));
    return [6, bytes];
  }
  new DataView(bytes.buffer).setFloat64(0, value);
  return [7, bytes];
}

function varint(value: number): number[] {
  const bytes = [value & 0x7f];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift((rest & 0x7f) | 0x80);
  return bytes;
}
