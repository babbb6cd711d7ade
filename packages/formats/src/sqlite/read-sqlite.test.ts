import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf } from './column-names.ts';
import { readSqlite } from './read-sqlite.ts';
import { buildSqlite } from './sqlite-builder.ts';
import type { SqliteRow, SqliteValue } from './sqlite-value.ts';
import { createRealDatabase, openRealDatabase } from './testing/real-database.ts';

const open = (bytes: Uint8Array, wal?: Uint8Array) => {
  const { value } = readSqlite(bytes, wal === undefined ? {} : { wal });
  if (value === null) throw new Error('not read');
  return value;
};
const all = (bytes: Uint8Array, table: string, ...columns: readonly string[]): SqliteValue[][] =>
  [...(open(bytes).table(table)?.rows() ?? [])].map((row: SqliteRow) => columns.map((column) => row.value(column)));
/** As the real one gives them with big integers. */
const plain = (value: SqliteValue): unknown =>
  typeof value === 'number' && Number.isInteger(value)
    ? BigInt(value)
    : value instanceof Uint8Array
      ? [...value]
      : value;

describe('a database of the real SQLite', () => {
  const Value = fc.oneof(
    fc.constant(null),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.integer({ min: -40_000, max: 40_000 }).map(BigInt),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((one) => !Number.isInteger(one)),
    fc.string({ unit: 'grapheme', maxLength: 80 }).filter((one) => !one.includes('\0')),
    fc.uint8Array({ maxLength: 3_000 }),
  );

  it('gives back every value, in every encoding and size of page', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(Value, Value), { maxLength: 40 }),
        fc.constantFrom('UTF-8', 'UTF-16le', 'UTF-16be'),
        fc.constantFrom(512, 1024, 4096, 65_536),
        async (rows, encoding, size) => {
          const db = await createRealDatabase();
          db.run(`pragma page_size=${size}`);
          db.run(`pragma encoding='${encoding}'`);
          db.run('create table t (id integer primary key, a, b)');
          for (const [a, b] of rows) db.run('insert into t (a, b) values (?, ?)', [a, b]);
          const wanted = db
            .rows('select id, a, b from t order by id')
            .map((row) => row.map((one) => plain(one as SqliteValue)));
          const found = all(db.bytes(), 't', 'id', 'a', 'b').map((row) => row.map(plain));
          expect(found).toEqual(wanted);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is read over many pages, after rows were deleted and changed', async () => {
    const db = await createRealDatabase();
    db.run('pragma page_size=512');
    db.run('create table messages (rowid_is integer primary key, body text)');
    db.run(
      "with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000) insert into messages select i, printf('message %d %s', i, hex(zeroblob(i % 90))) from n",
    );
    db.run('delete from messages where rowid_is % 3 = 0');
    db.run('update messages set body = hex(zeroblob(4000)) where rowid_is % 500 = 1');
    const wanted = db.rows('select rowid_is, body from messages order by rowid_is');
    expect(all(db.bytes(), 'messages', 'rowid_is', 'body').map((row) => row.map(plain))).toEqual(wanted);
    expect(wanted.length).toBe(2_000);
  });

  it('has nulls where a column was added later, the row id where it stands for one, and no columns that are not stored', async () => {
    const db = await createRealDatabase();
    db.run(
      'create table t (a text, "b c" int, key integer, doubled int generated always as (b * 2) virtual, b int, primary key (key))',
    );
    db.run('insert into t (a, "b c", key, b) values (\'x\', 7, 99, 3)');
    db.run('alter table t add column late text');
    expect(all(db.bytes(), 'T', 'a', 'B C', 'key', 'b', 'late', 'none')).toEqual([['x', 7, 99, 3, null, null]]);
    expect(open(db.bytes()).table('t')?.columns).toEqual(['a', 'b c', 'key', 'b', 'late']);
  });

  it('leaves out tables that have no rows of their own', async () => {
    const db = await createRealDatabase();
    db.run('create table kept (a)');
    db.run('create table by_key (a text primary key, b) without rowid');
    db.run('create view seen as select * from kept');
    db.run('create index fast on kept (a)');
    expect([...open(db.bytes()).tables.keys()]).toEqual(['kept']);
  });

  it('is an empty one, too', async () => {
    const db = await createRealDatabase();
    expect(db.bytes().length).toBe(0);
    db.run('create table t (a)');
    expect(all(db.bytes(), 't', 'a')).toEqual([]);
  });
});

