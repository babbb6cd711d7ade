import { describe, expect, it } from 'vitest';
import { arrayPayload } from './payloads.ts';

describe('arrayPayload', () => {
  it('gives the elements that are in the method', () => {
    const units = Uint16Array.from([0x0300, 2, 3, 0, 7, 8, 9]);
    expect([...arrayPayload(units, 0, 7).data]).toEqual([7, 0, 8, 0, 9, 0]);
    expect([...arrayPayload(units, 0, 6).data]).toEqual([7, 0, 8, 0]);
  });

  it('has none when its head is cut off by the end of the file', () => {
    for (let length = 1; length <= 4; length++) {
      const units = new Uint16Array(length);
      units.set([0x0300, 2, 0xffff, 0].slice(0, length));
      expect(arrayPayload(units, 0, length).data.length, `${length} units`).toBe(0);
    }
    // The last units of a larger buffer.
    const units = new Uint16Array(new ArrayBuffer(8), 4, 2);
    units[0] = 0x0300;
    expect(arrayPayload(units, 0, 2).data.length).toBe(0);
  });
});
