import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCertificate } from '../x509/certificate-builder.ts';
import { isStrictDer } from './strict-der.ts';

const strict = (hex: string): boolean => isStrictDer(new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex')));

describe('isStrictDer', () => {
  it.each([
    ['an empty sequence', '30 00'],
    ['booleans', '30 06 01 01 00 01 01 ff'],
    ['a long tag', 'bf 85 40 02 05 00'],
    ['a long length', `04 81 80 ${'00'.repeat(128)}`],
    ['a negative integer', '02 02 ff 7f'],
    ['an object identifier', '06 03 2a 86 48'],
  ])('takes %s', (_, hex) => expect(strict(hex)).toBe(true));

  it.each([
    ['nothing', ''],
    ['a byte behind the end', '30 00 00'],
    ['a length that leads outside', '30 02 05'],
    ['a child that leads out of its parent', '30 03 04 05 00 00 00'],
    ['an indefinite length', '30 80 00 00'],
    ['a length in two bytes that fits in one', '04 81 01 00'],
    ['a length with a leading zero', `04 82 00 80 ${'00'.repeat(128)}`],
    ['a string in parts', '24 04 04 02 00 00'],
    ['a primitive sequence', '10 00'],
    ['a boolean of another value', '01 01 01'],
    ['an integer with a zero too many', '02 02 00 01'],
    ['an integer with ff too many', '02 02 ff ff'],
    ['an empty integer', '02 00'],
    ['a null with content', '05 01 00'],
    ['a part of an identifier with zeros before it', '06 03 2a 80 01'],
    ['an identifier that does not end', '06 02 2a 86'],
    ['a tag below 31 in the long form', 'bf 1e 00'],
    ['a tag with zeros before it', 'bf 80 40 00'],
    ['nesting without end', '30 80'.repeat(40)],
  ])('refuses %s', (_, hex) => expect(strict(hex)).toBe(false));

  it('takes a certificate as its builder writes it, and no cut of it', () => {
    const certificate = buildCertificate();
    expect(isStrictDer(certificate)).toBe(true);
    for (let length = 0; length < certificate.length; length++)
      expect(isStrictDer(certificate.subarray(0, length)), `cut at ${length}`).toBe(false);
  });

  it('answers for any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => typeof isStrictDer(bytes) === 'boolean'));
  });
});
