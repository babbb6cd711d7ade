import { createNodeHost } from '@vedette/bytes/node';
import { describe, expect, it } from 'vitest';
import type { ApkSpec } from '../builders/apk-builder.ts';
import { readZip } from '../zip/read-zip.ts';
import { createContentDigests } from './content-digest.ts';
import { buildIdsig } from './idsig-builder.ts';
import { APK_ISSUE_CODES } from './issue-codes.ts';
import { prefixed, u32 } from './prefixed-writer.ts';
import type { ApkSignatureReport, VerifyOptions } from './signature-report.ts';
import { type SigningPlan, signApk } from './signed-apk-builder.ts';
import { stampedDigests } from './source-stamp.ts';
import { testKey } from './testing/test-key.ts';
import { verifyApkSignatures } from './verify-apk-signatures.ts';

const host = createNodeHost();
const rsa = testKey('rsa', 'rsa');
const [one, two, three] = [testKey('one'), testKey('two'), testKey('three')];
const spec: ApkSpec = {
  manifest: { package: 'a.b' },
  entries: { 'assets/large.bin': new Uint8Array(1_500_000).fill(7), 'assets/note.txt': 'a note' },
};

function verify(bytes: Uint8Array, options: VerifyOptions = {}): ApkSignatureReport {
  const zip = readZip(bytes, host).value;
  if (zip === null) throw new Error('no archive was built');
  return verifyApkSignatures(bytes, zip, host, options).value;
}

function answer(plan: SigningPlan, options: VerifyOptions = {}, change = (bytes: Uint8Array) => bytes): string[] {
  const { verified, schemes, issues } = verify(change(signApk(spec, plan, host)), options);
  const errors = issues.filter(({ level }) => level === 'error').map(({ code }) => code);
  return [verified ? 'verified' : 'not verified', schemes.join(), ...new Set(errors)];
}

function flip(offset: number): (bytes: Uint8Array) => Uint8Array {
  return (bytes) => bytes.map((byte, index) => (index === offset ? byte ^ 1 : byte));
}

describe('v1', () => {
  it('verifies RSA and ECDSA, with and without signed attributes, from the platform on that takes them', () => {
    expect(answer({ v1: { signers: [{ key: rsa, hash: 'sha1' }], digest: 'sha1' } })).toEqual(['verified', 'v1']);
    expect(answer({ v1: { signers: [{ key: one, signedAttributes: true }] } }, { minSdk: 19 })).toEqual([
      'verified',
      'v1',
    ]);
    expect(answer({ v1: { signers: [{ key: rsa }] } }, { minSdk: 17 })).toEqual([
      'not verified',
      '',
      'JAR_SIG_UNSUPPORTED_SIG_ALG',
    ]);
  });

  it('fails when an entry was changed, added or signed by some only', () => {
    const v1 = { signers: [{ key: rsa }] };
    const changed = answer({ v1 }, { minSdk: 21 }, flip(700_000));
    expect(changed).toEqual(['not verified', '', 'JAR_SIG_ZIP_ENTRY_DIGEST_DID_NOT_VERIFY']);
    const partly = { signers: [{ key: rsa }, { key: one, leavesOut: ['assets/note.txt'] }] };
    expect(answer({ v1: partly }, { minSdk: 21 })).toEqual(['not verified', '', 'JAR_SIG_ZIP_ENTRY_SIGNERS_MISMATCH']);
    const without = { signers: [{ key: rsa, leavesOut: ['assets/note.txt'] }] };
    expect(answer({ v1: without }, { minSdk: 21 })).toEqual(['not verified', '', 'JAR_SIG_ZIP_ENTRY_NOT_SIGNED']);
  });

  it('names entries of META-INF that nothing protects', () => {
    const entries = { ...spec.entries, 'META-INF/payload.bin': 'x' };
    const bytes = signApk({ ...spec, entries }, { v1: { signers: [{ key: rsa }] } }, host);
    const { verified, issues } = verify(bytes, { minSdk: 21 });
    expect([verified, ...issues.map(({ code, detail }) => `${code} ${detail}`)]).toEqual([
      true,
      'JAR_SIG_UNPROTECTED_ZIP_ENTRY META-INF/payload.bin can be changed without breaking the signature',
    ]);
  });

  it('does not count where a newer signature does, and is then not checked', () => {
    const plan: SigningPlan = { v1: { signers: [{ key: rsa }] }, v2: [{ key: rsa }] };
    expect(answer(plan, { minSdk: 21 })).toEqual(['verified', 'v2,v1']);
    const { signers, present, schemes } = verify(signApk(spec, plan, host), { minSdk: 24 });
    expect([present, schemes, signers.map(({ scheme, verified }) => `${scheme} ${verified}`)]).toEqual([
      ['v2', 'v1'],
      ['v2'],
      ['v2 verified', 'v1 not-checked'],
    ]);
  });

  it('tells that newer signatures were stripped', () => {
    const signers = [{ key: rsa, announces: '2, 3' }];
    expect(answer({ v1: { signers } }, { minSdk: 21 })).toEqual([
      'not verified',
      '',
      'JAR_SIG_MISSING_APK_SIG_REFERENCED',
    ]);
    expect(answer({ v1: { signers } }, { minSdk: 21, maxSdk: 23 })).toEqual(['verified', 'v1']);
  });
});

