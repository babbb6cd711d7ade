import { readFileSync } from 'node:fs';
import { createNodeHost } from '@vedette/bytes/node';
import { describe, expect, it } from 'vitest';
import { type ApkSpec, apkEntries } from '../builders/apk-builder.ts';
import { readZip } from '../zip/read-zip.ts';
import { buildZip, type ZipOptions } from '../zip/zip-builder.ts';
import { buildSigningBlock } from './apk-signature-builder.ts';
import { APK_SIGNATURE_TRICKS } from './apk-signature-tricks.ts';
import { jarSignatureFiles } from './jar-signature-builder.ts';
import { isDebugCertificate, publicTestKey } from './known-keys.ts';
import type { ApkSignatureReport, VerifyOptions } from './signature-report.ts';
import { type SigningPlan, signApk } from './signed-apk-builder.ts';
import type { SigningBlockPair } from './signing-block.ts';
import { testKey } from './testing/test-key.ts';
import { verifyApkSignatures } from './verify-apk-signatures.ts';

const host = createNodeHost();
const key = testKey('one');
const v1 = { signers: [{ key }] };
const spec: ApkSpec = { manifest: { package: 'a.b' }, entries: { 'assets/note.txt': 'a note' } };

function read(
  bytes: Uint8Array,
  options: VerifyOptions = { minSdk: 21 },
): { report: ApkSignatureReport; ids: string[] } {
  const zip = readZip(bytes, host).value;
  if (zip === null) throw new Error('no archive was built');
  const { value, diagnostics } = verifyApkSignatures(bytes, zip, host, options);
  return { report: value, ids: diagnostics.map(({ id }) => id) };
}

function signed(
  plan: SigningPlan,
  zip: ZipOptions = {},
  options: VerifyOptions = { minSdk: 21 },
): ReturnType<typeof read> {
  return read(signApk({ ...spec, zip }, plan, host), options);
}

/** A file with a JAR signature that holds and a made-up signing block. */
function withBlock(block: Uint8Array, zip: ZipOptions = {}): ReturnType<typeof read> {
  const entries = apkEntries(spec);
  return read(buildZip([...entries, ...jarSignatureFiles(entries, v1, host)], { ...zip, beforeDirectory: block }));
}

const pair = (id: number, size: number): SigningBlockPair => ({ id, value: new Uint8Array(size) });

