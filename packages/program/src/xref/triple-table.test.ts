import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  columnOf,
  createTripleTable,
  findTriple,
  firstOf,
  indexOfTriple,
  internTriple,
  unitOfTriple,
} from './triple-table.ts';

describe('TripleTable', () => {
  it('numbers triples as a map would', () => {
    const value = fc.oneof(fc.nat({ max: 4 }), fc.constantFrom(0xffff_ffff, 0x8000_0000));
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value, value)), (triples) => {
        const table = createTripleTable();
        const expected = new Map<string, number>();
        for (const [index, [first, second, third]] of triples.entries()) {
          const key = [first, second, third].join();
          if (!expected.has(key)) expected.set(key, expected.size);
          expect(internTriple(table, first, second, third, 7, index)).toBe(expected.get(key));
        }
        for (const [first, second, third] of triples) {
          const id = findTriple(table, first, second, third);
          expect(id).toBe(expected.get([first, second, third].join()));
          expect(firstOf(table, id)).toBe(first);
        }
        expect(findTriple(table, 5, 5, 5)).toBe(-1);
      }),
    );
  });

  it('keeps numbers as it grows, and the place of the first meeting', () => {
    const table = createTripleTable();
    for (let index = 0; index < 10_000; index++) expect(internTriple(table, index, index % 7, 3, 2, index)).toBe(index);
    expect(internTriple(table, 4_321, 4_321 % 7, 3, 9, 9)).toBe(4_321);
    expect([unitOfTriple(table, 4_321), indexOfTriple(table, 4_321)]).toEqual([2, 4_321]);
    expect(columnOf(table, 0)[9_999]).toBe(9_999);
    expect(table.count).toBe(10_000);
  });

  it('finds what had to go to the overflow', () => {
    const table = createTripleTable();
    for (let index = 0; index < 100; index++) internTriple(table, index, 0, 0, 0, 0);
    // As if all slots of every later triple were taken.
    table.slots.fill(1);
    const id = internTriple(table, 1_000, 1, 1, 0, 0);
    expect(table.overflow.size).toBe(1);
    expect(internTriple(table, 1_000, 1, 1, 0, 0)).toBe(id);
    expect(findTriple(table, 1_000, 1, 1)).toBe(id);
    expect(findTriple(table, 1_000, 1, 2)).toBe(-1);
  });
});
