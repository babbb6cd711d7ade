import { describe, expect, it } from 'vitest';
import { createUuidV7 } from './uuid-v7.ts';

const fixed = (length: number) => new Uint8Array(length).fill(0xff);

describe('createUuidV7', () => {
  it('lays out time, version and variant as RFC 9562 section 5.7 says', () => {
    // The time of the example in RFC 9562 appendix A.6.
    const id = createUuidV7(() => new Date(0x017f22e279b0), fixed)();
    expect(id).toMatch(/^017f22e2-79b0-7[0-9a-f]{3}-bfff-ffffffffffff$/);
  });

  it('gives ids that sort in the order they were made, also within a millisecond and when the clock goes back', () => {
    const times = [5, 5, 5, 4, 5, 6];
    let at = 0;
    const next = createUuidV7(() => new Date(times[at++ % times.length] ?? 0), fixed);
    const ids = Array.from({ length: 6000 }, next);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
  });
});
