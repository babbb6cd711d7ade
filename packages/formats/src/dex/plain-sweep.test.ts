import { createDiagnostics } from '@vedette/bytes';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCodeSweep } from './code-sweep.ts';
import { opcodeOf } from './opcodes.ts';
import { beginsAt, createPlainSweep, sweepPlainMethod } from './plain-sweep.ts';
import { createReferenceLog, ENTRY, type ReferenceLog } from './reference-log.ts';

const LIMITS = { strings: 30, types: 20, fields: 10, methods: 25, protos: 5, callSites: 2, methodHandles: 3 };

/** Instructions that are mostly right: small indices, short branches, few registers. */
const instruction = fc
  .record({
    opcode: fc.integer({ min: 0, max: 255 }),
    high: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 3 }) }, fc.integer({ min: 0, max: 255 })),
    units: fc.array(
      fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 4 }) }, fc.integer({ min: 0, max: 0xffff })),
      {
        minLength: 4,
        maxLength: 4,
      },
    ),
  })
  .map(({ opcode, high, units }) => {
    const width = opcodeOf(opcode)?.width ?? 1;
    return [opcode | (high << 8), ...units.slice(0, width - 1)];
  });
/** `packed-switch`, `sparse-switch` and `fill-array-data` with their tables, all of them right. */
const TABLES = [
  [0x2b, 4, 0, 0x0e, 0x0100, 1, 0, 0, 3, 0],
  [0x2c, 4, 0, 0x0e, 0x0200, 1, 7, 0, 3, 0],
  [0x26, 4, 0, 0x0e, 0x0300, 2, 1, 0, 9],
];
const code = fc
  .tuple(fc.option(fc.constantFrom(...TABLES), { nil: [] }), fc.array(instruction, { maxLength: 12 }))
  .map(([table, list]) => Uint16Array.from([...list.flat(), ...(list.flat().length % 2 === 0 ? [] : [0]), ...table]));

const entriesOf = ({ entries, count }: ReferenceLog): number[] => [...entries.subarray(0, count * ENTRY)];

describe('sweepPlainMethod', () => {
  it('accepts only what the careful sweep has nothing to say about, and notes the same', () => {
    let accepted = 0;
    let refused = 0;
    fc.assert(
      fc.property(code, fc.integer({ min: 0, max: 40 }), (units, registers) => {
        const fast = createReferenceLog(LIMITS, 0);
        const plain = createPlainSweep(units, fast);
        const isPlain = sweepPlainMethod(plain, 3, 0, units.length, registers);

        const slow = createReferenceLog(LIMITS, 0);
        const diagnostics = createDiagnostics();
        const careful = createCodeSweep(units, slow, diagnostics);
        const odd = careful.method(3, 0, units.length, registers);
        if (!isPlain) {
          refused += 1;
          expect(fast.count, 'references of a method that was given up').toBe(0);
          expect(plain.instructions).toBe(0);
          return;
        }
        accepted += 1;
        expect({ odd, said: diagnostics.list() }).toEqual({ odd: 0, said: [] });
        expect(entriesOf(fast)).toEqual(entriesOf(slow));
        expect(plain.instructions).toBe(careful.instructions());
        for (let address = -1; address <= units.length; address++) {
          expect(beginsAt(plain, address), `address ${address}`).toBe(careful.isBoundary(address));
        }
      }),
      { numRuns: 4_000, seed: 7 },
    );
    expect({ accepted: accepted > 300, refused: refused > 300 }).toEqual({ accepted: true, refused: true });
  });

  it('keeps what it noted of other methods when it gives one up', () => {
    const units = Uint16Array.from([0x1a, 5, 0x0e, 0x1a, 6, 0x00ff]);
    const log = createReferenceLog(LIMITS, 0);
    const plain = createPlainSweep(units, log);
    expect(sweepPlainMethod(plain, 0, 0, 3, 16)).toBe(true);
    const noted = entriesOf(log);
    expect(sweepPlainMethod(plain, 1, 3, 3, 0)).toBe(false);
    expect(entriesOf(log)).toEqual(noted);
  });
});