describe('v2, v3 and v3.1', () => {
  it('verifies every kind of digest', () => {
    for (const algorithm of [0x0103, 0x0104, 0x0421])
      expect(answer({ v3: [{ key: rsa, algorithm }] }, { minSdk: 28 }), String(algorithm)).toEqual(['verified', 'v3']);
    for (const algorithm of [0x0202, 0x0423])
      expect(answer({ v3: [{ key: one, algorithm }] }, { minSdk: 28 }), String(algorithm)).toEqual(['verified', 'v3']);
    expect(answer({ v3: [{ key: one, algorithm: 0x0423 }] }, { minSdk: 28 }, flip(700_000))).toEqual([
      'not verified',
      '',
      'V3_SIG_APK_DIGEST_DID_NOT_VERIFY',
    ]);
  });

  it('follows rotation: an older key for older platforms, and the proof that it handed over', () => {
    const plan: SigningPlan = {
      v1: { signers: [{ key: one }] },
      v2: [{ key: one }],
      v3: [{ key: one }],
      v31: [{ key: three, formerKeys: [one, two] }],
    };
    const report = verify(signApk(spec, plan, host), { minSdk: 21 });
    expect([report.verified, report.schemes, report.issues]).toEqual([true, ['v3.1', 'v3', 'v2', 'v1'], []]);
    expect(report.lineage?.nodes.map(({ certificate }) => certificate.subject)).toEqual([
      'CN=one',
      'CN=two',
      'CN=three',
    ]);
    expect(report.signers.map(({ scheme, minSdk, maxSdk }) => [scheme, minSdk, maxSdk])).toEqual([
      ['v3.1', 33, 0x7fff_ffff],
      ['v3', 28, 32],
      ['v2', undefined, undefined],
      ['v1', undefined, undefined],
    ]);
  });

  it('refuses a rotation without proof, with another beginning, or with a forged proof', () => {
    const old: SigningPlan = { v2: [{ key: one }] };
    const mismatch = ['not verified', 'v3,v2', 'V3_SIG_PAST_SIGNERS_MISMATCH'];
    expect(answer({ ...old, v3: [{ key: two }] }, { minSdk: 24 })).toEqual(mismatch);
    expect(answer({ ...old, v3: [{ key: two, formerKeys: [three] }] }, { minSdk: 24 })).toEqual(mismatch);
    const forger = { ...one, sign: two.sign };
    expect(answer({ v3: [{ key: two, formerKeys: [forger] }] }, { minSdk: 28 })).toEqual([
      'not verified',
      '',
      'V3_SIG_POR_DID_NOT_VERIFY',
    ]);
  });

  it('tells that v3 or v3.1 was stripped', () => {
    const attributes = [Uint8Array.of(0x0d, 0xf0, 0xef, 0xbe, 3, 0, 0, 0)];
    expect(answer({ v2: [{ key: one, attributes }] }, { minSdk: 24 })).toEqual([
      'not verified',
      '',
      'V2_SIG_MISSING_APK_SIG_REFERENCED',
    ]);
    const rotation = [Uint8Array.of(0x02, 0x8b, 0x9f, 0x55, 33, 0, 0, 0)];
    expect(answer({ v3: [{ key: one, attributes: rotation }] }, { minSdk: 28 })).toEqual([
      'not verified',
      '',
      'V31_BLOCK_MISSING',
    ]);
    expect(answer({ v31: [{ key: one }] }, { minSdk: 33 })).toContain('V31_BLOCK_FOUND_WITHOUT_V3_BLOCK');
  });

  it('refuses signers for platforms with gaps between them, or that miss some', () => {
    const gap = [
      { key: one, minSdk: 28, maxSdk: 29 },
      { key: one, minSdk: 31 },
    ];
    expect(answer({ v3: gap }, { minSdk: 28 })).toContain('V3_INCONSISTENT_SDK_VERSIONS');
    expect(answer({ v3: [{ key: one, minSdk: 30 }] }, { minSdk: 28 })).toContain('V3_MISSING_SDK_VERSIONS');
  });
});

