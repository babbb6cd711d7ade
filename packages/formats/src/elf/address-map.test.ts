import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAddressMap } from './address-map.ts';
import type { ElfSegment } from './program-headers.ts';

describe('createAddressMap', () => {
  it('gives what the segment mapped last has there', () => {
    const segment = fc.record({ address: fc.nat({ max: 60 }), fileSize: fc.nat({ max: 20 }) });
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 12 }), (segments) => {
        // Each has its bytes in a page of its own, so that an offset tells whose it is.
        const loads = segments.map(
          ({ address, fileSize }, index): ElfSegment => ({
            type: 1,
            flags: 4,
            offset: index * 4_096 + address,
            address,
            fileSize,
            memorySize: fileSize,
            alignment: 4_096,
            entropy: () => 0,
          }),
        );
        const map = createAddressMap(loads, 1 << 20);
        for (let address = 0; address < 90; address++) {
          const owner = loads.findLastIndex(
            (load) => address >= load.address && address < load.address + load.fileSize,
          );
          expect(map.offsetOf(address)).toBe(owner < 0 ? null : owner * 4_096 + address);
        }
      }),
      { numRuns: 200 },
    );
  });
});
