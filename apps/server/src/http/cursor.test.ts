import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { containsPattern, decodeCursor, encodeCursor, pageOf } from './cursor.ts';
import { HttpProblem } from './problem.ts';

const Shape = z.tuple([z.number(), z.string().nullable()]);

describe('cursors', () => {
  it('come back as they went', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
        fc.option(fc.string()),
        (n, text) => {
          expect(decodeCursor(encodeCursor([n, text]), Shape)).toEqual([n, text]);
        },
      ),
    );
  });

  it('of anybody else are refused, whatever they hold', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.base64String(),
          fc.json().map((text) => Buffer.from(text).toString('base64url')),
        ),
        (text) => {
          try {
            Shape.parse(decodeCursor(text, Shape));
          } catch (error) {
            expect(error).toBeInstanceOf(HttpProblem);
          }
        },
      ),
    );
  });
});

describe('pageOf', () => {
  it('has a next page only when there was one row more', () => {
    expect(pageOf([1, 2], 2, (n) => [n])).toEqual({ shown: [1, 2], nextCursor: null });
    expect(pageOf([1, 2, 3], 2, (n) => [n])).toEqual({ shown: [1, 2], nextCursor: encodeCursor([2]) });
  });
});

describe('containsPattern', () => {
  it('takes wildcards literally', () => {
    expect(containsPattern('50%_\\')).toBe('%50\\%\\_\\\\%');
  });
});
