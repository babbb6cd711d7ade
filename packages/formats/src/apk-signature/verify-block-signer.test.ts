import { generateKeyPairSync, sign } from 'node:crypto';
import { createNodeHost } from '@vedette/bytes/node';
import { describe, expect, it } from 'vitest';
import { buildSignedApk } from '../builders/apk-builder.ts';
import { buildCertificate } from '../x509/certificate-builder.ts';
import { readZip } from '../zip/read-zip.ts';
import { type ApkSigner, readApkSignatures } from './read-apk-signatures.ts';

const host = createNodeHost();

interface TestKey {
  readonly publicKey: Uint8Array;
  readonly certificate: Uint8Array;
  sign(data: Uint8Array, hash?: string): Uint8Array;
}

function testKey(kind: 'rsa' | 'ec'): TestKey {
  const { publicKey, privateKey } =
    kind === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2_048 })
      : generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
  return {
    publicKey: spki,
    certificate: buildCertificate({ publicKey: spki }),
    sign: (data, hash = 'sha256') => new Uint8Array(sign(hash, data, privateKey)),
  };
}

const rsa = testKey('rsa');
const ec = testKey('ec');
const spec = {
  manifest: { package: 'a.b' },
  entries: { 'assets/large.bin': new Uint8Array(2_500_000).fill(7), 'assets/note.txt': 'a note' },
};

function read(bytes: Uint8Array, withHost = host): { signers: readonly ApkSigner[]; ids: string[] } {
  const zip = readZip(bytes, withHost).value;
  if (zip === null) throw new Error('no archive was found');
  const { value, diagnostics } = readApkSignatures(bytes, zip, withHost);
  return { signers: value.signers, ids: diagnostics.map(({ id }) => id) };
}

function verdicts(bytes: Uint8Array): string[] {
  const { signers, ids } = read(bytes);
  return [...signers.map(({ scheme, verified }) => `${scheme} ${verified}`), ...ids];
}

const signed = buildSignedApk(spec, 'v2', rsa, host);

describe('verification of v2 and v3 signatures', () => {
  it('verifies what was signed: RSA and EC, v2 and v3, SHA-256 and SHA-512', () => {
    expect(verdicts(signed)).toEqual(['v2 verified']);
    expect(verdicts(buildSignedApk(spec, 'v3', { ...ec, algorithm: 0x0201 }, host))).toEqual(['v3 verified']);
    const withSha512 = { ...ec, algorithm: 0x0202, sign: (data: Uint8Array) => ec.sign(data, 'sha512') };
    expect(verdicts(buildSignedApk(spec, 'v3.1', withSha512, host))).toEqual(['v3.1 verified']);
  });

  it('fails when any byte outside of the block was changed', () => {
    const zip = readZip(signed, host).value;
    const directory = zip?.directoryOffset ?? 0;
    for (const offset of [500, 1_500_000, directory + 12, signed.length - 1]) {
      const changed = signed.slice();
      changed[offset] = (changed[offset] ?? 0) ^ 1;
      if (offset === signed.length - 1) expect(verdicts(changed).filter((line) => line === 'v2 verified')).toEqual([]);
      else expect(verdicts(changed), `offset ${offset}`).toEqual(['v2 failed', 'apk-signature.verify.digest']);
    }
  });

  it('fails when the signature is of another key, or of other data', () => {
    expect(verdicts(buildSignedApk(spec, 'v2', { ...rsa, sign: testKey('rsa').sign }, host))).toEqual([
      'v2 failed',
      'apk-signature.verify.signature',
    ]);
    expect(verdicts(buildSignedApk(spec, 'v2', { ...rsa, sign: () => rsa.sign(new Uint8Array(3)) }, host))).toEqual([
      'v2 failed',
      'apk-signature.verify.signature',
    ]);
  });

  it('fails when the certificate is of another key than the one that signed', () => {
    expect(verdicts(buildSignedApk(spec, 'v2', { ...rsa, certificate: ec.certificate }, host))).toEqual([
      'v2 failed',
      'apk-signature.verify.public-key',
    ]);
  });

  it('fails without any algorithm that a platform knows', () => {
    expect(verdicts(buildSignedApk(spec, 'v2', { ...rsa, algorithm: 0x7777 }, host))).toEqual([
      'v2 failed',
      'apk-signature.verify.algorithm',
    ]);
  });

  it('says not-checked on a host that cannot verify', () => {
    const { inflateRaw, sha256, now } = host;
    const { signers, ids } = read(signed, { inflateRaw, sha256, now });
    expect([signers[0]?.verified, ids]).toEqual(['not-checked', ['apk-signature.verify.host']]);
  });
});
