import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { createNodeHost } from '@vedette/bytes/node';
import { describe, expect, it } from 'vitest';
import { mutate } from '../builders/mutate.ts';
import { buildCertificate, dummyEcKey } from './certificate-builder.ts';
import { readCertificate } from './read-certificate.ts';

const host = createNodeHost();

describe('readCertificate', () => {
  it('reads what the builder wrote, and OpenSSL reads the same', () => {
    const der = buildCertificate({
      subject: { C: 'DE', O: 'Example, Inc.', CN: 'Test "key"' },
      serialNumber: 0x8000_0001,
      notBefore: '2020-01-31T12:00:00Z',
      notAfter: '2055-01-31T12:00:00Z',
      keyBits: 1_024,
    });
    const { value, diagnostics } = readCertificate(der, host);
    expect(diagnostics).toEqual([]);
    expect(value).toMatchObject({
      sha256: createHash('sha256').update(der).digest('hex'),
      subject: 'CN=Test \\"key\\",O=Example\\, Inc.,C=DE',
      issuer: 'CN=Test \\"key\\",O=Example\\, Inc.,C=DE',
      notBefore: '2020-01-31T12:00:00Z',
      notAfter: '2055-01-31T12:00:00Z',
      keyAlgorithm: 'RSA',
      keyBits: 1_024,
      signatureAlgorithm: 'SHA256withRSA',
    });
    const openssl = new X509Certificate(der);
    expect(openssl.serialNumber).toBe('80000001');
    expect(new Date(openssl.validTo).toISOString()).toBe('2055-01-31T12:00:00.000Z');
    expect(openssl.subject.split('\n')).toContain('O=Example\\, Inc.');
  });

  it('reads real keys of every kind', () => {
    const ec = generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).publicKey.export({ type: 'spki', format: 'der' });
    const ed = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' });
    const facts = [ec, ed, dummyEcKey()].map((publicKey) => {
      const { value } = readCertificate(buildCertificate({ publicKey }), host);
      return [value?.keyAlgorithm, value?.keyBits];
    });
    expect(facts).toEqual([
      ['EC', 384],
      ['Ed25519', 256],
      ['EC', 256],
    ]);
  });

  it('reads a certificate behind which other bytes stand, and hashes only the certificate', () => {
    const der = buildCertificate();
    const padded = new Uint8Array(der.length + 9);
    padded.set(der);
    expect(readCertificate(padded, host).value?.sha256).toBe(readCertificate(der, host).value?.sha256);
  });

  it('shows unknown name types as RFC 4514 demands, and an unreadable date as null', () => {
    const der = buildCertificate({ subject: { '1.2.3.4': 'x', CN: ' a' }, notAfter: '2024-13-01T00:00:00Z' });
    const { value, diagnostics } = readCertificate(der, host);
    expect([value?.subject, value?.notAfter]).toEqual(['CN=\\ a,1.2.3.4=#0c0178', null]);
    expect(diagnostics.map(({ id }) => id)).toEqual(['x509.validity']);
  });

  it('is null for what is no certificate', () => {
    for (const bytes of [new Uint8Array(0), Uint8Array.of(0x30, 0x80), new TextEncoder().encode('-----BEGIN')]) {
      expect(readCertificate(bytes, host)).toMatchObject({ value: null, diagnostics: [{ id: 'x509.malformed' }] });
    }
  });

  it('never throws on damaged certificates, nor on indefinite lengths within each other', () => {
    const der = buildCertificate();
    for (let seed = 0; seed < 400; seed++)
      expect(readCertificate(mutate(der, seed), host).diagnostics).toBeInstanceOf(Array);
    const nested = new Uint8Array(200_000).map((_, index) => (index % 2 === 0 ? 0x30 : 0x80));
    expect(readCertificate(nested, host).value?.subject ?? '').toBe('');
  });
});