describe('tricks with signatures', () => {
  it('trick 8: two entries of one name are refused by the JAR signature', () => {
    const entries = apkEntries(spec);
    const twice = [
      ...entries,
      ...jarSignatureFiles(entries, v1, host),
      { name: 'assets/note.txt', data: new Uint8Array(9) },
    ];
    const { report, ids } = read(buildZip(twice));
    expect(ids).toContain('apk-signature.jar-sig-duplicate-zip-entry');
    expect([report.verified, report.signers[0]?.certificate?.subject]).toEqual([false, 'CN=one']);
  });

  it('trick 17: bytes before the first entry are not covered by a JAR signature, and are by v2', () => {
    const prefix = { prefix: new Uint8Array(300).fill(1) };
    const old = signed({ v1 }, prefix);
    expect([old.report.verified, old.ids.includes('apk-signature.v1.prefix')]).toEqual([true, true]);
    expect(signed({ v1, v2: [{ key }] }, prefix, { minSdk: 24 }).ids).not.toContain('apk-signature.v1.prefix');
  });

  it('trick 18: a DEX file before an archive that only a JAR signature protects is Janus', () => {
    const prefix = { prefix: new TextEncoder().encode('dex\n035\0 and so on') };
    const janus = signed({ v1 }, prefix);
    expect([janus.report.verified, janus.ids.includes('apk-signature.v1.janus')]).toEqual([true, true]);
    expect(signed({ v1, v2: [{ key }] }, prefix, { minSdk: 21 }).ids).toContain('apk-signature.v1.janus');
    expect(signed({ v1, v2: [{ key }] }, prefix, { minSdk: 24 }).ids).not.toContain('apk-signature.v1.janus');
  });

  it('trick 25: pairs that are odd are named, and the signature beside them verifies', () => {
    const odd: readonly (readonly [string, SigningBlockPair])[] = [
      ['apk-signature.block.unknown-id', pair(0x12345678, 30)],
      ['apk-signature.block.channel', { id: 0x71777777, value: new TextEncoder().encode('{"channel":"x"}') }],
      ['apk-signature.block.padding', { id: 0x42726577, value: Uint8Array.of(0, 0, 7) }],
      ['apk-signature.block.empty-pair', pair(0x504b4453, 0)],
    ];
    for (const [id, blockPair] of odd) {
      const { report, ids } = signed({ v2: [{ key }], blockPairs: [blockPair] }, {}, { minSdk: 24 });
      expect([report.verified, ids.filter((found) => found === id)], id).toEqual([true, [id]]);
    }
    const twice = signed({ v2: [{ key }], blockPairs: [pair(0x7109871a, 12)] }, {}, { minSdk: 24 });
    expect([twice.report.verified, twice.ids]).toEqual([true, ['apk-signature.block.duplicate']]);
    const quiet = signed({ v2: [{ key }], blockPairs: [pair(0x42726577, 300)] }, {}, { minSdk: 24 });
    expect([quiet.report.verified, quiet.ids]).toEqual([true, []]);
  });

  it('trick 25: a block that the platform does not accept leaves the word to the JAR signature', () => {
    const block = buildSigningBlock([pair(0x7109871a, 12)]);
    const answer = ({ report, ids }: ReturnType<typeof read>): unknown[] => [report.verified, report.schemes, ids[0]];
    const size = block.slice();
    size[0] = (size[0] ?? 0) ^ 1;
    expect(answer(withBlock(size))).toEqual([true, ['v1'], 'apk-signature.block.size']);
    const magic = block.slice();
    magic[magic.length - 1] = 0x33;
    expect(answer(withBlock(magic))).toEqual([true, ['v1'], 'apk-signature.block.magic']);
    const behind = { afterDirectory: Uint8Array.of(1, 2, 3) };
    expect(answer(withBlock(block, behind))).toEqual([true, ['v1'], 'apk-signature.block.ignored']);
    expect(answer(withBlock(block, { trailing: Uint8Array.of(1) }))).toEqual([
      true,
      ['v1'],
      'apk-signature.block.ignored',
    ]);
    const lead = block.slice();
    lead[15] = 0x7f;
    expect(answer(withBlock(lead))).toEqual([true, ['v1'], 'apk-signature.block.pair']);
    const [verified, , id] = answer(withBlock(block));
    expect([verified, id]).toEqual([false, 'apk-signature.signers']);
  });

  it('trick 25: a block without a signature, and one of thousands of pairs', () => {
    const channel = buildSigningBlock([pair(0x504b4453, 12)]);
    const { report, ids } = withBlock(channel);
    expect([report.verified, ids]).toEqual([true, ['apk-signature.block.no-signature']]);
    const many = withBlock(buildSigningBlock(Array.from({ length: 5_000 }, (_, index) => pair(index, 1))));
    expect([many.report.verified, many.ids.includes('apk-signature.block.pairs')]).toEqual([true, true]);
  });

  it('trick 26: a payload in the signing block or in META-INF, which no signature covers', () => {
    const block = signed({ v2: [{ key }], blockPairs: [pair(0x504b4453, 100_000)] }, {}, { minSdk: 24 });
    expect([block.report.verified, block.ids]).toEqual([true, ['apk-signature.block.payload']]);
    const entries = { 'META-INF/classes.dex': 'dex' };
    const meta = read(signApk({ ...spec, entries }, { v1 }, host));
    expect([meta.report.verified, meta.ids]).toEqual([true, ['apk-signature.jar-sig-unprotected-zip-entry']]);
  });

  it('has a test for each id', () => {
    const tests = readFileSync(new URL(import.meta.url), 'utf8');
    const missing = APK_SIGNATURE_TRICKS.filter(({ id }) => !tests.includes(`'${id}'`));
    expect(missing).toEqual([]);
  });
});

describe('what no verifier judges', () => {
  it('names keys that everybody has, that are for debugging, or too short', () => {
    const debug = testKey('Android Debug', 'rsa', 1_024);
    const { ids } = signed({ v2: [{ key: debug }] }, {}, { minSdk: 24 });
    expect(ids).toEqual(['apk-signature.key.debug', 'apk-signature.key.weak']);
    const sha1 = signed({ v1: { signers: [{ key: debug, hash: 'sha1' }] } });
    expect(sha1.ids).toContain('apk-signature.digest.weak');
    const testkey = 'a40da80a59d170caa950cf15c18c454d47a39b26989d8b640ecd745ba71bf5dc';
    expect([publicTestKey({ sha256: testkey }), publicTestKey({ sha256: '' })]).toEqual(['testkey', null]);
    expect(['CN=Android Debugging', 'O=x,CN=Android Debug'].map((subject) => isDebugCertificate({ subject }))).toEqual([
      false,
      true,
    ]);
  });

  it('tells when schemes name different signers, unless a key handed over to the other', () => {
    const other = testKey('other');
    const confused = signed({ v1, v2: [{ key: other }] }, {}, { minSdk: 24 });
    expect([confused.report.verified, confused.ids]).toEqual([true, ['apk-signature.signers-differ']]);
    const rotated = signed({ v2: [{ key }], v3: [{ key: other, formerKeys: [key] }] }, {}, { minSdk: 24 });
    expect([rotated.report.verified, rotated.ids]).toEqual([true, []]);
  });
});
