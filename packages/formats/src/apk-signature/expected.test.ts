import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createNodeHost } from '@vedette/bytes/node';
import { describe, expect, it } from 'vitest';
import { readZip } from '../zip/read-zip.ts';
import { signingTargets } from './manifest-targets.ts';
import { type ApkSignatureReport, type VerifyOptions, verifyApkSignatures } from './verify-apk-signatures.ts';

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
