import { createDiagnostics, type Diagnostics } from '@vedette/bytes';
import type { Diagnostic, Parsed } from '@vedette/contracts';
import { columnsOf, type TableColumns } from './column-names.ts';
import { openPages, type Pages } from './pages.ts';
import { isSqlite, readRecord, rowidAt, type SqliteEncoding, varintAt } from './read-record.ts';
import type { SqliteRow, SqliteTable, SqliteValue } from './sqlite-value.ts';

/** Limits of one database: what hostile input may make us do. */
export interface SqliteLimits {
  /** Rows of one table. */
  readonly maxRows: number;
  /** Bytes of one row, overflow pages included. */
  readonly maxRowBytes: number;
  readonly maxTables: number;
}

export const SQLITE_LIMITS: SqliteLimits = { maxRows: 5_000_000, maxRowBytes: 64 * 1024 * 1024, maxTables: 2_000 };

/** A database that was opened. Nothing of it is changed, and no file is made beside it. */
export interface SqliteDatabase {
  /** By name in small letters; tables that cannot be read (virtual ones, those without row id) are left out. */
  readonly tables: ReadonlyMap<string, SqliteTable>;
  table(name: string): SqliteTable | null;
  /** What was noticed so far; reading rows may add to it. */
  diagnostics(): readonly Diagnostic[];
}

const ENCODINGS: Readonly<Record<number, SqliteEncoding>> = { 1: 'utf-8', 2: 'utf-16le', 3: 'utf-16be' };
/** Deepest tree: with the smallest pages twenty levels hold more rows than there are. */
const MAX_DEPTH = 40;

/**
 * Opens a SQLite 3 database in memory (https://www.sqlite.org/fileformat2.html) and reads its schema; rows are read when they are asked for. A write-ahead log given with it is applied as SQLite would.
 * Total: damaged pages, cycles and lengths that lead nowhere cost a diagnostic and the rows behind them.
 * @returns null when the bytes are no database; the first diagnostic then says why
 */
export function readSqlite(
  bytes: Uint8Array,
  options: { readonly wal?: Uint8Array | null; readonly limits?: SqliteLimits } = {},
): Parsed<SqliteDatabase | null> {
  const diagnostics = createDiagnostics();
  const limits = options.limits ?? SQLITE_LIMITS;
  const pages = isSqlite(bytes) ? openPages(bytes, options.wal ?? null) : null;
  if (pages === null) {
    diagnostics.error('sqlite.none', bytes.length === 0 ? 'the file is empty' : 'the bytes are no SQLite database');
    return { value: null, diagnostics: diagnostics.list() };
  }
  if (pages.framesLeft > 0)
    diagnostics.note('sqlite.log', `${pages.framesLeft} frames of the log were never committed, or are of before`);
  // An empty database has no encoding yet.
  const encoding = ENCODINGS[bytes[59] ?? 0] ?? 'utf-8';
  const tree: Tree = { pages, encoding, limits, diagnostics };
  const tables = new Map<string, SqliteTable>();
  for (const { values } of rowsOf(tree, 1, 'sqlite_schema')) {
    const [type, name, , root, sql] = values;
    if (type !== 'table' || typeof name !== 'string' || typeof root !== 'number' || typeof sql !== 'string') continue;
    if (tables.size >= limits.maxTables) {
      diagnostics.warning('sqlite.tables', `only the first ${limits.maxTables} tables are read`);
      break;
    }
    const columns = root > 0 ? columnsOf(sql) : null;
    if (columns === null || columns.withoutRowid) continue;
    tables.set(name.toLowerCase(), tableOf(tree, name, root, columns));
  }
  const list = (): readonly Diagnostic[] => diagnostics.list();
  return {
    value: { tables, table: (name) => tables.get(name.toLowerCase()) ?? null, diagnostics: list },
    diagnostics: list(),
  };
}

interface Tree {
  readonly pages: Pages;
  readonly encoding: SqliteEncoding;
  readonly limits: SqliteLimits;
  readonly diagnostics: Diagnostics;
}

interface RawRow {
  readonly rowid: number | bigint;
  readonly values: readonly SqliteValue[];
}

function tableOf(tree: Tree, name: string, root: number, columns: TableColumns): SqliteTable {
  const places = new Map(columns.names.map((column, index) => [column.toLowerCase(), index]));
  return {
    name,
    columns: columns.names,
    *rows() {
      for (const { rowid, values } of rowsOf(tree, root, name)) {
        const value = (column: string): SqliteValue => {
          const place = places.get(column.toLowerCase());
          if (place === undefined) return null;
          return place === columns.rowidAlias ? rowid : (values[place] ?? null);
        };
        yield rowOf(rowid, value);
      }
    },
  };
}

