import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCbor, type CborSpec } from './cbor-builder.ts';
import { CborTag, readCbor, readCborItem } from './read-cbor.ts';

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
const read = (hex: string): unknown => readCbor(bytes(hex));

/** RFC 8949, appendix A: the examples in the forms that are read here. */
const EXAMPLES: readonly (readonly [string, unknown])[] = [
  ['00', 0],
  ['01', 1],
  ['0a', 10],
  ['17', 23],
  ['1818', 24],
  ['1819', 25],
  ['1864', 100],
  ['1903e8', 1000],
  ['1a000f4240', 1_000_000],
  ['1b000000e8d4a51000', 1_000_000_000_000],
  ['1bffffffffffffffff', 18_446_744_073_709_551_615n],
  ['3bffffffffffffffff', -18_446_744_073_709_551_616n],
  ['20', -1],
  ['29', -10],
  ['3863', -100],
  ['3903e7', -1000],
  ['f90000', 0],
  ['f98000', -0],
  ['f93c00', 1],
  ['fb3ff199999999999a', 1.1],
  ['f93e00', 1.5],
  ['f97bff', 65_504],
  ['fa47c35000', 100_000],
  ['fa7f7fffff', 3.402_823_466_385_288_6e38],
  ['fb7e37e43c8800759c', 1e300],
  ['f90001', 5.960_464_477_539_063e-8],
  ['f90400', 0.000_061_035_156_25],
  ['f9c400', -4],
  ['fbc010666666666666', -4.1],
  ['f97c00', Number.POSITIVE_INFINITY],
  ['f97e00', Number.NaN],
  ['f9fc00', Number.NEGATIVE_INFINITY],
  ['f4', false],
  ['f5', true],
  ['f6', null],
  ['c11a514b67b0', new CborTag(1, 1_363_896_240)],
  ['d818456449455446', new CborTag(24, bytes('6449455446'))],
  ['40', bytes('')],
  ['4401020304', bytes('01020304')],
  ['60', ''],
  ['6161', 'a'],
  ['6449455446', 'IETF'],
  ['62225c', '"\\'],
  ['62c3bc', 'ü'],
  ['63e6b0b4', '水'],
  ['64f0908591', '𐅑'],
  ['80', []],
  ['83010203', [1, 2, 3]],
  ['8301820203820405', [1, [2, 3], [4, 5]]],
  ['a0', new Map()],
  [
    'a201020304',
    new Map([
      [1, 2],
      [3, 4],
    ]),
  ],
  [
    'a26161016162820203',
    new Map<string, unknown>([
      ['a', 1],
      ['b', [2, 3]],
    ]),
  ],
];

describe('readCbor', () => {
  it.each(EXAMPLES)('%s', (hex, value) => expect(read(hex)).toEqual(value));

  it.each([
    ['nothing', ''],
    ['something behind the end', '0000'],
    ['a number in more bytes than it needs', '1817'],
    ['a number in four bytes that fits in two', '1a00000001'],
    ['a length in more bytes than it needs', '580100'],
    ['a list of indefinite length', '9f01ff'],
    ['a text of indefinite length', '7f6161ff'],
    ['a map of indefinite length', 'bf6161 01ff'.replace(' ', '')],
    ['a text that is cut off', '6261'],
    ['a list that is cut off', '8201'],
    ['a list longer than memory', '9b7fffffffffffffff'],
    ['bytes longer than memory', '5bffffffffffffffff'],
    ['a key that is there twice', 'a201020103'],
    ['a key that is a list', 'a1800 1'.replace(' ', '')],
    ['a text that is no UTF-8', '61ff'],
    ['a simple value that nobody assigned', 'f0'],
    ['undefined', 'f7'],
    ['a simple value in two bytes', 'f818'],
    ['a reserved length', '1c'],
    ['a lone break', 'ff'],
    ['nesting without end', '81'.repeat(40)],
  ])('refuses %s', (_, hex) => expect(read(hex)).toBeUndefined());

  it('says where an item ends', () => {
    expect(readCborItem(bytes('8201020304'))).toEqual({ value: [1, 2], end: 3 });
    expect(readCborItem(bytes('0102'), 1)).toEqual({ value: 2, end: 2 });
  });

  it('reads back what was written', () => {
    const value = fc.letrec<{ value: CborSpec }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.maxSafeInteger(),
        fc.string(),
        fc.boolean(),
        fc.constant(null),
        fc.uint8Array({ maxLength: 40 }),
        fc.array(tie('value'), { maxLength: 5 }),
        fc.dictionary(fc.string(), tie('value'), { maxKeys: 5 }).map((entries) => new Map(Object.entries(entries))),
      ),
    })).value;
    fc.assert(
      fc.property(value, (spec) => {
        expect(readCbor(buildCbor(spec))).toEqual(spec);
      }),
    );
  });
});
