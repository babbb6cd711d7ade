import type { ApkScheme, IssueList } from './apk-issue.ts';
import { lineagePosition } from './lineage.ts';
import type { SchemeResult } from './scheme-result.ts';

/**
 * Whether the signers of the schemes belong together (apksig, ApkVerifier): v1 and v2 have the same, v3 has one of them,
 * or one that the oldest key handed over to.
 */
export function compareSchemes(results: readonly SchemeResult[], issues: IssueList): void {
  const of = (scheme: ApkScheme): SchemeResult | undefined =>
    results.find((result) => result.scheme === scheme && result.verified);
  const [v1, v2, v3, v31] = [of('v1'), of('v2'), of('v3'), of('v3.1')];
  if (v1 !== undefined && v2 !== undefined) {
    const [older, newer] = [certificates(v1), certificates(v2)];
    if (older.some((certificate) => !newer.includes(certificate)))
      issues.error('V2_SIG_MISSING', 'a signer of v1 is not among those of v2');
    if (newer.some((certificate) => !older.includes(certificate)))
      issues.error('JAR_SIG_MISSING', 'a signer of v2 is not among those of v1');
  }
  const past = v1 ?? v2;
  if (v3 === undefined || past === undefined) return;
  if (certificates(past).length !== 1)
    issues.error('V3_SIG_MULTIPLE_PAST_SIGNERS', `${past.scheme} has several signers, v3 allows one`);
  const oldest = past.signers.find(({ verified }) => verified === 'verified')?.certificate;
  if (oldest === undefined || oldest === null) return;
  const lineage = v31?.lineage ?? v3.lineage;
  if (lineage === null) {
    if (v3.signers.length !== 1) issues.error('V3_SIG_MULTIPLE_SIGNERS', 'several signers of v3 need a lineage');
    if (v3.signers[0]?.certificate?.sha256 !== oldest.sha256)
      issues.error('V3_SIG_PAST_SIGNERS_MISMATCH', `another signer than that of ${past.scheme}, without a lineage`);
  } else if (lineagePosition(lineage, oldest) !== 1) {
    issues.error('V3_SIG_PAST_SIGNERS_MISMATCH', `the signer of ${past.scheme} is not the oldest of the lineage`);
  }
}

/** The certificates of the signers that count. */
function certificates({ signers }: SchemeResult): readonly string[] {
  return signers.flatMap(({ verified, certificate }) =>
    verified === 'verified' && certificate !== null ? [certificate.sha256] : [],
  );
}
