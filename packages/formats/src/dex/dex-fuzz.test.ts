import { createNodeHost } from '@vedette/bytes/node';
import { describe, expect, it } from 'vitest';
import { mutate, seededRandom } from '../builders/mutate.ts';
import { dexTarget } from './fuzz-target.ts';

const host = createNodeHost();

/** Reads, and says how long it took; whatever is thrown names its seed. */
function readFor(bytes: Uint8Array, seed: string): number {
  const started = host.now();
  try {
    dexTarget.read(bytes, host);
  } catch (error) {
    throw new Error(`seed ${seed}`, { cause: error });
  }
  return host.now() - started;
}

describe('the DEX readers, fuzzed', () => {
  it('survive structures that lie', () => {
    let longest = 0;
    for (let seed = 0; seed < 250; seed++) {
      longest = Math.max(longest, readFor(dexTarget.generate(seededRandom(seed)), `generate ${seed}`));
    }
    expect(longest).toBeLessThan(2_000);
  }, 60_000);

  it('survive damaged bytes', () => {
    const seeds = dexTarget.seeds();
    let longest = 0;
    for (let seed = 0; seed < 350; seed++) {
      const bytes = seeds[seed % seeds.length] ?? new Uint8Array(0);
      longest = Math.max(longest, readFor(mutate(bytes, seed), `mutate ${seed}`));
    }
    expect(longest).toBeLessThan(2_000);
  }, 60_000);
});
