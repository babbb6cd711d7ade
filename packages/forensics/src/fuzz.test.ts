import { DeviceEvidence } from '@vedette/contracts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { treeFromFiles } from './evidence-tree.ts';
import { FUZZ_PHONE } from './fixtures/fuzz-phone.ts';
import { buildAdbAnswers, buildAndroidqf, buildBugReport } from './fixtures/index.ts';
import { readDeviceEvidence } from './read-device-evidence.ts';

const now = '2026-11-22T18:00:00.000Z';
const SEEDS = [
  buildBugReport(FUZZ_PHONE, { logLines: 3 }),
  buildAndroidqf(FUZZ_PHONE),
  buildAndroidqf(FUZZ_PHONE, { processes: 'json', files: 'lines' }),
  buildAdbAnswers(FUZZ_PHONE),
];

/** One change to the bytes of one file: at a place between 0 and 1, cut, overwrite, repeat or insert. */
const mutation = fc.record({
  file: fc.nat(),
  place: fc.double({ min: 0, max: 1, noNaN: true }),
  kind: fc.constantFrom('cut', 'flip', 'repeat', 'insert', 'delete'),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 12 }),
});

function join(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function mutate(
  input: Uint8Array,
  { place, kind, bytes }: { place: number; kind: string; bytes: Uint8Array },
): Uint8Array {
  const at = Math.floor(place * input.length);
  const head = input.subarray(0, at);
  const tail = input.subarray(at);
  switch (kind) {
    case 'cut':
      return head;
    case 'delete':
      return join(head, tail.subarray(bytes.length));
    case 'repeat':
      return join(head, tail.subarray(0, 200), tail.subarray(0, 200), tail);
    case 'insert':
      return join(head, bytes, tail);
    default:
      return join(head, bytes, tail.subarray(bytes.length));
  }
}

/** Far more than needed: other tests may take the processor. */
const PATIENCE = { timeout: 60_000 };

describe('reading evidence', PATIENCE, () => {
  it('is total: damaged evidence yields valid evidence or none, and never an error', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SEEDS), fc.array(mutation, { minLength: 1, maxLength: 4 }), (seed, mutations) => {
        const files = new Map(seed);
        const paths = [...files.keys()];
        for (const change of mutations) {
          const path = paths[change.file % paths.length] ?? '';
          files.set(path, mutate(files.get(path) ?? new Uint8Array(), change));
        }
        const { value } = readDeviceEvidence(treeFromFiles(files), { now });
        if (value !== null) expect(() => DeviceEvidence.parse(value.evidence)).not.toThrow();
      }),
      { numRuns: 100 },
    );
  });

  it('is total over bytes that never were evidence, under names that are', () => {
    const names = SEEDS.flatMap((seed) => [...seed.keys()]);
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...names), fc.uint8Array({ maxLength: 300 }), { maxKeys: 6 }),
        (content) => {
          const { value } = readDeviceEvidence(treeFromFiles(new Map(Object.entries(content))), { now });
          if (value !== null) expect(() => DeviceEvidence.parse(value.evidence)).not.toThrow();
        },
      ),
      { numRuns: 120 },
    );
  });

  it.each([
    ['one endless line', 'a'.repeat(2_000_000)],
    ['open brackets', '['.repeat(500_000)],
    ['dashes', `${'------ '.repeat(200_000)}\n`],
    ['open packages', '  Package ['.repeat(100_000)],
    ['spaces', `${' '.repeat(1_000_000)}x: granted=true`],
  ])('takes time in proportion to its input: %s', (_, text) => {
    const bytes = new TextEncoder().encode(
      `== dumpstate: 2026-11-20 11:11:12\nDUMP OF SERVICE package:\nPackages:\n${text}`,
    );
    for (const name of [
      'bugreport.txt',
      'getprop.txt',
      'dumpsys_package.txt',
      'mount.txt',
      'ps.txt',
      'x/files.json',
      'x/packages.json',
    ]) {
      const files = new Map([
        [name, bytes],
        ['x/acquisition.json', new TextEncoder().encode('{}')],
      ]);
      if (!name.startsWith('x/')) files.delete('x/acquisition.json');
      // Some milliseconds each; a step back over the input for every step forward would run into the test's time limit.
      const { value } = readDeviceEvidence(treeFromFiles(files), { now });
      expect(value === null || value.evidence.observations.length < 10).toBe(true);
    }
  });
});
