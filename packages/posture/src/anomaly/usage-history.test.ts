import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createUsageHistory } from './usage-history.ts';

const HOUR = 3_600_000;
const OPTIONS = { reachHours: 28 * 24, guardHours: 48, leastHours: 7 * 24, leastCount: 14 };

/** The same by the book: choose, sort, take the middle, twice. */
function byTheBook(values: readonly (readonly [at: number, value: number])[], now: number) {
  const counted = values.filter(([at]) => at <= now - 48 * HOUR && at >= now - (28 * 24 + 48) * HOUR);
  const times = counted.map(([at]) => at);
  if (counted.length < 14 || Math.max(...times) - Math.min(...times) < 7 * 24 * HOUR) return null;
  const median = middle(counted.map(([, value]) => value));
  return {
    median,
    sigma: 1.4826 * middle(counted.map(([, value]) => Math.abs(value - median))),
    count: counted.length,
  };
}

function middle(list: readonly number[]): number {
  const sorted = [...list].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}

describe('what is normal by the values so far', () => {
  it('is the median and the median distance of four weeks without the newest two days, whatever the values', () => {
    const step = fc.record({
      hours: fc.integer({ min: 1, max: 60 }),
      value: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 10, noNaN: true })),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 120 }), (steps) => {
        const history = createUsageHistory(OPTIONS);
        const all: [number, number][] = [];
        let now = 0;
        for (const { hours, value } of steps) {
          now += hours * HOUR;
          const expected = byTheBook(all, now);
          const found = history.baseline(now);
          if (expected === null || found === null) expect(found).toBe(expected);
          else {
            expect(found.median).toBeCloseTo(expected.median, 10);
            expect(found.sigma).toBeCloseTo(expected.sigma, 10);
            expect(found.count).toBe(expected.count);
          }
          history.push(now, value);
          all.push([now, value]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('goes on right over many more values than it keeps', () => {
    const history = createUsageHistory(OPTIONS);
    const all: [number, number][] = [];
    for (let index = 1; index <= 3000; index++) {
      const value = (index * 7919) % 101;
      history.push(index * HOUR, value);
      all.push([index * HOUR, value]);
    }
    expect(history.baseline(3001 * HOUR)).toEqual(byTheBook(all, 3001 * HOUR));
  });
});
