import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { DEFAULT_RETRY_POLICY, retryDelayMs } from './retry-delay.ts';

const random = fc.double({ min: 0, max: 0.999999, noNaN: true });

it('doubles from the first delay up to the longest', () => {
  const delays = [1, 2, 3, 4].map((failures) => retryDelayMs(failures, 1));
  expect(delays).toEqual([2000, 4000, 8000, 16000]);
  expect(retryDelayMs(1000, 1)).toBe(DEFAULT_RETRY_POLICY.longestMs);
});

it('stays between half and all of the doubled delay, whatever the chance', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5000 }), random, (failures, chance) => {
      const whole = retryDelayMs(failures, 1);
      const delay = retryDelayMs(failures, chance);
      expect(delay).toBeGreaterThanOrEqual(Math.floor(whole / 2));
      expect(delay).toBeLessThanOrEqual(whole);
    }),
  );
});

it('obeys the server up to an hour and never waits less than it asks', () => {
  expect(retryDelayMs(1, 0, 60_000)).toBe(60_000);
  expect(retryDelayMs(1, 0, 10 * 3_600_000)).toBe(3_600_000);
  expect(retryDelayMs(20, 0, 1000)).toBe(DEFAULT_RETRY_POLICY.longestMs / 2);
});
