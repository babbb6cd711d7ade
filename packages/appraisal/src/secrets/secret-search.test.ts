import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SECRET_FIXTURES } from '../rules/secret/secret-fixtures.ts';
import { SECRET_ROWS } from '../rules/secret/secret-rows.ts';
import { searchOneByOne } from './search-one-by-one.ts';
import type { SecretPattern } from './secret-pattern.ts';
import { createSecretSearch } from './secret-search.ts';

const patterns = SECRET_ROWS.map(({ pattern }) => pattern);
const pieces = Object.values(SECRET_FIXTURES).flatMap(({ bad, good }) => [...bad, ...good]);

describe('createSecretSearch', () => {
  it('finds what each pattern by itself finds, in texts made of secrets and what looks like them', () => {
    const naive = searchOneByOne(patterns);
    const search = createSecretSearch(patterns);
    const keywords = patterns.flatMap((pattern) => pattern.keywords);
    const piece = fc.oneof(
      fc.constantFrom(...pieces),
      // Cut in the middle, so that neighbours run into each other.
      fc
        .tuple(fc.constantFrom(...pieces), fc.nat(60), fc.nat(60))
        .map(([text, from, to]) => text.slice(from, from + to)),
      fc.constantFrom(...keywords),
      fc.string({ maxLength: 12 }),
      fc.constantFrom(' ', '\n', '"', '=', ': ', 'é', '/'),
    );
    let matches = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const expected = naive(text);
        matches += expected.length;
        expect(search.search(text)).toEqual(expected);
      }),
      { numRuns: 400 },
    );
    expect(matches).toBeGreaterThan(100);
    expect(search.leftOut).toBe(0);
  });

  it('finds what each pattern by itself finds, for any small patterns', () => {
    const part = fc.constantFrom('[ab]{1,3}', 'a', 'b{0,2}', '(?<secret>[ab]{2,4})', '');
    const pattern: fc.Arbitrary<SecretPattern> = fc
      .record({
        keywords: fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '-'), minLength: 1, maxLength: 3 }), {
          minLength: 1,
          maxLength: 3,
        }),
        rest: part.map((source) => new RegExp(source)),
        edge: fc.constantFrom(null, 'a', 'b'),
        lead: fc.constantFrom(undefined, { pattern: /[ab]{1,2}/, lengths: [1, 2] }),
      })
      .map(({ keywords, rest, edge, lead }) => ({
        keywords,
        rest,
        edges: { before: edge, after: edge },
        ...(lead === undefined ? {} : { lead }),
      }));
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '-', 'A'), minLength: 10, maxLength: 60 });
    fc.assert(
      fc.property(fc.array(pattern, { minLength: 1, maxLength: 4 }), text, (list, value) => {
        expect(createSecretSearch(list).search(value)).toEqual(searchOneByOne(list)(value));
      }),
      { numRuns: 500 },
    );
  });

  it('stops trying when its budget is spent, and says so', () => {
    const search = createSecretSearch([{ keywords: ['key-'], rest: /\d{6}/ }], 3);
    expect(search.search('key-123456 '.repeat(5))[0]?.matches.length).toBe(3);
    expect(search.leftOut).toBe(2);
  });

  it('keeps to bounded work on texts made to cost much', () => {
    const search = createSecretSearch(patterns, 20_000);
    for (const { keywords } of patterns) search.search(` ${keywords[0] ?? ''}`.repeat(200));
    search.search('eyJ'.repeat(20_000));
    search.search(`{"kty":"EC",${'"d":'.repeat(5_000)}`);
    expect(search.leftOut).toBeGreaterThanOrEqual(0);
  });
});
