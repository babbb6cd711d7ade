import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import {
  buildCertificate,
  type CertificateSpec,
  der,
  derBits,
  derInteger,
  derSequence,
} from '@vedette/formats/builders';

/** Somebody who can sign certificates and statements: a fresh key that exists in this process alone. */
export interface TestParty {
  readonly privateKey: KeyObject;
  /** SubjectPublicKeyInfo as DER. */
  readonly publicKey: Uint8Array;
  readonly signatureAlgorithm: string;
  sign(data: Uint8Array): Uint8Array;
}

export type TestKeyKind = 'p256' | 'p384' | 'rsa2048' | 'rsa1024' | 'rsa4096';

/** The party of a key that was kept, on P-256 or P-384. @param pem PKCS #8 */
export function partyOfKey(pem: string): TestParty {
  const privateKey = createPrivateKey(pem);
  const digest = privateKey.asymmetricKeyDetails?.namedCurve === 'secp384r1' ? 'sha384' : 'sha256';
  return {
    privateKey,
    publicKey: new Uint8Array(createPublicKey(privateKey).export({ format: 'der', type: 'spki' })),
    signatureAlgorithm: `${digest.toUpperCase()}withECDSA`,
    sign: (data) => new Uint8Array(sign(digest, data, privateKey)),
  };
}

/** Makes a party; `hash` is what it signs certificates and data with (default: SHA-384 on P-384, SHA-256 otherwise). */
export function makeParty(kind: TestKeyKind = 'p256', hash?: 'sha1' | 'sha256' | 'sha384'): TestParty {
  const ec = kind === 'p256' || kind === 'p384';
  const pair = ec
    ? generateKeyPairSync('ec', { namedCurve: kind === 'p256' ? 'P-256' : 'P-384' })
    : generateKeyPairSync('rsa', { modulusLength: Number(kind.slice(3)) });
  const digest = hash ?? (kind === 'p384' ? 'sha384' : 'sha256');
  return {
    privateKey: pair.privateKey,
    publicKey: new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' })),
    signatureAlgorithm: `${digest.toUpperCase()}with${ec ? 'ECDSA' : 'RSA'}`,
    sign: (data) => new Uint8Array(sign(digest, data, pair.privateKey)),
  };
}

/** `basicConstraints` of an authority (RFC 5280, 4.2.1.9). */
export function authorityExtension(pathLength?: number): CertificateSpec['extensions'] {
  const length = pathLength === undefined ? [] : [derInteger(pathLength)];
  return {
    '2.5.29.19': { critical: true, value: derSequence(der(1, Uint8Array.of(0xff)), ...length) },
    // keyCertSign and cRLSign: bits 5 and 6.
    '2.5.29.15': { critical: true, value: derBits(Uint8Array.of(0x06)) },
  };
}

/** A certificate for `subject`'s key, signed by `issuer`; everything else as `spec` says. */
export function issueCertificate(
  subject: Pick<TestParty, 'publicKey'>,
  issuer: TestParty,
  spec: Omit<CertificateSpec, 'publicKey'>,
): Uint8Array {
  return buildCertificate({
    signatureAlgorithm: issuer.signatureAlgorithm,
    sign: (signed) => issuer.sign(signed),
    ...spec,
    publicKey: subject.publicKey,
  });
}