describe('v4 and source stamps', () => {
  it('verifies the file beside the APK, and that it is of the same signer and content', () => {
    const apk = signApk(spec, { v2: [{ key: one }] }, host);
    const apkDigest = contentDigest(apk);
    const idsig = buildIdsig(apk, { key: one, apkDigest }, host);
    expect(verify(apk, { minSdk: 24, idsig })).toMatchObject({ verified: true, schemes: ['v2', 'v4'] });
    const code = (bytes: Uint8Array): string | undefined => verify(apk, { minSdk: 24, idsig: bytes }).issues[0]?.code;
    expect(code(buildIdsig(apk, { key: two, apkDigest }, host))).toBe('V4_SIG_V2_V3_SIGNERS_MISMATCH');
    expect(code(buildIdsig(apk, { key: one, apkDigest: new Uint8Array(32) }, host))).toBe(
      'V4_SIG_V2_V3_DIGESTS_MISMATCH',
    );
    expect(code(flip(idsig.length - 1)(idsig))).toBe('V4_SIG_APK_TREE_DID_NOT_VERIFY');
    expect(code(flip(30)(idsig))).toBe('V4_SIG_DID_NOT_VERIFY');
    expect(code(idsig.subarray(0, 90))).toBe('V4_SIG_NO_SIGNATURES');
    const other = flip(700_000)(apk);
    expect(code(buildIdsig(other, { key: one, apkDigest }, host))).toBe('V4_SIG_APK_ROOT_DID_NOT_VERIFY');
    expect(code(buildIdsig(apk, { key: one, apkDigest, version: 9 }, host))).toBe('V4_SIG_VERSION_NOT_CURRENT');
  });

  it('verifies a stamp with its lineage and time', () => {
    const plan: SigningPlan = {
      v1: { signers: [{ key: one }] },
      v2: [{ key: one }],
      v3: [{ key: one }],
      stamp: { key: three, formerKeys: [two], timestampSeconds: 1_700_000_000 },
    };
    const apk = signApk(spec, plan, host);
    const report = verify(apk, { minSdk: 21 });
    expect([report.verified, report.schemes, report.issues]).toEqual([true, ['v3', 'v2', 'v1', 'stamp'], []]);
    expect(report.stamp).toMatchObject({ verified: true, version: 2, timestampSeconds: 1_700_000_000 });
    expect(report.stamp?.lineage?.nodes.length).toBe(2);
    const strange = verify(apk, { minSdk: 21, expectedStampCertificateSha256: '00'.repeat(32) });
    expect([strange.verified, strange.stamp?.verified, strange.issues[0]?.code]).toEqual([
      true,
      false,
      'SOURCE_STAMP_EXPECTED_DIGEST_MISMATCH',
    ]);
  });

  it('verifies a stamp of the first version, which covers the newest scheme', () => {
    const entries = { ...spec.entries, 'stamp-cert-sha256': host.sha256(three.certificate) };
    const digest = contentDigest(signApk({ ...spec, entries }, { v2: [{ key: one }] }, host));
    const data = stampedDigests(new Map([['chunked-sha256', digest]]));
    const signatures = prefixed(prefixed(u32(0x0201), prefixed(three.sign(data, 'sha256'))));
    const stamp = { id: 0x2b09189e, value: prefixed(prefixed(three.certificate), signatures) };
    const stamped = signApk({ ...spec, entries }, { v2: [{ key: one }], blockPairs: [stamp] }, host);
    const report = verify(stamped, { minSdk: 24 });
    expect([report.schemes, report.issues, report.stamp?.version]).toEqual([['v2', 'stamp'], [], 1]);
    const without = verify(signApk({ ...spec, entries }, { v2: [{ key: one }] }, host), { minSdk: 24 });
    expect([without.verified, without.issues[0]?.code]).toEqual([true, 'SOURCE_STAMP_SIG_MISSING']);
    const alone = verify(signApk(spec, { v2: [{ key: one }], blockPairs: [stamp] }, host), { minSdk: 24 });
    expect(alone.issues[0]?.code).toBe('SOURCE_STAMP_SIGNATURE_BLOCK_WITHOUT_CERT_DIGEST');
  });

  it('warns of a stamp that does not hold, and lets the app pass', () => {
    const forger = { ...three, sign: two.sign };
    const report = verify(signApk(spec, { v2: [{ key: one }], stamp: { key: forger } }, host), { minSdk: 24 });
    expect([
      report.verified,
      report.stamp?.verified,
      report.issues.map(({ level, code }) => `${level} ${code}`),
    ]).toEqual([true, false, ['warning SOURCE_STAMP_DID_NOT_VERIFY']]);
  });
});

