import { describe, expect, it } from 'vitest';
import { MAX_ATTEMPTS, waitBeforeRetry } from './retry-plan.ts';

describe('waitBeforeRetry', () => {
  it('doubles from five seconds to an hour, then gives up', () => {
    const waits = Array.from({ length: MAX_ATTEMPTS }, (_, at) => waitBeforeRetry(at + 1, 0.5));
    expect(waits.slice(0, 3)).toEqual([5_000, 10_000, 20_000]);
    expect(waits.at(-2)).toBe(3_600_000);
    expect(waits.at(-1)).toBeNull();
  });
  it('spreads by a fifth and honours what the other side asks for', () => {
    expect(waitBeforeRetry(1, 0)).toBe(4_000);
    expect(waitBeforeRetry(1, 1)).toBe(6_000);
    expect(waitBeforeRetry(1, 0, 120)).toBe(120_000);
  });
});
