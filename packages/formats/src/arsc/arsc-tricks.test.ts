import { readFileSync } from 'node:fs';
import { u32At } from '@vedette/bytes';
import { describe, expect, it } from 'vitest';
import type { PoolTricks } from '../string-pool/write-string-pool.ts';
import {
  type ArscConfigurationSpec,
  type ArscPackageSpec,
  type ArscSpec,
  type ArscTricks,
  type ArscValue,
  buildArsc,
} from './arsc-builder.ts';
import { ARSC_TRICKS } from './arsc-tricks.ts';
import { auditResources } from './audit-resources.ts';
import { createResources } from './create-resources.ts';
import { type ResourceTable, readResourceTable } from './read-resource-table.ts';
import { resolveResource, resolveStyle } from './resolve-resource.ts';

const STRINGS = { app_name: 'App', hello: 'Hello' };
const BASE: ArscPackageSpec = { types: [{ name: 'string', configurations: [{ entries: STRINGS }] }] };

interface Read {
  readonly table: ResourceTable;
  /** Of reading and of the audit. */
  readonly ids: readonly string[];
  readonly levels: ReadonlyMap<string, string>;
}

function read(bytes: Uint8Array): Read {
  const { value } = readResourceTable(bytes);
  if (value === null) throw new Error('no table was read');
  const found = [...auditResources(value), ...value.noticed()];
  return { table: value, ids: found.map(({ id }) => id), levels: new Map(found.map(({ id, level }) => [id, level])) };
}

/** A table with lies in it, which must still give both strings. */
function readThrough(tricks: ArscTricks, packages: readonly ArscPackageSpec[] = [BASE]): Read {
  const result = read(buildArsc({ packages, tricks }));
  const id = packages[0]?.id ?? 0x7f;
  const texts = [0, 1].map((entry) => result.table.resource(id * 0x1000000 + 0x10000 + entry)?.entries[0]?.value?.text);
  expect(texts).toEqual(['App', 'Hello']);
  return result;
}

/** One type with one lying configuration. */
function oneType(
  configuration: Omit<ArscConfigurationSpec, 'entries'>,
  entries: Record<string, ArscValue> = STRINGS,
): Uint8Array {
  return buildArsc({ packages: [{ types: [{ name: 'string', configurations: [{ ...configuration, entries }] }] }] });
}

/** Where the nth chunk of a type begins. */
function findChunk(bytes: Uint8Array, type: number): number {
  for (let at = 0; at + 8 <= bytes.length; at += 4) {
    if (bytes[at] === (type & 0xff) && bytes[at + 1] === type >> 8 && u32At(bytes, at + 4) >= 16) return at;
  }
  throw new Error(`no chunk of type ${type}`);
}

