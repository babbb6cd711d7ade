import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNPRINTABLE } from '../testing/strings-in.ts';
import { sha256Hex } from './digest.ts';
import { printable, shortened } from './printable.ts';
import { uuidV5 } from './uuid-v5.ts';

const anyText = fc.array(fc.nat(0x1ffff), { maxLength: 40 }).map((codes) => String.fromCodePoint(...codes));

describe('printable', () => {
  it('leaves nothing that acts or hides, whatever it is given', () => {
    fc.assert(fc.property(anyText, (text) => !UNPRINTABLE.test(printable(text))));
    expect(printable('a\u001b[31m\n\u202eb\ud800c😀é')).toBe('a\\u001b[31m\\u000a\\u202eb\\ud800c😀é');
  });
});

describe('shortened', () => {
  it('keeps to the length and never leaves half of a character', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 30 }), (text, most) => {
        const short = shortened(text, most);
        expect(short.length).toBeLessThanOrEqual(most);
        expect(UNPRINTABLE.test(short)).toBe(false);
      }),
    );
    expect(shortened('a😀b', 3)).toBe('a…');
    expect(shortened('abc', 3)).toBe('abc');
  });
});

describe('uuidV5', () => {
  it('is that of the standard', () => {
    // RFC 9562, appendix A.4: www.example.com in the namespace of DNS names.
    expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    );
  });
});

describe('sha256Hex', () => {
  it('is that of the standard', () => {
    // FIPS 180-4, the example of one block.
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
