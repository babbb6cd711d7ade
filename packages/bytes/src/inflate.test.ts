import { deflateRawSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inflateRawTolerant } from './inflate.ts';

const text = new TextEncoder().encode(
  'the quick brown fox jumps over the lazy dog, then over the lazy dog again. '.repeat(200),
);

describe('inflateRawTolerant', () => {
  it('agrees with zlib at every level', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 2_000 }),
          fc.array(fc.constantFrom(1, 2, 3), { maxLength: 3_000 }).map((a) => Uint8Array.from(a)),
        ),
        fc.constantFrom(0, 1, 6, 9),
        (data, level) => {
          const result = inflateRawTolerant(deflateRawSync(data, { level }), data.length + 1);
          expect(result.complete).toBe(true);
          expect([...result.output]).toEqual([...data]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps what came before the damage', () => {
    const packed = deflateRawSync(text);
    const { output, complete } = inflateRawTolerant(packed.subarray(0, packed.length >> 1), text.length);
    expect(complete).toBe(false);
    expect(output.length).toBeGreaterThan(20);
    expect([...output]).toEqual([...text.subarray(0, output.length)]);
  });

  it('stops at the limit and says that more would follow', () => {
    const { output, complete } = inflateRawTolerant(deflateRawSync(text), 1_000);
    expect([complete, output.length]).toEqual([false, 1_000]);
    expect([...output]).toEqual([...text.subarray(0, 1_000)]);
  });

  it('never throws and never exceeds its limit on random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat({ max: 5_000 }), (bytes, limit) => {
        expect(inflateRawTolerant(bytes, limit).output.length).toBeLessThanOrEqual(limit);
      }),
      { numRuns: 300 },
    );
  });
});
