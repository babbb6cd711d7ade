import type { Diagnostics } from '@vedette/bytes';
import type { ApkIssue } from './apk-issue.ts';

/** Issues of the same meaning in several schemes share an id. */
const IDS: readonly (readonly [pattern: RegExp, id: string])[] = [
  [/^(JAR_SIG_MISSING_APK_SIG_REFERENCED|V2_SIG_MISSING_APK_SIG_REFERENCED|V31_BLOCK_MISSING)$/, 'stripped'],
  [/^(V[234]|JAR)_SIG_DID_NOT_VERIFY$/, 'verify.signature'],
  [/^V[23]_SIG_APK_DIGEST_DID_NOT_VERIFY$|^V4_SIG_APK_(ROOT|TREE)_DID_NOT_VERIFY$/, 'verify.digest'],
  [/^V[234]_SIG_PUBLIC_KEY_MISMATCH/, 'verify.public-key'],
  [/^V[23]_SIG_SIG_ALG_MISMATCH/, 'verify.algorithm-lists'],
  [/^V[23]_SIG_NO_SUPPORTED_SIGNATURES$|^V4_SIG_UNKNOWN_SIG_ALGORITHM$/, 'verify.algorithm'],
  [/^V3_M(IN|AX)_SDK_VERSION_MISMATCH/, 'verify.sdk-range'],
  [/^V[234]_SIG_MALFORMED_PUBLIC_KEY$/, 'verify.key'],
  [/^V[23]_SIG_(NO_SIGNERS|MALFORMED_SIGNERS|MAX_SIGNATURES_EXCEEDED)$/, 'signers'],
  [/^V[23]_SIG_(MALFORMED_SIGNER|NO_CERTIFICATES|MALFORMED_CERTIFICATE)$/, 'signer'],
  [/^JAR_SIG_MISSING_FILE$/, 'v1.no-sf'],
];

/** The diagnostic id of an issue: a shared one, or the code itself, `apk-signature.jar-sig-no-manifest`. */
export function issueDiagnosticId(issue: Pick<ApkIssue, 'code' | 'detail'>): string {
  if (issue.code === 'UNEXPECTED_EXCEPTION' && issue.detail.startsWith('this host')) return 'apk-signature.verify.host';
  const shared = IDS.find(([pattern]) => pattern.test(issue.code));
  return `apk-signature.${shared?.[1] ?? issue.code.toLowerCase().replaceAll('_', '-')}`;
}

/** Issues as diagnostics: errors as errors, warnings as notes. */
export function reportIssues(issues: readonly ApkIssue[], diagnostics: Diagnostics): void {
  for (const issue of issues) {
    // The reader of the block has reported it with its place.
    if (issue.code === 'APK_SIG_BLOCK_UNKNOWN_ENTRY_ID') continue;
    const report = issue.level === 'error' ? diagnostics.error : diagnostics.note;
    const where = issue.scheme === null ? {} : { where: placeOf(issue) };
    report(issueDiagnosticId(issue), issue.detail, where);
  }
}

function placeOf({ scheme, signer }: ApkIssue): string {
  if (scheme === 'v1') return signer === undefined ? 'META-INF' : signer;
  return signer === undefined ? `${scheme} signature` : `${scheme} signer ${signer}`;
}
