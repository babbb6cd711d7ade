import { ByteWriter, createDiagnostics } from '@vedette/bytes';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modifiedUtf8Text } from './modified-utf8.ts';
import { readStringPool, type StringPool } from './read-string-pool.ts';
import { type PoolSpec, writeStringPool } from './write-string-pool.ts';

function pool(spec: PoolSpec): { read: StringPool; ids: () => readonly string[] } {
  const out = new ByteWriter();
  writeStringPool(out, spec);
  const bytes = out.finish();
  const diagnostics = createDiagnostics();
  const read = readStringPool(bytes, { start: 0, end: bytes.length, format: 'arsc' }, diagnostics);
  return { read, ids: () => diagnostics.list().map(({ id }) => id) };
}

describe('readStringPool', () => {
  it('reads back any strings, in both encodings', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 200 }).filter((value) => !value.includes('\0'));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 20 }), fc.boolean(), (strings, utf8) => {
        const { read, ids } = pool({ strings, utf8 });
        expect([read.count, read.utf8, strings.map((_, index) => read.get(index)), ids()]).toEqual([
          strings.length,
          utf8,
          strings,
          [],
        ]);
      }),
      { numRuns: 60 },
    );
  });

  it('reads the styles of the first strings, none for others', () => {
    const spans = [
      { tag: 'b', first: 0, last: 4 },
      { tag: 'i', first: 2, last: 3 },
    ];
    const { read, ids } = pool({ strings: ['Hello', 'plain', 'b', 'i'], styles: [spans] });
    expect([read.styles(0), read.styles(1), read.styles(-1), read.styles(99), ids()]).toEqual([spans, [], [], [], []]);
  });

  it('gives null for an index that is not there, and what it gave before for one asked again', () => {
    const { read } = pool({ strings: ['a'] });
    expect([read.get(0), read.get(0), read.get(1), read.get(-1), read.get(0xffff_ffff)]).toEqual([
      'a',
      'a',
      null,
      null,
      null,
    ]);
  });

  it('counts empty strings too when strings share their bytes', () => {
    const { read, ids } = pool({
      strings: Array.from({ length: 50 }, (_, index) => `${index}`),
      tricks: { offset: () => 0 },
    });
    for (let index = 0; index < 50; index++) expect(read.get(index)).toBe('0');
    expect(ids()).toEqual([]);
  });
});

describe('modifiedUtf8Text', () => {
  const decode = (...bytes: number[]): string => modifiedUtf8Text(Uint8Array.from(bytes), 0, bytes.length);

  it('reads what UTF-8 is, as the platform of the web does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const bytes = new TextEncoder().encode(text);
        expect(modifiedUtf8Text(bytes, 0, bytes.length)).toBe(
          new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
        );
      }),
    );
  });

  it('reads a NUL of two bytes and surrogates of three bytes each, lone ones too', () => {
    expect([decode(0xc0, 0x80), decode(0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80), decode(0xed, 0xa0, 0xbd)]).toEqual([
      '\0',
      '😀',
      '\ud83d',
    ]);
  });

  it('marks each byte that is ill-formed: cut off, overlong, out of range', () => {
    expect([decode(0xe2, 0x82), decode(0xc1, 0x81), decode(0xf4, 0x90, 0x80, 0x80), decode(0xff, 0x41)]).toEqual([
      '\ufffd\ufffd',
      '\ufffd\ufffd',
      '\ufffd\ufffd\ufffd\ufffd',
      '\ufffdA',
    ]);
  });
});
