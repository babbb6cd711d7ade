/**
 * Whether an APK's signatures verify, on which platforms, and what is wrong with them: JAR signatures (v1), APK Signature
 * Schemes v2, v3, v3.1 and v4, source stamps and lineages (source.android.com, "Application signing"), judged as apksig's
 * ApkVerifier judges them and in its words. What it does not judge (Janus, test keys, payloads beside the signatures) are
 * diagnostics.
 */
import { createDiagnostics, type Diagnostics, type Host } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import type { ZipArchive } from '../zip/read-zip.ts';
import { type ApkIssue, type ApkScheme, createIssueList } from './apk-issue.ts';
import { compareSchemes } from './compare-schemes.ts';
import { reportIssues } from './issue-diagnostics.ts';
import { createSchemes, type Schemes } from './run-schemes.ts';
import type { SchemeResult } from './scheme-result.ts';
import { reportSignatureOddities } from './signature-oddities.ts';
import { type ApkSignatureReport, orderedSchemes, reportedSigners, type VerifyOptions } from './signature-report.ts';
import { readSigningBlock, type SigningBlock, STAMP_BLOCK, STAMP_V1_BLOCK } from './signing-block.ts';
import { STAMP_ENTRY, verifySourceStamp } from './source-stamp.ts';
import { compareWithIdsig, type IdsigResult, verifyIdsig } from './verify-idsig.ts';

export const NO_MAX_SDK = 0x7fff_ffff;
const NOUGAT = 24;
const OREO = 26;
/** Android 11: apps that target it need v2 or newer. */
const R = 30;
const MAX_STAMP_DIGEST = 1024;

/**
 * Verifies the signatures of an APK for a range of platforms.
 *
 * Never throws on input. Time and memory are linear in the file; where JAR signatures count (a range below 24, or no
 * newer signature), every entry is inflated. The file is `verified` only if nothing is left unchecked.
 */
export function verifyApkSignatures(
  bytes: Uint8Array,
  zip: ZipArchive,
  host: Host,
  options: VerifyOptions = {},
): Parsed<ApkSignatureReport> {
  const diagnostics = createDiagnostics();
  const general = createIssueList(null);
  const maxSdk = options.maxSdk ?? NO_MAX_SDK;
  const range = { minSdk: Math.min(Math.max(options.minSdk ?? 1, 0), maxSdk), maxSdk };
  if ((options.minSdk ?? 1) > maxSdk) {
    const message = `the app is for platforms from ${options.minSdk} on; the answer is for ${maxSdk}`;
    diagnostics.note('apk-signature.range', message);
  }
  const { directoryOffset, endRecordOffset } = zip;
  let block: SigningBlock | null = null;
  if (directoryOffset === null || endRecordOffset === null) {
    general.error('MALFORMED_APK', 'the central directory is missing, and with it the place where signatures stand');
  } else {
    block = readSigningBlock(bytes, { directoryOffset, endRecordOffset }, diagnostics);
  }
  const schemes = createSchemes({ bytes, zip, host, block, range });
  const looked = lookAtSchemes(schemes, { ...options, ...range }, general);
  const v4 = options.idsig === undefined ? null : verifyIdsig(bytes, options.idsig, host);
  const countedV4 = v4 !== null && maxSdk >= NOUGAT && !looked.some(failed) ? v4 : null;
  const results: readonly SchemeResult[] = countedV4 === null ? looked : [...looked, countedV4];
  if (!results.some(failed) && !general.hasErrors) judgeTogether(results, countedV4, { ...options, maxSdk }, general);
  const stampResult = verifySourceStamp(stampSource(schemes, looked, zip, block, { ...options, ...range }), host);
  const unknown = unknownPairs(block);
  const v4Issues = compareV4(countedV4, looked);
  const issues = [
    ...general.list(),
    ...results.flatMap((result) => result.issues),
    ...v4Issues,
    ...stampResult.issues,
    ...unknown,
  ];
  const verified = issues.every(({ level }) => level !== 'error') && looked.some((result) => result.verified);
  const others = schemes.others(looked);
  const signers = [...looked, ...others, ...(v4 === null ? [] : [v4])].flatMap((result) => result.signers);
  const report: ApkSignatureReport = {
    verified,
    schemes: orderedSchemes([
      ...results.flatMap(({ scheme, verified: holds }) =>
        holds && !(scheme === 'v4' && v4Issues.length > 0) ? [scheme] : [],
      ),
      ...(stampResult.stamp?.verified === true ? (['stamp'] as const) : []),
    ]),
    present: orderedSchemes([
      ...schemes.present,
      ...(v4 === null ? [] : (['v4'] as const)),
      ...(stampResult.stamp === null ? [] : (['stamp'] as const)),
    ]),
    signers: reportedSigners(signers),
    lineage: looked.find(({ lineage }) => lineage !== null)?.lineage ?? null,
    stamp: stampResult.stamp,
    issues,
    range,
  };
  reportIssues(issues, diagnostics);
  reportSignatureOddities({ bytes, zip, block, schemes, signers, looked, range }, diagnostics);
  reportAbsence(report, zip, diagnostics);
  return { value: report, diagnostics: diagnostics.list() };
}

