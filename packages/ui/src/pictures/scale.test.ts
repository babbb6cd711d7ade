import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countTicks, linearScale, timeTicks } from './scale.ts';

describe('linearScale', () => {
  it('takes one interval to the other, also upside down', () => {
    const scale = linearScale([0, 10], [100, 0]);
    expect([0, 5, 10, 12].map(scale)).toEqual([100, 50, 0, -20]);
    expect(linearScale([3, 3], [10, 20])(3)).toBe(10);
  });
});

describe('countTicks', () => {
  it.each([
    [4, 3, [0, 2, 4]],
    [14, 3, [0, 5, 10, 15]],
    [212, 3, [0, 100, 200, 300]],
    [1, 3, [0, 1]],
  ])('up to %d in about %d steps', (top, count, ticks) => {
    expect(countTicks(top, count)).toEqual(ticks);
  });

  it('reach the top with few whole numbers, whatever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 1, max: 10 }), (top, count) => {
        const ticks = countTicks(top, count);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(top);
        expect(ticks.length).toBeLessThanOrEqual(count + 2);
        expect(ticks.every(Number.isInteger)).toBe(true);
      }),
    );
  });
});

describe('timeTicks', () => {
  const from = new Date(2026, 9, 20, 15, 30).getTime();
  const days = (count: number) => from + count * 86_400_000;

  it('are midnights over weeks, when the clocks change too', () => {
    const ticks = timeTicks(from, days(14), 7);
    expect(ticks.length).toBeGreaterThanOrEqual(4);
    expect(ticks.every((tick) => tick.getHours() === 0 && tick.getMinutes() === 0)).toBe(true);
  });

  it('are full hours over a day', () => {
    expect(timeTicks(from, days(1), 8).map((tick) => tick.getHours())).toEqual([18, 21, 0, 3, 6, 9, 12, 15]);
  });

  it('lie in order between the two ends, and are not too many', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 110 }), fc.integer({ min: 1, max: 12 }), (length, count) => {
        const ticks = timeTicks(from, days(length), count).map((tick) => tick.getTime());
        expect(ticks.length).toBeLessThanOrEqual(count + 1);
        expect(ticks).toEqual([...ticks].sort((a, b) => a - b));
        expect(ticks.every((tick) => tick >= from && tick <= days(length))).toBe(true);
      }),
    );
    expect(timeTicks(from, from, 5)).toEqual([]);
  });
});
