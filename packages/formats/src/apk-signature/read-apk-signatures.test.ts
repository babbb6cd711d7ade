import { createNodeHost } from '@vedette/bytes/node';
import { describe, expect, it } from 'vitest';
import { type ApkSpec, buildApk } from '../builders/apk-builder.ts';
import { mutate } from '../builders/mutate.ts';
import { buildCertificate } from '../x509/certificate-builder.ts';
import { readZip } from '../zip/read-zip.ts';
import { buildSignatureBlock, buildSigningBlock, signerBlock } from './apk-signature-builder.ts';
import { type ApkSignatures, readApkSignatures } from './read-apk-signatures.ts';

const host = createNodeHost();
const certificate = buildCertificate({ subject: { CN: 'Android Debug' } });
const other = buildCertificate({ subject: { CN: 'Other' }, serialNumber: 2 });

function read(spec: ApkSpec): { value: ApkSignatures; ids: string[] } {
  const bytes = buildApk(spec);
  const zip = readZip(bytes, host).value;
  if (zip === null) throw new Error('no archive was built');
  const { value, diagnostics } = readApkSignatures(bytes, zip, host);
  return { value, ids: diagnostics.map(({ id }) => id) };
}

describe('readApkSignatures', () => {
  it('finds the signer of every scheme, newest first', () => {
    const { value, ids } = read({
      signers: [
        { scheme: 'v1', certificate },
        { scheme: 'v2', certificate },
        { scheme: 'v3', certificate: other },
        { scheme: 'v3.1', certificate: other },
      ],
    });
    expect(new Set(ids)).toEqual(new Set(['apk-signature.verify.key']));
    expect(value.signers.map(({ verified }) => verified)).toEqual(Array.from({ length: 4 }, () => 'not-checked'));
    expect(value.schemes).toEqual(['v3.1', 'v3', 'v2', 'v1']);
    expect(value.signers.map(({ scheme, certificate: { subject } }) => `${scheme} ${subject}`)).toEqual([
      'v3.1 CN=Other',
      'v3 CN=Other',
      'v2 CN=Android Debug',
      'v1 CN=Android Debug',
    ]);
    expect(value.signers.map(({ sdkRange }) => sdkRange?.min ?? null)).toEqual([28, 28, null, null]);
  });

  it('says that a file carries no signature', () => {
    const { value, ids } = read({});
    expect([value, ids]).toEqual([{ signers: [], schemes: [] }, ['apk-signature.none']]);
  });

  it('reports unknown pairs, where data can hide from the signature (tricks 25, 26)', () => {
    const pairs = [
      { id: 0x12345678, value: new Uint8Array(30) },
      { id: 0x42726577, value: new Uint8Array(30) },
    ];
    expect(read({ signers: [{ scheme: 'v2', certificate }], blockPairs: pairs }).ids).toContain(
      'apk-signature.block.unknown-id',
    );
  });

  it('names a scheme whose signer cannot be read, without a signer', () => {
    const { value, ids } = read({ blockPairs: [{ id: 0x7109871a, value: new Uint8Array(3) }] });
    expect([value.schemes, value.signers, ids]).toEqual([['v2'], [], ['apk-signature.signers']]);
  });

  it('refuses sizes that do not fit, and pairs that lead out of the block', () => {
    const block = buildSigningBlock([signerBlock('v2', [{ certificate }])]);
    const wrongFirst = block.slice();
    wrongFirst[0] = 1;
    expect(read({ zip: { beforeDirectory: wrongFirst } }).ids).toContain('apk-signature.block.size');
    const wrongPair = block.slice();
    wrongPair[15] = 0xff;
    const { value, ids } = read({ zip: { beforeDirectory: wrongPair } });
    expect([value.schemes, ids]).toEqual([[], ['apk-signature.block.pair', 'apk-signature.none']]);
  });

  it('reads no more than ten signers and says so', () => {
    const signers = Array.from({ length: 11 }, () => ({ scheme: 'v2' as const, certificate }));
    const { value, ids } = read({ signers });
    expect(value.signers.length).toBe(10);
    expect(ids).toContain('apk-signature.signers');
    expect(value.signers.every(({ verified }) => verified === 'failed')).toBe(true);
  });

  it('reports a signature block without its signature file, or that is none', () => {
    const block = buildSignatureBlock(certificate);
    const lonely = read({ entries: { 'META-INF/x.rsa': block } });
    expect([lonely.value.signers.length, lonely.ids]).toEqual([1, ['apk-signature.v1.no-sf']]);
    const none = read({ entries: { 'META-INF/X.RSA': 'text', 'META-INF/X.SF': '' } });
    expect([none.value.schemes, none.value.signers, none.ids]).toEqual([
      ['v1'],
      [],
      ['apk-signature.jar-sig-parse-exception'],
    ]);
  });

  it('sees that a newer signature was stripped, if the v1 signature announces it', () => {
    const entries = {
      'META-INF/X.RSA': buildSignatureBlock(certificate),
      'META-INF/X.SF': 'Signature-Version: 1.0\r\nX-Android-APK-Signed: 2, 3, 9\r\n',
    };
    expect(
      read({ entries, signers: [{ scheme: 'v3', certificate }] }).ids.filter((id) => id === 'apk-signature.stripped')
        .length,
    ).toBe(1);
    expect(read({ entries }).ids.filter((id) => id === 'apk-signature.stripped').length).toBe(2);
  });

  it('never throws on damaged blocks', () => {
    const bytes = buildApk({
      signers: [
        { scheme: 'v1', certificate },
        { scheme: 'v2', certificate },
        { scheme: 'v3', certificate },
      ],
    });
    for (let seed = 0; seed < 300; seed++) {
      const damaged = mutate(bytes, seed);
      const zip = readZip(damaged, host).value;
      if (zip !== null) expect(readApkSignatures(damaged, zip, host).value.signers).toBeInstanceOf(Array);
    }
  });
});
