import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { SigningKey } from '@vedette/formats/builders';
import { buildCertificate } from '@vedette/formats/builders';

let made: SigningKey | undefined;

/** A key that signs look-alikes, as honest apps are signed: made anew in each process, so that it belongs to nobody and proves nothing elsewhere. */
export function lookAlikeKey(): SigningKey {
  if (made !== undefined) return made;
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
  const signBytes: SigningKey['sign'] = (data, hash) => new Uint8Array(sign(hash, data, privateKey));
  const certificate = buildCertificate({
    subject: { CN: 'Example Ltd', O: 'Example Ltd' },
    publicKey: spki,
    signatureAlgorithm: 'SHA256withECDSA',
    serialNumber: createHash('sha256').update(spki).digest().readUInt32BE(0),
    sign: (tbs) => signBytes(tbs, 'sha256'),
  });
  made = { kind: 'ec', certificate, publicKey: spki, sign: signBytes };
  return made;
}
