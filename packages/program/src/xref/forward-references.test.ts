import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forwardReferences } from './forward-references.ts';

describe('forwardReferences', () => {
  it('has each site once, by row and then by place, also in methods of more than 65,536 units', () => {
    const site = fc.record({
      target: fc.nat({ max: 3 }),
      row: fc.nat({ max: 2 }),
      offset: fc.oneof(fc.nat({ max: 9 }), fc.integer({ min: 0xfff0, max: 0x3_0000 })),
    });
    fc.assert(
      fc.property(fc.array(site), (sites) => {
        const sorted = sites.toSorted((a, b) => a.target - b.target);
        const references = {
          starts: Uint32Array.from({ length: 5 }, (_, target) => sorted.filter((one) => one.target < target).length),
          rows: Uint32Array.from(sorted, ({ row }) => row),
          offsets: Uint32Array.from(sorted, ({ offset }) => offset),
          opcodes: new Uint8Array(sorted.length),
        };
        const forward = forwardReferences(references, 3);
        const found = Array.from(forward.sites, (index) => ({
          target: forward.targets[index],
          row: references.rows[index],
          offset: references.offsets[index],
        }));
        // Stable: sites of one place stay in order of their targets.
        expect(found).toEqual(sorted.toSorted((a, b) => a.row - b.row || a.offset - b.offset));
        expect(Array.from(forward.starts)).toEqual(
          Array.from({ length: 4 }, (_, row) => sites.filter((one) => one.row < row).length),
        );
      }),
    );
  });
});
