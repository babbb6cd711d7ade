import { constants, createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createNodeHost } from '@vedette/bytes/node';
import { describe, expect, it } from 'vitest';
import { derContext, derInteger, derNull, derOctets, derOid, derSequence, derSet, derTime } from '../der/der-writer.ts';
import { buildCertificate } from '../x509/certificate-builder.ts';
import { readCertificate } from '../x509/read-certificate.ts';
import { certificateChain, verifyCertificateSignature } from '../x509/verify-certificate-signature.ts';
import { readSignedData, type SignedData } from './read-signed-data.ts';
import { buildSignedData, SHA256_OID, type SignerInfoSpec, standardAttributes } from './signed-data-builder.ts';
import { verifySignedData } from './verify-signed-data.ts';

const host = createNodeHost();
const content = new TextEncoder().encode('what is signed');
const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());

interface Key {
  readonly certificate: Uint8Array;
  readonly privateKey: KeyObject;
}

function keyOf(
  pair: { publicKey: KeyObject; privateKey: KeyObject },
  subjectKeyId?: Uint8Array,
  serialNumber = 1,
): Key {
  const publicKey = new Uint8Array(pair.publicKey.export({ type: 'spki', format: 'der' }));
  const spec = { publicKey, serialNumber, ...(subjectKeyId === undefined ? {} : { subjectKeyId }) };
  return { certificate: buildCertificate(spec), privateKey: pair.privateKey };
}

const rsa = keyOf(generateKeyPairSync('rsa', { modulusLength: 2_048 }), Uint8Array.of(1, 2, 3));
const ec = keyOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }), undefined, 2);
const signWith =
  (key: Key, hash = 'sha256') =>
  (data: Uint8Array): Uint8Array =>
    new Uint8Array(sign(hash, data, key.privateKey));

function block(
  key: Key,
  signer: Omit<SignerInfoSpec, 'certificate'>,
  more: { content?: Uint8Array; certificates?: readonly Uint8Array[] } = {},
): SignedData {
  const spec = { certificates: [key.certificate], ...more, signers: [{ certificate: key.certificate, ...signer }] };
  const { value } = readSignedData(buildSignedData(spec), host);
  if (value === null) throw new Error('the block cannot be read');
  return value;
}

function answer(signedData: SignedData, detached: Uint8Array | null = content): string[] {
  return verifySignedData(signedData, detached, host).map(({ verified, fault }) => fault ?? verified);
}