/** The schemes in the order in which platforms of the range look at them; the first with an error ends it, as in apksig. */
function lookAtSchemes(
  schemes: Schemes,
  options: VerifyOptions & { readonly minSdk: number; readonly maxSdk: number },
  general: ReturnType<typeof createIssueList>,
): readonly SchemeResult[] {
  const { minSdk, maxSdk, targetSandboxVersion = 1 } = options;
  const looked: SchemeResult[] = [];
  const ok = (): boolean => !looked.some(failed) && !general.hasErrors;
  const look = (result: SchemeResult | null): void => {
    if (result !== null) looked.push(result);
  };
  if (maxSdk >= 33) look(schemes.v31());
  if (ok() && maxSdk >= 28) {
    look(schemes.v3());
    if (schemes.found.has(31) && !schemes.found.has(3))
      general.error('V31_BLOCK_FOUND_WITHOUT_V3_BLOCK', 'v3.1 is for newer platforms only and needs v3 beside it');
  }
  // Before Android 9 v3 is not known; since then v2 only counts without v3.
  if (ok() && maxSdk >= NOUGAT && (minSdk < 28 || schemes.found.size === 0)) look(schemes.v2());
  if (!ok()) return looked;
  if (maxSdk >= OREO && targetSandboxVersion > 1 && schemes.found.size === 0) {
    const message = `target sandbox version ${targetSandboxVersion} needs v2 or newer`;
    general.error('NO_SIG_FOR_TARGET_SANDBOX_VERSION', message);
  }
  // Before Android 7 only JAR signatures are known; since then they only count without a newer one.
  if (minSdk < NOUGAT || schemes.found.size === 0) look(schemes.v1());
  return looked;
}

function failed(result: SchemeResult): boolean {
  return result.issues.some(({ level }) => level === 'error');
}

/** What is judged when every scheme for itself verified. */
function judgeTogether(
  results: readonly SchemeResult[],
  v4: IdsigResult | null,
  { targetSdk, maxSdk }: { readonly targetSdk?: number; readonly maxSdk: number },
  general: ReturnType<typeof createIssueList>,
): void {
  compareSchemes(results, general);
  const newer = results.some(({ scheme, verified }) => verified && scheme !== 'v1' && scheme !== 'v4');
  if (targetSdk !== undefined && targetSdk >= R && maxSdk >= targetSdk && !newer) {
    const message = `target platform ${targetSdk} needs v2 or newer`;
    general.error('MIN_SIG_SCHEME_FOR_TARGET_SDK_NOT_MET', message);
  }
  if (v4 !== null && !newer) general.error('V4_SIG_V2_V3_SIGNERS_MISMATCH', 'v4 needs v2 or v3 beside it');
}

function compareV4(v4: IdsigResult | null, looked: readonly SchemeResult[]): readonly ApkIssue[] {
  if (v4 === null || failed(v4) || looked.some(failed)) return [];
  const of = (scheme: ApkScheme): SchemeResult | null =>
    looked.find((result) => result.scheme === scheme && result.verified) ?? null;
  const inside = { v31: of('v3.1'), v3: of('v3'), v2: of('v2') };
  return inside.v3 === null && inside.v2 === null ? [] : compareWithIdsig(v4, inside).list();
}

function stampSource(
  schemes: Schemes,
  looked: readonly SchemeResult[],
  zip: ZipArchive,
  block: SigningBlock | null,
  options: VerifyOptions & { readonly minSdk: number; readonly maxSdk: number },
): Parameters<typeof verifySourceStamp>[0] {
  const value = (id: number): Uint8Array | null =>
    (block?.usable === true ? block.pairs.find((pair) => pair.id === id)?.value : undefined) ?? null;
  return {
    v1Block: value(STAMP_V1_BLOCK),
    v2Block: value(STAMP_BLOCK),
    certificateDigest: zip.find(STAMP_ENTRY)?.read(MAX_STAMP_DIGEST).value ?? null,
    digests: schemes.stampDigests(looked),
    minSdk: Math.max(options.minSdk, R),
    maxSdk: options.maxSdk,
    expectedSha256: options.expectedStampCertificateSha256,
  };
}

function unknownPairs(block: SigningBlock | null): readonly ApkIssue[] {
  const issues = createIssueList(null);
  for (const { id, known } of block?.pairs ?? []) {
    if (!known) issues.warning('APK_SIG_BLOCK_UNKNOWN_ENTRY_ID', `0x${id.toString(16).padStart(8, '0')}`);
  }
  return issues.list();
}

function reportAbsence(report: ApkSignatureReport, zip: ZipArchive, diagnostics: Diagnostics): void {
  if (zip.directoryOffset === null) {
    const message = 'the end of the file is missing, and with it the place where signatures stand';
    diagnostics.error('apk-signature.unknown', message);
  } else if (report.present.every((scheme) => scheme === 'stamp' || scheme === 'v4')) {
    diagnostics.warning('apk-signature.none', 'the file carries no signature of any scheme');
  }
}
