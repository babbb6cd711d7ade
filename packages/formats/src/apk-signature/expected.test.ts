import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createNodeHost } from '@vedette/bytes/node';
import { describe, expect, it } from 'vitest';
import { readCertificate } from '../x509/read-certificate.ts';
import { repairedKey } from '../x509/same-key.ts';
import { readZip } from '../zip/read-zip.ts';
import { readLineageFile } from './lineage.ts';
import { signingTargets } from './manifest-targets.ts';
import type { ApkSignatureReport, VerifyOptions } from './signature-report.ts';
import { verifyApkSignatures } from './verify-apk-signatures.ts';

/** The APKs and expectations of apksig's own ApkVerifierTest. */
const data = fileURLToPath(new URL('../../../../../shared/data/apk-signing', import.meta.url));
const folder = join(data, 'src/test/resources/com/android/apksig');
const host = createNodeHost();

function load(name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(folder, name)));
}

function verify(name: string, options: VerifyOptions = {}): ApkSignatureReport {
  const bytes = load(name);
  const zip = readZip(bytes, host).value;
  if (zip === null) throw new Error(`${name} is no archive`);
  return verifyApkSignatures(bytes, zip, host, { ...signingTargets(zip), ...options }).value;
}

const SDK: Readonly<Record<string, number>> = {
  JELLY_BEAN_MR2: 18,
  KITKAT: 19,
  M: 23,
  N: 24,
  O: 26,
  P: 28,
};

function sdkOf(text: string): number {
  return SDK[text.replace('AndroidSdkVersion.', '')] ?? Number(text);
}

function rangeOf(row: Row): Pick<VerifyOptions, 'minSdk' | 'maxSdk'> {
  const [first = '', second = ''] = row.sdkArgs.split(';');
  if (first === '') return {};
  if (second !== '') return { minSdk: sdkOf(first), maxSdk: sdkOf(second) };
  if (row.mode !== 'verifyForMaxSdkVersion') return { minSdk: sdkOf(first) };
  // ApkVerifierTest says `AndroidSdkVersion.N - 1` in all of these; the table has lost the subtraction.
  return { maxSdk: first === 'AndroidSdkVersion.N' ? 23 : sdkOf(first) };
}

interface Row {
  readonly apk: string;
  readonly assertion: string;
  readonly issue: string;
  readonly mode: string;
  readonly sdkArgs: string;
}

const rows: readonly Row[] = existsSync(data)
  ? readFileSync(join(data, 'expected.tsv'), 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => {
        const [apk = '', assertion = '', issue = '', mode = '', sdkArgs = ''] = line.split('\t');
        return { apk, assertion, issue, mode, sdkArgs };
      })
  : [];

describe.skipIf(rows.length === 0)('the apksig test suite (skipped where ../shared/data is missing)', () => {
  it('has its hundred rows', () => {
    expect(rows.length).toBe(100);
  });

  it.each(rows)('$apk $assertion $issue $mode $sdkArgs', (row) => {
    const report = verify(row.apk, rangeOf(row));
    const stampOnly = row.mode === 'verifySourceStamp';
    const errors = report.issues.filter(({ level, scheme }) => (stampOnly ? scheme === 'stamp' : level === 'error'));
    const codes = errors.map(({ code }) => code);
    const verified = stampOnly ? report.stamp?.verified === true : report.verified;
    expect([verified, verified ? codes : []], codes.join()).toEqual([row.assertion.startsWith('assertVerified'), []]);
    if (row.issue !== '') expect(codes).toContain(row.issue);
  });
});

