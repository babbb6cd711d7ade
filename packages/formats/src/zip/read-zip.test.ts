import { createNodeHost } from '@vedette/bytes/node';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutate } from '../builders/mutate.ts';
import { buildZipBomb } from '../builders/zip-bomb.ts';
import { deflateRuns, deflateZeros } from './deflate-runs.ts';
import { DEFAULT_ZIP_LIMITS, readZip, type ZipArchive } from './read-zip.ts';
import { buildZip, type ZipEntrySpec, type ZipOptions } from './zip-builder.ts';

const host = createNodeHost();
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const hello: ZipEntrySpec = { name: 'a.txt', data: bytes('hello '.repeat(50)), method: 'deflated' };

function open(entries: readonly ZipEntrySpec[], options?: ZipOptions): { zip: ZipArchive; ids: string[] } {
  const { value, diagnostics } = readZip(buildZip(entries, options), host);
  if (value === null) throw new Error('no archive was found');
  return { zip: value, ids: diagnostics.map(({ id }) => id) };
}

function content(zip: ZipArchive, name: string): string {
  return new TextDecoder().decode(zip.find(name)?.read().value);
}

describe('readZip', () => {
  it('reads back what the builder wrote, without a diagnostic', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}(\/[a-z]{1,8})?\.[a-c]{3}$/), { maxLength: 8 }),
        fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 8, maxLength: 8 }),
        (names, contents) => {
          const entries = names.map(
            (name, index): ZipEntrySpec => ({
              name,
              data: contents[index] ?? new Uint8Array(0),
              method: index % 2 === 0 ? 'stored' : 'deflated',
            }),
          );
          const { zip, ids } = open(entries);
          expect(ids).toEqual([]);
          expect(zip.entries.map(({ name }) => name)).toEqual(names);
          for (const { name, data } of entries) {
            const read = zip.find(name)?.read();
            expect([...(read?.value ?? [])]).toEqual([...data]);
            expect(read?.diagnostics).toEqual([]);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is null for bytes that hold no archive', () => {
    for (const input of [new Uint8Array(0), bytes('just some text'), new Uint8Array(5_000).fill(0x50)]) {
      const { value, diagnostics } = readZip(input, host);
      expect([value, diagnostics[0]?.id]).toEqual([null, 'zip.none']);
    }
  });

  it('knows that an empty archive is an archive', () => {
    expect(open([]).zip.entries).toEqual([]);
  });
});

