import { createNodeHost } from '@vedette/bytes/node';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutate, seededRandom } from '../builders/mutate.ts';
import { buildZipBomb } from '../builders/zip-bomb.ts';
import { crc32 } from './crc32.ts';
import { deflateRuns, deflateZeros } from './deflate-runs.ts';
import { zipTarget } from './fuzz-target.ts';
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
    const seeds = zipTarget.seeds();
    for (let seed = 0; seed < 300; seed++) {
      zipTarget.read(mutate(seeds[seed % seeds.length] ?? new Uint8Array(0), seed), host);
      zipTarget.read(zipTarget.generate(seededRandom(seed)), host);
    }
  });
});

describe('crc32', () => {
  it('is that of the standard, at any length', () => {
    expect([
      crc32(bytes('123456789')),
      crc32(bytes('')),
      crc32(bytes('The quick brown fox jumps over the lazy dog')),
    ]).toEqual([0xcbf43926, 0, 0x414fa339]);
    for (let length = 0; length < 40; length++) {
      const data = Uint8Array.from({ length }, (_, index) => index * 37);
      let value = -1;
      for (const byte of data) {
        value ^= byte;
        for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb8_8320 ^ (value >>> 1) : value >>> 1;
      }
      expect(crc32(data)).toBe((value ^ -1) >>> 0);
      // The same at a place that is not aligned.
      const shifted = Uint8Array.from([0, ...data]).subarray(1);
      expect(crc32(shifted)).toBe(crc32(data));
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
