import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSealer, SERVER_KEY_BYTES } from './sealer.ts';

const key = (fill: number) => new Uint8Array(SERVER_KEY_BYTES).fill(fill);

describe('createSealer', () => {
  it('opens what it sealed, and seals the same differently each time', () => {
    const sealer = createSealer(key(1));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (plain) => {
        const sealed = sealer.seal(plain);
        expect(new Uint8Array(sealer.open(sealed))).toEqual(plain);
        expect(sealer.seal(plain)).not.toEqual(sealed);
      }),
    );
  });

  it('notices every changed bit, and every cut', () => {
    const sealer = createSealer(key(1));
    const sealed = sealer.seal(new TextEncoder().encode('a secret'));
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const altered = Uint8Array.from(sealed);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => sealer.open(altered), `bit ${bit}`).toThrow();
    }
    for (let length = 0; length < sealed.length; length += 1)
      expect(() => sealer.open(sealed.subarray(0, length))).toThrow();
  });

  it('does not open what another key sealed, and takes no short key', () => {
    const sealed = createSealer(key(1)).seal(Uint8Array.of(1));
    expect(() => createSealer(key(2)).open(sealed)).toThrow();
    expect(() => createSealer(new Uint8Array(16))).toThrow('32 bytes');
  });
});