describe('readZip, tricks of hostile archives', () => {
  it('ignores the encryption mark, in either header (trick 1)', () => {
    for (const lie of [{ central: { flags: 1 } }, { local: { flags: 1 } }]) {
      const { zip, ids } = open([{ ...hello, ...lie }]);
      expect(ids).toContain('zip.entry.encrypted-flag');
      expect(content(zip, 'a.txt')).toBe('hello '.repeat(50));
    }
  });

  it('reads an unknown method as stored (trick 2)', () => {
    const { zip, ids } = open([
      { name: 'AndroidManifest.xml', data: bytes('manifest'), central: { method: 0x2ce4 }, local: { method: 0x2ce4 } },
    ]);
    expect(ids).toContain('zip.entry.unknown-method');
    expect(content(zip, 'AndroidManifest.xml')).toBe('manifest');
  });

  it('finds DEFLATE behind an unknown method (trick 3)', () => {
    const { zip } = open([{ ...hello, central: { method: 99 }, local: { method: 99 } }]);
    const read = zip.find('a.txt')?.read();
    expect(read?.diagnostics.map(({ id }) => id)).toContain('zip.entry.hidden-deflate');
    expect(content(zip, 'a.txt')).toBe('hello '.repeat(50));
  });

  it('follows the directory where the local header disagrees (tricks 4, 6, 7, 11)', () => {
    for (const local of [{ method: 0 }, { size: 7 }, { crc32: 1 }, { name: 'b.txt' }]) {
      const { zip, ids } = open([{ ...hello, local }]);
      expect(ids).toEqual(['zip.local-header.mismatch']);
      expect(content(zip, 'a.txt')).toBe('hello '.repeat(50));
    }
  });

  it('takes the uncompressed size of a stored entry whose sizes differ (trick 5)', () => {
    const { zip } = open([{ name: 'a', data: bytes('0123456789'), central: { compressedSize: 4 } }]);
    const read = zip.find('a')?.read();
    expect(content(zip, 'a')).toBe('0123456789');
    expect(read?.diagnostics.map(({ id }) => id)).toEqual(['zip.size.mismatch']);
  });

  it('inflates to the end where the declared size is too small or too large (trick 6)', () => {
    for (const size of [0, 7, 100_000]) {
      const { zip } = open([{ ...hello, central: { size }, local: { size } }]);
      expect(content(zip, 'a.txt')).toBe('hello '.repeat(50));
      expect(
        zip
          .find('a.txt')
          ?.read()
          .diagnostics.map(({ id }) => id),
      ).toEqual(['zip.size.mismatch']);
    }
  });

  it('takes the first of two entries of one name (trick 8)', () => {
    const { zip, ids } = open([
      { name: 'classes.dex', data: bytes('first') },
      { name: 'classes.dex', data: bytes('second') },
    ]);
    expect(ids).toContain('zip.name.duplicate');
    expect([zip.entries.length, content(zip, 'classes.dex')]).toEqual([2, 'first']);
  });

  it('reports names with control characters, without a name, and leading out of the archive (tricks 9, 10, 22)', () => {
    expect(open([{ name: 'a\0b', data: bytes('') }]).ids).toContain('zip.name.control');
    expect(open([{ name: '', data: bytes('') }]).ids).toContain('zip.name.empty');
    for (const name of ['../x', '/etc/x', 'C:\\x', 'a/../../x'])
      expect(open([{ name, data: bytes('') }]).ids).toContain('zip.name.traversal');
  });

  it('reports a file used as a folder, and a symbolic link (tricks 12, 22)', () => {
    expect(
      open([
        { name: 'classes.dex', data: bytes('') },
        { name: 'classes.dex/x', data: bytes('') },
      ]).ids,
    ).toContain('zip.name.file-as-folder');
    expect(open([{ name: 'l', data: bytes('/etc'), externalAttributes: (0o120777 << 16) >>> 0 }]).ids).toContain(
      'zip.entry.symlink',
    );
  });

  it('reads behind a junk extra field (trick 13)', () => {
    const { zip, ids } = open([{ ...hello, extra: new Uint8Array(60_000).fill(0x4a) }]);
    expect([ids, content(zip, 'a.txt')]).toEqual([[], 'hello '.repeat(50)]);
  });

  it('is not led astray by an end record planted in the comment (trick 14)', () => {
    const planted = buildZip([{ name: 'decoy', data: bytes('x') }]).slice(-22);
    const { zip, ids } = open([hello], { comment: planted });
    expect(ids).toContain('zip.end-record.several');
    expect(zip.entries.map(({ name }) => name)).toEqual(['a.txt']);
  });

  it('survives wrong counts, sizes and offsets in the end record (tricks 15, 16)', () => {
    const cases: [ZipOptions, string][] = [
      [{ end: { entryCount: 9_999 } }, 'zip.end-record.entry-count'],
      [{ end: { directoryOffset: 1_000_000 } }, 'zip.directory.moved'],
      [{ end: { directorySize: 1 } }, 'zip.directory.gap'],
      [{ end: { directorySize: 0xffff_fff0 } }, 'zip.directory.size'],
      [{ end: { commentLength: 77 } }, 'zip.end-record.comment-length'],
      [{ trailing: bytes('trailing') }, 'zip.end-record.comment-length'],
      [{ end: { disk: 3 } }, 'zip.end-record.multi-disk'],
    ];
    for (const [options, id] of cases) {
      const { zip, ids } = open([hello], options);
      expect(ids).toContain(id);
      expect(content(zip, 'a.txt')).toBe('hello '.repeat(50));
    }
  });

  it('reports data around the directory and before the first entry (trick 17)', () => {
    expect(open([hello], { afterDirectory: bytes('garbage') }).ids).toContain('zip.directory.gap');
    expect(open([hello], { prefix: bytes('#!/bin/sh\n') }).ids).toContain('zip.prefix.data');
  });

  it('sees Janus by the bytes, not by metadata (trick 18)', () => {
    expect(open([hello], { prefix: bytes('dex\n035\0 and so on') }).ids).toContain('zip.prefix.dex');
  });

  it('reports entries that share data (trick 20)', () => {
    const { ids } = open([
      { name: 'a', data: bytes('x'.repeat(100)) },
      { name: 'b', data: bytes('y'), central: { localOffset: 0 } },
    ]);
    expect(ids).toContain('zip.entry.overlap');
  });

  it('says that an entry whose local header is missing cannot be read', () => {
    const { zip, ids } = open([{ ...hello, central: { localOffset: 5 } }]);
    expect(ids).toContain('zip.local-header.missing');
    expect(zip.find('a.txt')?.read()).toMatchObject({
      value: new Uint8Array(0),
      diagnostics: [{ id: 'zip.local-header.missing' }],
    });
  });
});

