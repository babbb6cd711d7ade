import { generateKeyPairSync, sign } from 'node:crypto';
import { createNodeHost } from '@vedette/bytes/node';
import { describe, expect, it } from 'vitest';
import { der, derBits, derInteger, derNull, derOid, derSequence, derSet, derUtf8 } from '../der/der-writer.ts';
import { derChildren, derContent, readDerNode } from '../der/read-der.ts';
import { buildCertificate } from './certificate-builder.ts';
import { sameName } from './distinguished-name.ts';
import { readCertificate } from './read-certificate.ts';
import { repairedKey, sameKey } from './same-key.ts';
import { verifyWithMethod } from './signature-methods.ts';

const host = createNodeHost();

describe('certificate extensions', () => {
  it('reads key usage, authority and key identifier, and lists what is critical', () => {
    const extensions = {
      '2.5.29.15': { value: der(3, Uint8Array.of(1, 0b1000_0110)), critical: true },
      '2.5.29.19': { value: derSequence(Uint8Array.of(1, 1, 0xff)), critical: true },
      '1.2.3.4': { value: derNull() },
    };
    const { value } = readCertificate(buildCertificate({ extensions, subjectKeyId: Uint8Array.of(7) }), host);
    expect(value?.extensions).toEqual({
      keyUsage: ['digitalSignature', 'keyCertSign', 'cRLSign'],
      isAuthority: true,
      pathLength: null,
      subjectKeyId: Uint8Array.of(7),
      present: ['2.5.29.15', '2.5.29.19', '1.2.3.4', '2.5.29.14'],
      critical: ['2.5.29.15', '2.5.29.19'],
    });
    expect(readCertificate(buildCertificate(), host).value?.extensions).toMatchObject({ keyUsage: null, present: [] });
  });
});

describe('sameName', () => {
  const name = (value: Uint8Array, type = '2.5.4.3'): Uint8Array =>
    derSequence(derSet(derSequence(derOid(type), value)));
  const printable = (text: string): Uint8Array => der(19, new TextEncoder().encode(text));

  it('compares values however they are encoded, but not other types, orders or empty names', () => {
    expect(sameName(name(derUtf8('A  b')), name(printable('a B ')))).toBe(true);
    expect(sameName(name(derUtf8('a')), name(derUtf8('a'), '2.5.4.10'))).toBe(false);
    expect(sameName(name(derUtf8('a')), name(derUtf8('b')))).toBe(false);
    expect(sameName(new Uint8Array(0), Uint8Array.of(1))).toBe(false);
  });
});

describe('RSA keys written wrongly', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const good = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
  const info = readDerNode(good);
  const bits = info === null ? undefined : derChildren(info)[1];
  const inner = bits === undefined ? null : readDerNode(bits.bytes, bits.contentStart + 1, bits.contentEnd);
  const [modulus] = inner === null ? [] : derChildren(inner);
  if (modulus === undefined) throw new Error('the key has a modulus');
  const algorithm = derSequence(derOid('1.2.840.113549.1.1.1'), derNull());
  // The zero that keeps the number positive is left out.
  const negative = derSequence(
    algorithm,
    derBits(derSequence(der(2, derContent(modulus).subarray(1)), derInteger(65_537))),
  );

  it('are one key with the same numbers, and verify', () => {
    expect([sameKey(good, negative), sameKey(good, algorithm), repairedKey(good)]).toEqual([true, false, null]);
    expect(repairedKey(negative)).toEqual(good);
    const data = Uint8Array.of(1, 2, 3);
    const signature = new Uint8Array(sign('sha256', data, privateKey));
    const method = { algorithm: 'rsa-pkcs1', hash: 'sha256' } as const;
    expect(verifyWithMethod(host, method, { publicKey: negative, data, signature })).toBe(true);
    expect(verifyWithMethod(host, method, { publicKey: algorithm, data, signature })).toBeNull();
  });
});