describe('tricks of resources.arsc', () => {
  it('trick 51: the header counts too few packages, or too many', () => {
    expect(readThrough({ packageCount: 0 }).levels.get('arsc.package.count')).toBe('error');
    expect(readThrough({ packageCount: 7 }).levels.get('arsc.package.count')).toBe('warning');
  });

  it('trick 51: several packages, of other numbers, and two of one', () => {
    const other: ArscPackageSpec = { ...BASE, id: 0x02, name: 'com.example.feature' };
    const { table, ids } = readThrough({}, [BASE, other]);
    expect(ids).toEqual(expect.arrayContaining(['arsc.package.several', 'arsc.package.id']));
    expect([table.resource(0x02010001)?.packageName, table.idOf('com.example.feature:string/hello')]).toEqual([
      'com.example.feature',
      0x02010001,
    ]);
    const twin: ArscPackageSpec = {
      types: [{ name: 'string', configurations: [{ entries: { app_name: 'Decoy', hello: 'Decoy' } }] }],
    };
    const twins = readThrough({}, [BASE, twin]).table;
    expect(resolveResource(twins, 0x7f010000, { configuration: { sdk: 30 } })?.value?.text).toBe('App');
    expect(twins.resource(0x7f010000)?.entries.map(({ value }) => value?.text)).toEqual(['App', 'Decoy']);
  });

  it('trick 51: a shared library with the number 0, a number above 255, types that count from above 255', () => {
    expect(readThrough({}, [{ ...BASE, id: 0 }]).levels.get('arsc.package.id')).toBe('note');
    expect(read(buildArsc({ packages: [{ ...BASE, id: 0x17f }] })).levels.get('arsc.package.id')).toBe('error');
    expect(read(buildArsc({ packages: [{ ...BASE, typeIdOffset: 256 }] })).ids).toContain('arsc.package.type-offset');
  });

  it('trick 51: specifications are missing, doubled, or too small', () => {
    expect(readThrough({ withoutSpecs: true }).levels.get('arsc.type-spec.missing')).toBe('error');
    expect(readThrough({ specsTwice: true }).levels.get('arsc.type-spec.duplicate')).toBe('warning');
    const bytes = buildArsc({ packages: [BASE] });
    new DataView(bytes.buffer).setUint32(findChunk(bytes, 0x0202) + 12, 60_000, true);
    expect(read(bytes).levels.get('arsc.type-spec.invalid')).toBe('error');
  });

  it('trick 51: types have no names', () => {
    const { table, ids } = readThrough({ withoutTypeNames: true });
    expect(ids).toEqual(expect.arrayContaining(['arsc.package.type-names', 'arsc.type.name']));
    expect(table.name(0x7f010001)).toBe('0x01/hello');
  });

  it('trick 51: unknown chunks, of no size, unaligned, cut off, and bytes behind', () => {
    expect(readThrough({ junkChunkType: 0x0300 }).ids).toContain('arsc.chunk.unknown');
    expect(readThrough({ trailing: Uint8Array.of(1, 2, 3) }).ids).toContain('arsc.trailing-data');
    const empty = new Uint8Array(16);
    expect(readThrough({ trailing: empty }).levels.get('arsc.chunk.size')).toBe('error');
    const unaligned = Uint8Array.of(0, 3, 8, 0, 10, 0, 0, 0, 0, 0);
    expect(readThrough({ trailing: unaligned }).levels.get('arsc.chunk.alignment')).toBe('error');
    const cut = buildArsc({ packages: [BASE] });
    expect(read(cut.subarray(0, cut.length - 4)).ids).toContain('arsc.chunk.truncated');
  });

  it('trick 51: the file is another chunk, two tables, or ends within a package', () => {
    expect(readResourceTable(buildArsc({ packages: [BASE], tricks: { outerType: 3 } })).diagnostics.at(-1)?.id).toBe(
      'arsc.none',
    );
    expect(readThrough({ trailing: buildArsc({ packages: [] }) }).ids).toContain('arsc.several-tables');
    const bytes = buildArsc({ packages: [BASE] });
    new DataView(bytes.buffer).setUint16(findChunk(bytes, 0x0200) + 2, 64, true);
    expect(read(bytes).ids).toContain('arsc.package.truncated');
  });

  it('trick 52: sparse, compact and 16-bit offsets are read; unknown flags are reported', () => {
    for (const encoding of ['sparse', 'offset16', 'dense'] as const) {
      for (const compact of [true, false]) {
        const { table, ids } = read(oneType({ encoding, compact }));
        expect([table.resource(0x7f010001)?.entries[0]?.value?.text, ids]).toEqual(['Hello', []]);
      }
    }
    expect(read(oneType({ tricks: { flags: 0x80 } })).ids).toContain('arsc.type.flags');
  });

  it('trick 52: a sparse type that is not sorted hides entries from the search, as on the platform', () => {
    const bytes = oneType({ encoding: 'sparse' }, { a: 'A', b: 'B', c: 'C' });
    const at = findChunk(bytes, 0x0201) + 84;
    bytes.set([2, 0], at);
    bytes.set([0, 0], at + 8);
    const { table, ids } = read(bytes);
    expect(ids).toContain('arsc.entry.order');
    expect([0, 1, 2].map((entry) => table.resource(0x7f010000 + entry)?.name)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect([...table.ids()]).toEqual([0x7f010000, 0x7f010001, 0x7f010002]);
  });

  it('trick 52: an entry marked as a map that is none, and a map that is not marked', () => {
    const marked = oneType({});
    marked[findChunk(marked, 0x0201) + 84 + 8 + 2] = 1;
    const { table, ids } = read(marked);
    expect(ids).toContain('arsc.entry.flags');
    expect(table.resource(0x7f010000)?.entries[0]).toMatchObject({ value: null, map: { items: [] } });
    const unmarked = oneType({}, { a: { items: [[0x08, { type: 0x10, data: 5 }]] } });
    unmarked[findChunk(unmarked, 0x0201) + 84 + 4 + 2] = 0;
    expect(read(unmarked).ids).toContain('arsc.entry.flags');
    expect(read(unmarked).table.resource(0x7f010000)?.entries[0]?.map).toBeNull();
  });

  it('trick 53: sizes of configurations that lie, and parts that are not known', () => {
    const config = { language: 'de' };
    for (const configurationSize of [0, 9_999]) {
      const { table, ids } = read(oneType({ for: config, tricks: { configurationSize } }));
      expect(ids).toContain('arsc.type.configuration-size');
      expect(table.resource(0x7f010001)?.name).toBe('hello');
    }
    const bytes = oneType({ for: config });
    const start = findChunk(bytes, 0x0201);
    const longer = new Uint8Array(bytes.length + 8);
    longer.set(bytes.subarray(0, start + 84));
    longer.set([1, 2, 3, 4, 5, 6, 7, 8], start + 84);
    longer.set(bytes.subarray(start + 84), start + 92);
    const view = new DataView(longer.buffer);
    view.setUint16(start + 2, 92, true);
    for (const at of [start + 4, start + 16, start + 20, 4, findChunk(bytes, 0x0200) + 4]) {
      view.setUint32(at, view.getUint32(at, true) + 8, true);
    }
    const { table, ids } = read(longer);
    expect(ids).toContain('arsc.type.configuration-unknown');
    expect(table.resource(0x7f010001)?.entries[0]?.configuration.language).toBe('de');
  });

  it('trick 53: offsets and counts that lead out of the type', () => {
    expect(read(oneType({ tricks: { entriesStartLie: 1 << 20 } })).ids).toContain('arsc.type.layout');
    expect(read(oneType({ tricks: { entryCount: 70_000 } })).ids).toContain('arsc.type.count');
    const { table, levels } = read(
      oneType({ tricks: { offset: (index, offset) => (index === 0 ? 1 << 24 : offset) } }),
    );
    expect(levels.get('arsc.entry.bounds')).toBe('error');
    expect([table.resource(0x7f010000), table.resource(0x7f010001)?.name]).toEqual([null, 'hello']);
    expect(read(oneType({ tricks: { itemCount: 1 << 24 } }, { a: { items: [[1, 2]] } })).ids).toContain(
      'arsc.entry.bounds',
    );
  });

  it('trick 53: a type numbered 0, and one without a whole header', () => {
    const zero = oneType({});
    zero[findChunk(zero, 0x0201) + 8] = 0;
    expect(read(zero).ids).toContain('arsc.type.id');
    const short = oneType({});
    new DataView(short.buffer).setUint16(findChunk(short, 0x0201) + 2, 16, true);
    expect(read(short).ids).toContain('arsc.type.truncated');
  });

  it('trick 53: entries that are there twice, share bytes, or name strings that are not there', () => {
    const repeated = read(oneType({ encoding: 'sparse', tricks: { repeat: true } }));
    expect(repeated.ids).toContain('arsc.entry.duplicate');
    expect(repeated.table.resource(0x7f010000)?.entries.length).toBe(1);
    expect(read(oneType({ tricks: { offset: () => 0 } })).ids).toContain('arsc.entry.shared');
    const missing = read(oneType({}, { a: { type: 3, data: 99 } }));
    expect([
      missing.ids.includes('arsc.entry.string'),
      missing.table.resource(0x7f010000)?.entries[0]?.value?.text,
    ]).toEqual([true, '']);
  });

  it('trick 54: references to themselves and in rings, and styles that are their own ancestors', () => {
    const { table, ids } = read(
      buildArsc({
        packages: [
          {
            types: [
              {
                name: 'bool',
                configurations: [
                  {
                    entries: {
                      self: { reference: 0x7f010000 },
                      a: { reference: 0x7f010002 },
                      b: { reference: 0x7f010001 },
                    },
                  },
                ],
              },
              {
                name: 'style',
                configurations: [
                  { entries: { A: { parent: 0x7f020001, items: [] }, B: { parent: 0x7f020000, items: [] } } },
                ],
              },
            ],
          },
        ],
      }),
    );
    expect(ids).toEqual(expect.arrayContaining(['arsc.reference.self', 'arsc.reference.cycle', 'arsc.style.cycle']));
    const resources = createResources([table]);
    for (const id of [0x7f010000, 0x7f010001]) {
      expect([resources.resolve(id)?.problem, resources.resolve(id)?.value]).toEqual(['cycle', null]);
      expect(resources.resolveAll(id).map(({ problem }) => problem)).toEqual(['cycle']);
    }
    expect(resolveStyle(table, 0x7f020000)).toMatchObject({ cyclic: true, chain: [0x7f020000, 0x7f020001] });
  });

  it('trick 54: chains that are longer than the platform goes', () => {
    const entries = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`n${index}`, { reference: 0x7f010001 + index }] as const),
    );
    const { table } = read(oneType({}, { ...entries, end: true }));
    expect([resolveResource(table, 0x7f010000)?.problem, resolveResource(table, 0x7f010015)?.value?.text]).toEqual([
      'depth',
      'true',
    ]);
  });

  it('trick 55: shortened names, names that are missing, files moved out of res/', () => {
    const short = Object.fromEntries('abcdefghij'.split('').map((name) => [name, `r/${name}.xml`]));
    const { table, ids } = read(oneType({}, short));
    expect(ids).toEqual(expect.arrayContaining(['arsc.names.collapsed', 'arsc.files.moved']));
    expect(table.resource(0x7f010003)?.entries[0]?.value?.text).toBe('r/d.xml');
    const nameless = read(oneType({ tricks: { key: 999 } }));
    expect(nameless.ids).toContain('arsc.entry.name');
    expect(nameless.table.resource(0x7f010001)?.entries[0]?.value?.text).toBe('Hello');
  });

  it('trick 56: aliases of an app, lists that lie, an overlayable cut off', () => {
    const alias: ArscSpec = { packages: [{ ...BASE, aliases: [[0x7f990000, 0x7f010000]] }] };
    const { table, ids } = read(buildArsc(alias));
    expect([ids.includes('arsc.alias.ignored'), table.resource(0x7f990000)]).toEqual([true, null]);
    const library = buildArsc({ packages: [{ ...BASE, libraries: [{ packageId: 2, name: 'lib' }] }] });
    new DataView(library.buffer).setUint32(findChunk(library, 0x0203) + 8, 1 << 30, true);
    const lying = read(library);
    expect([lying.ids.includes('arsc.list.count'), lying.table.packages[0]?.libraries.length]).toEqual([true, 1]);
    const overlayable = buildArsc({ packages: [{ ...BASE, overlayables: [{ name: 'a', actor: '', policies: [] }] }] });
    new DataView(overlayable.buffer).setUint16(findChunk(overlayable, 0x0204) + 2, 16, true);
    expect(read(overlayable).ids).toContain('arsc.overlayable.truncated');
  });

  it('trick 57: giant, overlapping, overcounted, second and broken pools cost little', () => {
    const giant = read(oneType({}, { a: 'x'.repeat(1 << 19) }));
    expect([
      giant.ids.includes('arsc.string.long'),
      giant.table.resource(0x7f010000)?.entries[0]?.value?.text.length,
    ]).toEqual([true, 1 << 18]);
    const many = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`n${index}`, `value ${index}`]));
    const shared = buildArsc({
      packages: [{ types: [{ name: 'string', configurations: [{ entries: { long: 'y'.repeat(30_000), ...many } }] }] }],
      tricks: { pool: { offset: () => 0 } },
    });
    expect(read(shared).ids).toContain('arsc.string-pool.overlap');
    expect(readThrough({ secondPool: ['Decoy', 'Decoy'] }).ids).toContain('arsc.string-pool.second');
    expect(readThrough({ pool: { countLie: 1 << 20 } }).levels.get('arsc.string-pool.count')).toBe('error');
    expect(read(buildArsc({ packages: [BASE], tricks: { pool: { offset: () => 1 << 20 } } })).ids).toContain(
      'arsc.string.unreadable',
    );
  });

  it('trick 57: pools whose header and strings lie as those of binary XML do', () => {
    expect(readThrough({ pool: { headerSize: 40 } }).ids).toContain('arsc.string-pool.header-size');
    expect(readThrough({ pool: { flags: 0x8100 } }).ids).toContain('arsc.string-pool.flags');
    expect(readThrough({ pool: { stylesStart: 8 } }).ids).toContain('arsc.string-pool.styles');
    expect(readThrough({ pool: { stringsGap: 2 } }).ids).toContain('arsc.string-pool.alignment');
    expect(readThrough({ pool: { unitsLie: 1 } }).ids).toContain('arsc.string.length-mismatch');
    const lying = (pool: PoolTricks): ReadonlyMap<string, string> =>
      read(buildArsc({ packages: [BASE], tricks: { pool } })).levels;
    expect(lying({ stringsStart: 1 << 20 }).get('arsc.string-pool.start')).toBe('error');
    expect(lying({ openEnd: true }).get('arsc.string-pool.terminator')).toBe('error');
    const nul = read(oneType({}, { a: 'left\0right' }));
    expect(nul.ids).toContain('arsc.string.nul');
    expect(nul.table.resource(0x7f010000)?.entries[0]?.value?.text).toBe('left');
    const cut = buildArsc({ packages: [BASE] });
    new DataView(cut.buffer).setUint32(16, 20, true);
    expect(read(cut).ids).toContain('arsc.string-pool.truncated');
  });

  it('names each id of the table in this file', () => {
    const text = readFileSync(new URL(import.meta.url), 'utf8');
    expect(ARSC_TRICKS.filter(({ id }) => !text.includes(`'${id}'`)).map(({ id }) => id)).toEqual([]);
    expect(new Set(ARSC_TRICKS.map(({ number }) => number))).toEqual(new Set([51, 52, 53, 54, 55, 56, 57]));
  });
});