describe('readZip, truncation and budgets', () => {
  it('finds entries by their local headers when the directory is cut off', () => {
    const whole = buildZip([hello, { name: 'b.txt', data: bytes('stored') }, hello]);
    const directory = readZip(whole, host).value?.directoryOffset ?? 0;
    const { value, diagnostics } = readZip(whole.subarray(0, directory - 10), host);
    expect(value?.source).toBe('local-headers');
    expect(diagnostics.map(({ id }) => id)).toContain('zip.central-directory.missing');
    expect(value === null ? '' : content(value, 'b.txt')).toBe('stored');
  });

  it('finds the end of an entry whose sizes follow it, by the next record', () => {
    const streamed = { flags: 8, compressedSize: 0, size: 0, crc32: 0 };
    const whole = buildZip([
      { ...hello, local: streamed },
      { name: 'b', data: bytes('b') },
    ]);
    const { value } = readZip(whole.subarray(0, whole.length - 30), host);
    expect(value === null ? '' : content(value, 'a.txt')).toBe('hello '.repeat(50));
  });

  it('cuts a bomb at its ratio and counts what was read against the whole budget', () => {
    const limits = { ...DEFAULT_ZIP_LIMITS, bombFloorBytes: 100_000, maxTotalBytes: 250_000 };
    const bomb = buildZipBomb({ sizeBytes: 4_000_000, entries: ['a', 'b', 'c', 'd'] });
    expect(bomb.length).toBeLessThan(120_000);
    const { value } = readZip(bomb, host, { ...limits, maxRatio: 4 });
    const reads = value?.entries.map((entry) => entry.read()) ?? [];
    const total = reads.reduce((sum, read) => sum + read.value.length, 0);
    expect(total).toBeLessThanOrEqual(250_000);
    expect(reads[0]?.diagnostics.map(({ id }) => id)).toEqual(['zip.bomb']);
    expect(reads.at(-1)?.diagnostics.map(({ id }) => id)).toEqual(['budget.bytes']);
  });

  it('stops listing at the limit of entries and says so', () => {
    const entries = Array.from({ length: 50 }, (_, index) => ({ name: `e${index}`, data: bytes('') }));
    const { value, diagnostics } = readZip(buildZip(entries), host, { ...DEFAULT_ZIP_LIMITS, maxEntries: 20 });
    expect([value?.entries.length, diagnostics.some(({ id }) => id === 'budget.entries')]).toEqual([20, true]);
  });

  it('reads only the beginning when only the beginning is asked for, without a complaint', () => {
    const { zip } = open([hello]);
    const read = zip.find('a.txt')?.read(5);
    expect([new TextDecoder().decode(read?.value), read?.diagnostics]).toEqual(['hello', []]);
  });

  it('never throws on damaged archives', () => {
    const whole = buildZip([hello, { name: 'b.txt', data: bytes('stored') }], { comment: bytes('comment') });
    for (let seed = 0; seed < 400; seed++) {
      const { value } = readZip(mutate(whole, seed), host);
      for (const entry of value?.entries ?? []) expect(entry.read().value).toBeInstanceOf(Uint8Array);
    }
  });
});

describe('deflateRuns and deflateZeros', () => {
  it('make streams that zlib inflates', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 255 }), fc.nat({ max: 700 })), { maxLength: 8 }), (runs) => {
        const data = Uint8Array.from(runs.flatMap(([byte, count]) => Array.from({ length: count }, () => byte)));
        const { output, complete } = host.inflateRaw(deflateRuns(data), data.length + 1);
        expect(complete).toBe(true);
        expect([...output]).toEqual([...data]);
      }),
      { numRuns: 50 },
    );
    for (const count of [0, 1, 2_065, 2_066, 1_000_000]) {
      const { packed, size } = deflateZeros(count);
      const { output, complete } = host.inflateRaw(packed, size + 1);
      expect([complete, output.length, output.every((byte) => byte === 0)]).toEqual([true, size, true]);
    }
  });
});