describe('verifySignedData', () => {
  it('verifies a detached signature over the content: RSA, and ECDSA named by key or by hash', () => {
    expect(answer(block(rsa, { signature: signWith(rsa)(content) }))).toEqual(['verified']);
    for (const signatureAlgorithm of ['1.2.840.10045.2.1', '1.2.840.10045.4.3.2']) {
      expect(answer(block(ec, { signatureAlgorithm, signature: signWith(ec)(content) }))).toEqual(['verified']);
    }
    expect(answer(block(rsa, { signature: signWith(rsa)(content) }), content.subarray(1))).toEqual(['signature']);
  });

  it('verifies signed attributes, and the content by the digest in them', () => {
    const attributes = [
      ...standardAttributes(sha256(content)),
      ['1.2.840.113549.1.9.5', derTime('2026-01-31T12:00:00Z')] as const,
    ];
    const signedData = block(rsa, { attributes, signature: signWith(rsa) });
    expect(verifySignedData(signedData, content, host)).toMatchObject([
      { verified: 'verified', fault: null, hash: 'sha256', signingTime: '2026-01-31T12:00:00Z' },
    ]);
    expect(answer(signedData, content.subarray(1))).toEqual(['message-digest']);
  });

  it('takes attributes that stand in another order than they were signed in, as RFC 5652 has it', () => {
    const [type, digest] = standardAttributes(sha256(content));
    if (type === undefined || digest === undefined) throw new Error('there are two attributes');
    const encoded = [type, digest].map(([oid, ...values]) => derSequence(derOid(oid), derSet(...values)));
    const signature = signWith(rsa)(derSet(...encoded));
    expect(answer(block(rsa, { attributes: [digest, type], signature }))).toEqual(['verified']);
  });

  it('refuses attributes that are missing, double, or signed by another', () => {
    const [type, digest] = standardAttributes(sha256(content));
    if (type === undefined || digest === undefined) throw new Error('there are two attributes');
    const faults = [[digest], [type], [type, digest, digest]].map((attributes) =>
      answer(block(rsa, { attributes, signature: signWith(rsa) })),
    );
    expect(faults).toEqual([['content-type'], ['message-digest'], ['message-digest']]);
    const twoValues = [
      type,
      ['1.2.840.113549.1.9.4', derOctets(sha256(content)), derOctets(new Uint8Array(32))] as const,
    ];
    expect(answer(block(rsa, { attributes: twoValues, signature: signWith(rsa) }))).toEqual(['message-digest']);
    expect(answer(block(rsa, { attributes: [type, digest], signature: signWith(rsa, 'sha512') }))).toEqual([
      'signature',
    ]);
  });

  it('takes attached content, whole or in parts as BER allows', () => {
    const signedData = block(rsa, { signature: signWith(rsa)(content) }, { content });
    expect([signedData.content, ...answer(signedData, null)]).toEqual([content, 'verified']);
    expect(answer(block(rsa, { signature: signWith(rsa)(content) }), null)).toEqual(['no-content']);
    const bytes = buildSignedData({ certificates: [], content, signers: [] });
    const whole = derOctets(content);
    // Indefinite lengths all the way down to the content.
    const parts = [0x24, 0x80, ...derOctets(content.subarray(0, 5)), ...derOctets(content.subarray(5)), 0, 0];
    expect(bytes.length).toBeGreaterThan(whole.length);
    const ber = [
      [0x30, 0x80, ...derOid('1.2.840.113549.1.7.2'), 0xa0, 0x80, 0x30, 0x80, ...derInteger(1), 0x31, 0],
      [0x30, 0x80, ...derOid('1.2.840.113549.1.7.1'), 0xa0, 0x80, ...parts, 0, 0, 0, 0, 0x31, 0, 0, 0, 0, 0, 0, 0],
    ].flat();
    expect(readSignedData(Uint8Array.from(ber), host).value?.content).toEqual(content);
  });

  it('finds the certificate by subject key identifier among several', () => {
    const keyId = Uint8Array.of(1, 2, 3);
    const certificates = [ec.certificate, rsa.certificate];
    const signedData = block(rsa, { keyId, signature: signWith(rsa)(content) }, { certificates });
    expect(answer(signedData)).toEqual(['verified']);
    expect(answer(block(rsa, { keyId: Uint8Array.of(9) }, { certificates }))).toEqual(['no-certificate']);
    expect(answer(block(rsa, {}, { certificates: [ec.certificate] }))).toEqual(['no-certificate']);
  });

  it('verifies RSASSA-PSS with the parameters that stand beside it', () => {
    const hash = derSequence(derOid(SHA256_OID), derNull());
    const mask = derSequence(derOid('1.2.840.113549.1.1.8'), hash);
    const parameters = (saltLength: number): Uint8Array =>
      derSequence(derContext(0, hash), derContext(1, mask), derContext(2, derInteger(saltLength)));
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    const signature = new Uint8Array(sign('sha256', content, { key: rsa.privateKey, padding, saltLength: 20 }));
    const pss = (signatureParameters: Uint8Array): string[] =>
      answer(block(rsa, { signatureAlgorithm: '1.2.840.113549.1.1.10', signatureParameters, signature }));
    expect([pss(parameters(20)), pss(parameters(32)), pss(derSequence())]).toEqual([
      ['verified'],
      ['signature'],
      ['signature'],
    ]);
  });

  it('does not judge what it does not know, or what the host cannot do', () => {
    expect(answer(block(rsa, { signatureAlgorithm: '1.3.101.112' }))).toEqual(['algorithm']);
    expect(answer(block(rsa, { digestAlgorithm: '1.2.3' }))).toEqual(['algorithm']);
    expect(answer(block(rsa, { signatureAlgorithm: '1.2.840.10045.4.3.2' }))).toEqual(['key']);
    const { inflateRaw, sha256: digest, now } = host;
    const weak = verifySignedData(block(rsa, {}), content, { inflateRaw, sha256: digest, now });
    expect(weak).toMatchObject([{ verified: 'not-checked', fault: 'host' }]);
  });
});

describe('verifyCertificateSignature', () => {
  const spki = (pair: { publicKey: KeyObject }): Uint8Array =>
    new Uint8Array(pair.publicKey.export({ type: 'spki', format: 'der' }));
  const authority = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const leafPair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signer = (tbs: Uint8Array): Uint8Array => new Uint8Array(sign('sha256', tbs, authority.privateKey));
  const read = (bytes: Uint8Array): NonNullable<ReturnType<typeof readCertificate>['value']> => {
    const { value } = readCertificate(bytes, host);
    if (value === null) throw new Error('the certificate cannot be read');
    return value;
  };
  const root = read(buildCertificate({ subject: { CN: 'Root' }, publicKey: spki(authority), sign: signer }));
  const leafSpec = { subject: { CN: 'Leaf' }, issuer: { CN: 'Root' }, publicKey: spki(leafPair) };
  const leaf = read(buildCertificate({ ...leafSpec, sign: signer }));

  it('tells who signed whom, and builds the chain', () => {
    expect(verifyCertificateSignature(leaf, root, host)).toBe(true);
    expect(verifyCertificateSignature(root, root, host)).toBe(true);
    expect(verifyCertificateSignature(root, leaf, host)).toBe(false);
    expect(verifyCertificateSignature(read(buildCertificate(leafSpec)), root, host)).toBe(false);
    expect(certificateChain(leaf, [leaf, root], host).map(({ subject }) => subject)).toEqual(['CN=Leaf', 'CN=Root']);
    expect(certificateChain(leaf, [], host)).toEqual([leaf]);
  });
});