describe('what the platform demands', () => {
  it('needs v2 for newer targets and sandboxes', () => {
    const v1 = { signers: [{ key: rsa }] };
    expect(answer({ v1 }, { minSdk: 21, targetSdk: 30 })).toContain('MIN_SIG_SCHEME_FOR_TARGET_SDK_NOT_MET');
    expect(answer({ v1 }, { minSdk: 21, targetSandboxVersion: 2 })).toContain('NO_SIG_FOR_TARGET_SANDBOX_VERSION');
    expect(answer({ v1, v2: [{ key: rsa }] }, { minSdk: 21, targetSdk: 30, targetSandboxVersion: 2 })[0]).toBe(
      'verified',
    );
  });

  it('verifies nothing on a host that cannot, and nothing of a file without an end', () => {
    const { inflateRaw, sha256, now } = host;
    const apk = signApk(spec, { v1: { signers: [{ key: rsa }] }, v2: [{ key: rsa }] }, host);
    const zip = readZip(apk, host).value;
    if (zip === null) throw new Error('no archive was built');
    const { value } = verifyApkSignatures(apk, zip, { inflateRaw, sha256, now }, { minSdk: 24 });
    expect([value.verified, value.signers[0]?.verified, value.issues[0]?.code]).toEqual([
      false,
      'not-checked',
      'UNEXPECTED_EXCEPTION',
    ]);
    expect(verify(apk.subarray(0, apk.length - 30)).issues[0]?.code).toBe('MALFORMED_APK');
  });

  it('has the 127 codes of apksig and three later ones, each once', () => {
    expect([APK_ISSUE_CODES.length, new Set(APK_ISSUE_CODES).size]).toEqual([130, 130]);
  });
});

function contentDigest(apk: Uint8Array): Uint8Array {
  const zip = readZip(apk, host).value;
  if (zip === null || zip.directoryOffset === null) throw new Error('no archive was built');
  const blockSize = new DataView(apk.buffer).getUint32(zip.directoryOffset - 24, true) + 8;
  const place = { blockStart: zip.directoryOffset - blockSize, zip, host };
  return createContentDigests(apk, place).get('chunked-sha256') ?? new Uint8Array(0);
}
