import { createNodeHost } from '@vedette/bytes/node';
import { expect, it } from 'vitest';
import { mutate, seededRandom } from '../builders/mutate.ts';
import { apkSignatureTarget } from './fuzz-target.ts';

const host = createNodeHost();
const ROUNDS = 200;
/** A read that takes longer than this on files of a few thousand bytes is not linear in them. */
const MAX_MS = 5_000;

it('reads whatever the builders make, and whatever damage does to it', () => {
  const seeds = apkSignatureTarget.seeds();
  let slowest = 0;
  for (let seed = 0; seed < ROUNDS; seed++) {
    const original = seeds[seed % seeds.length] ?? new Uint8Array(0);
    for (const bytes of [mutate(original, seed), apkSignatureTarget.generate(seededRandom(seed))]) {
      const started = host.now();
      expect(() => apkSignatureTarget.read(bytes, host), `seed ${seed}`).not.toThrow();
      slowest = Math.max(slowest, host.now() - started);
    }
  }
  expect(slowest).toBeLessThan(MAX_MS);
}, 60_000);
