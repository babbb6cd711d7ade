import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createByteTable, findText, indexOfBytes, internBytes, unitOfBytes } from './byte-table.ts';

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** FNV-1a as the table computes it before its last step. */
function fnv(text: string): number {
  let hash = 0x811c9dc5 | 0;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}

/** Each pair leads from where the pairs before end to one and the same next state of the hash. */
const COLLISIONS: readonly (readonly string[])[] = [
  ['1e56rtr', '0f94688'],
  ['100l7js', '0may6i3'],
  ['1ddo14d', '0krgalb'],
  ['10z6tws', '150knqy'],
  ['0vfmb4d', '14vgg2r'],
  ['1avt43g', '1vu98wf'],
  ['10oywdw', '0gowtlj'],
];

/** Texts of one hash: each pair doubles their number (Joux, "Multicollisions in iterated hash functions"). */
const sameHash = COLLISIONS.reduce<string[]>(
  (texts, pair) => texts.flatMap((text) => pair.map((end) => text + end)),
  [''],
);

describe('ByteTable', () => {
  it('numbers strings as a map would, whatever they are and however many', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é', '語', '\ud83d'), maxLength: 6 })),
        (texts) => {
          const table = createByteTable();
          const expected = new Map<string, number>();
          for (const [index, text] of texts.entries()) {
            const bytes = mutf8(text);
            if (!expected.has(text)) expected.set(text, expected.size);
            expect(internBytes(table, bytes, 0, text.length, index, index)).toBe(expected.get(text));
          }
          for (const [text, id] of expected) expect(findText(table, text)).toBe(id);
          expect(findText(table, 'd')).toBe(-1);
          expect(table.count).toBe(expected.size);
        },
      ),
    );
  });

  it('keeps numbers as it grows, and the place of the first meeting', () => {
    const table = createByteTable();
    const ids = Array.from({ length: 5_000 }, (_, index) =>
      internBytes(table, ascii(`name${index}`), 0, 20, index, index * 2),
    );
    expect(ids).toEqual(Array.from({ length: 5_000 }, (_, index) => index));
    expect(internBytes(table, ascii('name17'), 0, 20, 9_999, 1)).toBe(17);
    expect([unitOfBytes(table, 17), indexOfBytes(table, 17)]).toEqual([17, 34]);
    expect(findText(table, 'name4999')).toBe(4_999);
  });

  it('reads a string inside of other bytes, up to its length or a NUL, and not beyond the end', () => {
    const table = createByteTable();
    const bytes = ascii('xxabc\0def');
    const id = internBytes(table, bytes, 2, 3, 0, 0);
    expect(internBytes(table, bytes, 2, 7, 0, 1)).toBe(id);
    expect(findText(table, 'abc')).toBe(id);
    expect(internBytes(table, bytes, 6, 1_000, 0, 2)).not.toBe(id);
    expect(findText(table, 'def')).toBe(1);
  });

  it('stays right and quick on strings that all have one hash', () => {
    const texts = sameHash;
    expect(new Set(texts.map((text) => fnv(text))).size).toBe(1);
    const table = createByteTable();
    for (const text of texts) internBytes(table, ascii(text), 0, text.length, table.count, 0);
    expect(table.count).toBe(128);
    // All but those that found a slot within the limit: however many there are, none costs more than that.
    expect(table.overflow.size).toBe(128 - 24);
    expect(texts.map((text) => findText(table, text))).toEqual(texts.map((_, index) => index));
    expect(findText(table, `${texts[0]}x`)).toBe(-1);
  });
});

function mutf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f));
    else bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
  }
  return Uint8Array.from(bytes);
}