/** What is said of the files that no row names: verdict, schemes that verified, errors, and on which platforms. */
const OTHERS: readonly (readonly [apk: string, options: VerifyOptions, answer: string])[] = [
  ['debuggable-boolean.apk', {}, 'yes v2,v1'],
  ['debuggable-resource.apk', {}, 'yes v2,v1'],
  ['golden-aligned-in.apk', {}, 'no  JAR_SIG_NO_SIGNATURES'],
  ['golden-aligned-v1-out.apk', {}, 'yes v1'],
  ['golden-aligned-v1v2v3-lineage-out.apk', {}, 'yes v3,v2,v1'],
  ['golden-aligned-v2v3-lineage-out.apk', {}, 'no v3,v2 JAR_SIG_NO_MANIFEST'],
  ['golden-aligned-v2v3-lineage-out.apk', { minSdk: 24 }, 'yes v3,v2'],
  ['golden-aligned-v2v3-out.apk', { minSdk: 24 }, 'yes v3,v2'],
  ['golden-aligned-v3-lineage-out.apk', { minSdk: 28 }, 'yes v3'],
  ['golden-aligned-v3-out.apk', { minSdk: 28 }, 'yes v3'],
  ['golden-legacy-aligned-in.apk', {}, 'no  JAR_SIG_NO_SIGNATURES'],
  ['golden-unaligned-in.apk', {}, 'no  JAR_SIG_NO_SIGNATURES'],
  ['golden-unaligned-v1-out.apk', {}, 'yes v1'],
  ['golden-unaligned-v1v2v3-lineage-out.apk', {}, 'yes v3,v2,v1'],
  ['golden-unaligned-v2-out.apk', { minSdk: 24 }, 'yes v2'],
  ['golden-unaligned-v2v3-lineage-out.apk', { minSdk: 24 }, 'yes v3,v2'],
  ['original-with-versionCodeMajor.apk', {}, 'yes v3'],
  ['stamp-apk-hash-mismatch.apk', {}, 'yes v3,v2,v1'],
  ['stamp-lineage-with-3-signers.apk', {}, 'yes v3,v2,v1,stamp'],
  ['stamp-unknown-attr.apk', {}, 'yes v3,v2,v1,stamp'],
  ['stamp-valid-timestamp-16-byte-buffer.apk', {}, 'yes v3,v2,v1,stamp'],
  ['v1-only-with-dsa-sha384-2.16.840.1.101.3.4.3.3-1024.apk', {}, 'no  JAR_SIG_UNSUPPORTED_SIG_ALG'],
  ['v1-only-with-dsa-sha384-2.16.840.1.101.3.4.3.3-2048.apk', {}, 'no  JAR_SIG_UNSUPPORTED_SIG_ALG'],
  ['v1-only-with-dsa-sha512-2.16.840.1.101.3.4.3.4-3072.apk', {}, 'no  JAR_SIG_UNSUPPORTED_SIG_ALG'],
  ['v1-only-with-nul-in-entry-name.apk', {}, 'yes v1'],
  ['v2-only-empty.apk', { minSdk: 24 }, 'yes v2'],
  ['v3-only-empty.apk', { minSdk: 28 }, 'no  JAR_SIG_NO_MANIFEST'],
  ['v31-2elem-incorrect-lineage.apk', {}, 'no  V3_SIG_POR_DID_NOT_VERIFY'],
  ['v31-empty-lineage-no-v3.apk', {}, 'no v3.1 V31_BLOCK_FOUND_WITHOUT_V3_BLOCK'],
];

describe.skipIf(rows.length === 0)('files of the apksig test suite that no row names', () => {
  it.each(OTHERS)('%s %j', (apk, options, answer) => {
    const { verified, schemes, issues } = verify(apk, options);
    const errors = new Set(issues.flatMap(({ level, code }) => (level === 'error' ? [code] : [])));
    expect(`${verified ? 'yes' : 'no'} ${schemes.join()} ${[...errors].join()}`.trimEnd()).toBe(answer);
  });

  it('verifies the v4 signature of two signers beside v3.1, and not that of another file', () => {
    const apk = 'v31-rsa-2048_2-tgt-10000-dev-release.apk';
    expect(verify(apk, { idsig: load(`${apk}.idsig`) })).toMatchObject({
      verified: true,
      schemes: ['v3.1', 'v3', 'v2', 'v1', 'v4'],
    });
    const other = verify(apk, { idsig: load('v41-digest-mismatched-with-v31.apk.idsig') });
    expect([other.verified, other.schemes.includes('v4')]).toEqual([false, false]);
  });

  it.each([
    ['ec-p256-lineage-2-signers', 'CN=ec-p256 CN=ec-p256_2'],
    ['rsa-1024-lineage-2-signers', 'CN=rsa-1024 CN=rsa-1024_2'],
    ['rsa-2048-lineage-2-signers-2-3', 'CN=rsa-2048_2 CN=rsa-2048_3'],
    ['rsa-2048-lineage-3-signers', 'CN=rsa-2048 CN=rsa-2048_2 CN=rsa-2048_3'],
    ['rsa-2048-to-4096-lineage-2-signers', 'CN=rsa-2048 CN=rsa-4096'],
  ])('reads and verifies the lineage file %s', (name, subjects) => {
    const { value } = readLineageFile(load(name), host);
    expect([value?.verified, value?.nodes.map(({ certificate }) => certificate.subject).join(' ')]).toEqual([
      'verified',
      subjects,
    ]);
  });

  it('refuses the lineage files of another magic and version', () => {
    for (const name of ['rsa-2048-lineage-invalid-magic', 'rsa-2048-lineage-invalid-version'])
      expect(readLineageFile(load(name), host).value, name).toBeNull();
  });

  it('takes the key whose modulus is written as a negative number for what it is', () => {
    const { value } = readCertificate(load('rsa-2048_negmod.x509.der'), host);
    expect([value?.keyAlgorithm, value?.keyBits]).toEqual(['RSA', 2_048]);
    expect(repairedKey(value?.publicKey ?? new Uint8Array(0))).not.toBeNull();
  });
});