describe('a database of our builder', () => {
  it('is one that the real SQLite finds nothing wrong with, and reads the same', async () => {
    const Value = fc.oneof(
      fc.constant(null),
      fc.integer(),
      fc.string({ maxLength: 2_000 }).filter((one) => !one.includes('\0')),
      fc.uint8Array({ maxLength: 3_000 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(Value, Value), { maxLength: 60 }),
        fc.constantFrom(512, 1024, 4096),
        async (rows, pageSize) => {
          const bytes = buildSqlite(
            [
              {
                name: 't',
                sql: 'create table t (id integer primary key, a, b)',
                rows: rows.map((row) => [null, ...row]),
              },
            ],
            { pageSize },
          );
          const real = await openRealDatabase(bytes);
          expect(real.rows('pragma integrity_check')).toEqual([['ok']]);
          const found = all(bytes, 't', 'id', 'a', 'b').map((row) => row.map(plain));
          expect(found).toEqual(
            real.rows('select id, a, b from t').map((row) => row.map((one) => plain(one as SqliteValue))),
          );
          expect(found).toHaveLength(rows.length);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a write-ahead log', () => {
  it('is applied up to its last whole transaction, and damaged frames are not', async () => {
    const db = await createRealDatabase();
    db.run('pragma page_size=512');
    db.run('create table t (a text)');
    db.run("insert into t values ('old')");
    const before = db.bytes();
    db.run("update t set a = 'new'");
    const after = db.bytes();
    const pages = Array.from({ length: after.length / 512 }, (_, index) => after.slice(index * 512, (index + 1) * 512));
    const changed = pages.flatMap((page, index) =>
      page.every((byte, at) => byte === before[index * 512 + at]) ? [] : [index + 1],
    );
    const frames = changed.map((number, index) => ({
      number,
      page: pages[number - 1] ?? new Uint8Array(512),
      commit: index === changed.length - 1 ? pages.length : 0,
    }));
    const read = (wal: Uint8Array) => [...(open(before, wal).table('t')?.rows() ?? [])].map((row) => row.text('a'));
    expect(read(logOf(frames))).toEqual(['new']);
    expect(read(logOf(frames.map((frame) => ({ ...frame, commit: 0 }))))).toEqual(['old']);
    const damaged = logOf(frames);
    damaged[32 + 24 + 100] = (damaged[32 + 24 + 100] ?? 0) ^ 1;
    expect(read(damaged)).toEqual(['old']);
    expect(read(new Uint8Array(40))).toEqual(['old']);
    const { value } = readSqlite(before, { wal: damaged });
    expect(value?.diagnostics()[0]?.id).toBe('sqlite.log');
  });
});

describe('the text of a table', () => {
  it.each([
    ['create table t (a, b)', ['a', 'b'], -1],
    ['CREATE TABLE "t" ("a,b" TEXT, [c d] int, `e` blob)', ['a,b', 'c d', 'e'], -1],
    ['create table t (id integer primary key autoincrement, a default (1, 2))', ['id', 'a'], 0],
    ['create table t (id integer primary key desc, a)', ['id', 'a'], -1],
    ['create table t (id int primary key, a)', ['id', 'a'], -1],
    ['create table t (a text, id integer, constraint k primary key (id), check (a > 1), unique (a))', ['a', 'id'], 1],
    ['create table t (a /* , b */, -- c,\n d)', ['a', 'd'], -1],
    ["create table t (a text default 'x,(', b as (a) stored, c generated always as (a))", ['a', 'b'], -1],
  ])('%s', (sql, names, rowidAlias) => {
    expect(columnsOf(sql)).toMatchObject({ names, rowidAlias });
  });

  it('is none, of what is no such statement', () => {
    for (const sql of ['', 'create table', 'select 1', '(']) expect(columnsOf(sql)).toBeNull();
  });
});

describe('hostile databases', () => {
  it('say why they are none', () => {
    expect(readSqlite(new Uint8Array()).diagnostics[0]?.message).toBe('the file is empty');
    expect(readSqlite(new TextEncoder().encode('hello')).value).toBeNull();
    const header = new Uint8Array(200);
    header.set(new TextEncoder().encode('SQLite format 3\0'));
    expect(readSqlite(header).value).toBeNull();
  });

  it('end: damaged pages, cycles and lengths cost a diagnostic, no more (fuzz)', { timeout: 60_000 }, async () => {
    const db = await createRealDatabase();
    db.run('pragma page_size=512');
    db.run('create table t (id integer primary key, a, b)');
    for (let row = 0; row < 120; row++)
      db.run('insert into t (a, b) values (?, ?)', [`text ${row}`, new Uint8Array(row * 20)]);
    const whole = db.bytes();
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 }),
        fc.nat(whole.length),
        (changes, length) => {
          const bytes = whole.slice(0, length % 3 === 0 ? length : whole.length);
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          const { value } = readSqlite(bytes, { wal: bytes.slice(0, 600) });
          let rows = 0;
          for (const table of value?.tables.values() ?? [])
            for (const row of table.rows()) rows += row.text('a') === null ? 0 : 1;
          expect(rows).toBeLessThan(20_000);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('keep to their limits', async () => {
    const db = await createRealDatabase();
    db.run('create table t (a)');
    for (let row = 0; row < 50; row++) db.run('insert into t values (?)', [row]);
    const { value } = readSqlite(db.bytes(), { limits: { maxRows: 10, maxRowBytes: 100, maxTables: 1 } });
    expect([...(value?.table('t')?.rows() ?? [])]).toHaveLength(10);
    expect(value?.diagnostics().map(({ id }) => id)).toEqual(['sqlite.rows']);
  });
});

/** A log as the file format has it (section 4.1): header, then frames, each with the running checksum. */
function logOf(
  frames: readonly { readonly number: number; readonly page: Uint8Array; readonly commit: number }[],
): Uint8Array {
  const bytes = new Uint8Array(32 + frames.length * (24 + 512));
  const view = new DataView(bytes.buffer);
  let sums: [number, number] = [0, 0];
  const add = (from: number, length: number): void => {
    for (let at = from; at < from + length; at += 8) {
      sums[0] = (sums[0] + view.getUint32(at) + sums[1]) >>> 0;
      sums[1] = (sums[1] + view.getUint32(at + 4) + sums[0]) >>> 0;
    }
  };
  for (const [index, value] of [0x377f0683, 3_007_000, 512, 0, 1234, 5678].entries()) view.setUint32(index * 4, value);
  add(0, 24);
  view.setUint32(24, sums[0]);
  view.setUint32(28, sums[1]);
  for (const [index, { number, page, commit }] of frames.entries()) {
    const at = 32 + index * (24 + 512);
    for (const [place, value] of [number, commit, 1234, 5678].entries()) view.setUint32(at + place * 4, value);
    bytes.set(page, at + 24);
    add(at, 8);
    add(at + 24, 512);
    view.setUint32(at + 16, sums[0]);
    view.setUint32(at + 20, sums[1]);
  }
  return bytes;
}
