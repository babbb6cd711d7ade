import type { FuzzTarget } from '../builders/fuzz-target.ts';
import { readSqlite } from './read-sqlite.ts';
import { buildSqlite } from './sqlite-builder.ts';
import type { SqliteValue } from './sqlite-value.ts';

const SQL = 'create table t (id integer primary key, a text, "b c" blob default (1, 2), d as (a))';

/** Databases as fuzzers drive them. The second half of a file stands for its log. */
export const sqliteTarget: FuzzTarget = {
  reader: 'sqlite',
  seeds: () => [
    buildSqlite(
      [
        {
          name: 't',
          sql: SQL,
          rows: Array.from({ length: 60 }, (_, index) => [null, `row ${index}`, new Uint8Array(index * 30)]),
        },
      ],
      { pageSize: 512 },
    ),
    buildSqlite([
      {
        name: 'u',
        sql: 'create table u (x, y)',
        rows: [
          [1, 2.5],
          [-3n, null],
          ['text', 'ü'],
        ],
      },
    ]),
  ],
  generate(random) {
    const below = (limit: number): number => Math.floor(random() * limit);
    const value = (): SqliteValue =>
      [null, below(1e9), random(), 'x'.repeat(below(3_000)), new Uint8Array(below(900))][below(5)] ?? null;
    const rows = Array.from({ length: below(40) }, () => [null, value(), value()]);
    return buildSqlite([{ name: 't', sql: SQL.slice(0, random() < 0.7 ? SQL.length : below(SQL.length)), rows }], {
      pageSize: 512 << below(4),
      lies(bytes) {
        const view = new DataView(bytes.buffer);
        // References between pages, counts of cells, offsets of cells, sizes in the header.
        for (let lie = below(6); lie > 0; lie--) {
          const page = below(Math.max(1, bytes.length / 512)) * 512;
          const at = page + ([3, 5, 8, 10, 12, 14, 16, 20, 28, 56][below(10)] ?? 3);
          if (at + 4 <= bytes.length) view.setUint32(at, [0, 1, 2, 0xffff, 0xffffffff, below(40)][below(6)] ?? 0);
        }
      },
    });
  },
  read(bytes) {
    const { value } = readSqlite(bytes, { wal: bytes.subarray(bytes.length >> 1) });
    let rows = 0;
    for (const table of value?.tables.values() ?? []) {
      for (const row of table.rows()) {
        row.text('a');
        row.number('id');
        if ((rows += 1) > 100_000) return;
      }
    }
    value?.diagnostics();
  },
};
