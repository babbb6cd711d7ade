import { plistJson, readPlist } from '@vedette/formats';
import { buildBinaryPlist, type PlistSpec } from '@vedette/formats/builders';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PlistPlain, plistDict, writePlist } from './write-plist.ts';

const back = (value: PlistPlain) => {
  const read = readPlist(writePlist(value));
  expect(read.diagnostics).toEqual([]);
  return read.value === null ? undefined : plistJson(read.value);
};

describe('a property list that is written', () => {
  it('reads as what was given, whatever its texts hold', () => {
    const text = fc
      .string({ unit: 'binary', maxLength: 40 })
      .filter((one) => !/[^\t\n\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(one));
    const leaf = fc.oneof(text, fc.boolean(), fc.maxSafeInteger());
    const tree = fc.letrec<{ value: PlistSpec }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(text, tie('value'), { maxKeys: 4 }),
      ),
    })).value;
    fc.assert(
      fc.property(tree, (spec) => {
        // A binary list is an independent road to the same value.
        const { value } = readPlist(buildBinaryPlist(spec));
        if (value === null) throw new Error('the builder writes lists');
        expect(back(value)).toEqual(plistJson(value));
      }),
      { numRuns: 200 },
    );
  });

  it('shows what XML cannot hold as U+FFFD', () => {
    expect(back('a\u0000b\u001bc\ud800d')).toBe('a\uFFFDb\uFFFDc\uFFFDd');
    expect(back(']]>&amp;<x/>')).toBe(']]>&amp;<x/>');
  });

  it('has dates, data, reals and large numbers as they were', () => {
    const spec = {
      when: new Date('2026-11-01T12:00:00Z'),
      what: Uint8Array.of(1, 2, 255),
      real: 1.5,
      large: 2n ** 62n,
    };
    const { value } = readPlist(buildBinaryPlist(spec));
    expect(value === null ? null : back(value)).toEqual({
      when: '2026-11-01T12:00:00Z',
      what: '0102ff',
      real: 1.5,
      large: String(2n ** 62n),
    });
  });

  it('leaves out what is missing', () => {
    expect(back(plistDict({ there: 'x', missing: null, also: undefined }))).toEqual({ there: 'x' });
  });

  it('is not written when it is endless: shared objects of binary lists unfold', () => {
    let value: PlistPlain = 'x';
    for (let depth = 0; depth < 30; depth++) value = [value, value];
    expect(() => writePlist(value)).toThrow(RangeError);
  });
});
