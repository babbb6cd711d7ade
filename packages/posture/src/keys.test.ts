import type { Observation } from '@vedette/contracts';
import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import { OBSERVATION_KEYS, type ObservationKey } from './keys.ts';
import { CONTEXT, evidenceOf, iosEvidence, seen, signalIn } from './testing/evidence.ts';

const keys: readonly (readonly [string, ObservationKey])[] = Object.entries(OBSERVATION_KEYS);

/** Values of which at least one makes each key count for its signal: as an answer, or as the reason why there is none. */
const PROBES: readonly string[] = [
  '1',
  '0',
  'true',
  'false',
  'null',
  '/x',
  'com.evil/.S',
  'com.evil',
  '16',
  'not a date',
  'none',
  '5555',
  'NONE',
  'disabled',
  'red',
  'permissive',
  'test-keys',
  'eng',
  'encrypted',
  'unlocked',
  'tampered',
  '18.7.10',
];

function changes(key: string, definition: ObservationKey, value: string): boolean {
  const about = (observations: readonly Observation[]) =>
    key.startsWith('ios.') ? iosEvidence(observations) : evidenceOf(observations);
  const sdk = seen('getprop.ro.build.version.sdk', '24');
  const id = definition.signal;
  if (id === null) return true;
  const without = signalIn(judge(about([sdk]), CONTEXT), id);
  const withIt = signalIn(judge(about([sdk, seen(key, value)]), CONTEXT), id);
  return JSON.stringify(without) !== JSON.stringify(withIt);
}

describe('observation keys', () => {
  it.each(keys)('%s is judged for the signal it names', (key, definition) => {
    expect(PROBES.some((value) => changes(key, definition, value))).toBe(true);
  });

  it('are within the limits of an observation, and say what they hold', () => {
    for (const [key, definition] of keys) {
      expect(key).toMatch(/^[a-z][\w.-]{2,199}$/);
      expect(definition.values.length + definition.from.length).toBeGreaterThan(5);
    }
  });
});