function rowOf(rowid: number | bigint, value: (column: string) => SqliteValue): SqliteRow {
  return {
    rowid,
    value,
    text(column) {
      const found = value(column);
      if (found === null || typeof found === 'string') return found;
      return found instanceof Uint8Array ? new TextDecoder().decode(found) : String(found);
    },
    number(column) {
      const found = value(column);
      if (typeof found === 'number') return found;
      if (typeof found === 'bigint') return Number(found);
      const read = typeof found === 'string' && /^\s*[-+]?\d/.test(found) ? Number(found) : Number.NaN;
      return Number.isFinite(read) ? read : null;
    },
  };
}

/** Walks a table's b-tree (file format, section 1.6) from left to right. Each page is visited once, so that a page that points back ends the walk. */
function* rowsOf(tree: Tree, root: number, name: string): Generator<RawRow, void> {
  const { pages, limits, diagnostics } = tree;
  const seen = new Set<number>();
  const stack: number[] = [root];
  let rows = 0;
  while (stack.length > 0) {
    const number = stack.pop() ?? 0;
    const page = seen.has(number) ? null : pages.page(number);
    if (page === null || stack.length > MAX_DEPTH * (pages.usable / 5)) {
      diagnostics.warning('sqlite.page', `a page of the table cannot be read, or was read before: ${number}`, {
        where: name,
      });
      continue;
    }
    seen.add(number);
    const start = number === 1 ? 100 : 0;
    const type = page[start];
    // Each cell has at least its place in the list of cells: a count beyond that is made up.
    const cells = Math.min(u16(page, start + 3), (page.length - start) >> 1);
    if (type === 5) {
      const children: number[] = [];
      for (let cell = 0; cell < cells; cell++) children.push(u32(page, u16(page, start + 12 + cell * 2)));
      children.push(u32(page, start + 8));
      for (let at = children.length - 1; at >= 0; at--) stack.push(children[at] ?? 0);
    } else if (type === 13) {
      for (let cell = 0; cell < cells; cell++) {
        const row = cellAt(tree, page, u16(page, start + 8 + cell * 2));
        if (row === null) {
          diagnostics.warning('sqlite.row', 'a row is damaged', { where: `${name}, page ${number}` });
          continue;
        }
        if (rows >= limits.maxRows) {
          diagnostics.warning('sqlite.rows', `only the first ${limits.maxRows} rows are read`, { where: name });
          return;
        }
        rows += 1;
        yield row;
      }
    } else diagnostics.warning('sqlite.page', `page ${number} is no page of a table`, { where: name });
  }
}

function cellAt({ pages, encoding, limits }: Tree, page: Uint8Array, at: number): RawRow | null {
  const size = varintAt(page, at);
  const rowid = size === null ? null : rowidAt(page, size.next);
  if (size === null || rowid === null || size.value > limits.maxRowBytes) return null;
  const { usable } = pages;
  const most = usable - 35;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const spill = least + ((size.value - least) % (usable - 4));
  const local = size.value <= most ? size.value : spill <= most ? spill : least;
  const inPage = page.subarray(rowid.next, rowid.next + local);
  if (inPage.length < local) return null;
  const payload =
    local === size.value ? inPage : withOverflow(pages, inPage, size.value, u32(page, rowid.next + local));
  const values = payload === null ? null : readRecord(payload, encoding);
  return values === null ? null : { rowid: rowid.value, values };
}

/** The rest of a row is in a chain of pages, each with the number of the next before its bytes. A chain that ends early gives nothing. */
function withOverflow(pages: Pages, first: Uint8Array, size: number, next: number): Uint8Array | null {
  if (size > pages.count * pages.usable) return null;
  const whole = new Uint8Array(size);
  whole.set(first);
  let at = first.length;
  for (let number = next, visited = 0; at < size; visited++) {
    const page = visited <= pages.count ? pages.page(number) : null;
    if (page === null || page.length < 5) return null;
    const part = page.subarray(4, Math.min(pages.usable, 4 + size - at));
    if (part.length === 0) return null;
    whole.set(part, at);
    at += part.length;
    number = u32(page, 0);
  }
  return whole;
}

function u16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function u32(bytes: Uint8Array, at: number): number {
  return u16(bytes, at) * 65_536 + u16(bytes, at + 2);
}
