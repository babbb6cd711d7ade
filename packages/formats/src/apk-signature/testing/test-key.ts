import { generateKeyPairSync, sign } from 'node:crypto';
import { buildCertificate } from '../../x509/certificate-builder.ts';
import type { SigningKey } from '../signing-key.ts';

/** A key made for a test, with a certificate that it signed itself. Tests only: Node's cryptography is used. */
export function testKey(name: string, kind: 'rsa' | 'ec' = 'ec', bits = 2_048): SigningKey {
  const { publicKey, privateKey } =
    kind === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: bits })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
  const certificate = buildCertificate({ subject: { CN: name }, publicKey: spki });
  return {
    kind,
    certificate,
    publicKey: spki,
    sign: (data, hash) => new Uint8Array(sign(hash, data, privateKey)),
  };
}
