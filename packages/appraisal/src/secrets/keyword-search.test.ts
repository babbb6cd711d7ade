import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeywordSearch } from './keyword-search.ts';

const found = (keywords: readonly string[], text: string): string[] => {
  const hits: string[] = [];
  createKeywordSearch(keywords).search(text, (keyword, start) => hits.push(`${keyword}@${start}`));
  return hits.toSorted();
};

describe('createKeywordSearch', () => {
  it('finds keywords that lie in each other, that are alike and that overlap', () => {
    expect(found(['she', 'he', 'hers', 'He'], 'ushers')).toEqual(['0@1', '1@2', '2@2', '3@2']);
    expect(found(['aa'], 'aaaa')).toEqual(['0@0', '0@1', '0@2']);
  });

  it('takes letters in either case, and no others for them', () => {
    expect(found(['Key_'], 'KEY_ kEy_ KEY-')).toEqual(['0@0', '0@5']);
    // The Kelvin sign is a small k to those who fold by Unicode.
    expect(found(['key'], '\u212aey')).toEqual([]);
  });

  it('finds what a search for each keyword finds', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '-', 'ä'), maxLength: 40 });
    const keyword = fc.string({ unit: fc.constantFrom('a', 'b', '-'), minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(keyword, { maxLength: 8 }), letters, (keywords, text) => {
        const expected = keywords.flatMap((word, index) =>
          Array.from({ length: text.length }, (_, at) => at)
            .filter((at) => text.slice(at, at + word.length).toLowerCase() === word)
            .map((at) => `${index}@${at}`),
        );
        expect(found(keywords, text)).toEqual(expected.toSorted());
      }),
      { numRuns: 300 },
    );
  });

  it('refuses keywords that it could not find', () => {
    expect(() => createKeywordSearch([''])).toThrow(RangeError);
    expect(() => createKeywordSearch(['ä'])).toThrow(RangeError);
  });
});
