import { Cursor, type Host } from '@vedette/bytes';
import type { ApkIssue } from './apk-issue.ts';
import { createIssueList, type IssueList } from './apk-issue.ts';
import type { ContentDigests } from './content-digest.ts';
import { consolidateLineages, type Lineage } from './lineage.ts';
import { takePrefixed } from './prefixed.ts';
import type { SchemeResult, SchemeSigner, Verification } from './scheme-result.ts';
import { type BlockSigner, verifyBlockSigner } from './verify-block-signer.ts';

export interface BlockSchemeContext {
  readonly host: Host;
  readonly digests: ContentDigests;
  readonly minSdk: number;
  readonly maxSdk: number;
  /** Numbers of the newer schemes that platforms of the range know, and of those found so far: for stripping protection. */
  readonly supported: ReadonlySet<number>;
  readonly found: ReadonlySet<number>;
  /** v3 beside v3.1: from which platform on the v3.1 signers count; null without v3.1. */
  readonly rotationMinSdk: number | null;
}

/** apksig's MAX_APK_SIGNERS; for v3, which has one signer per range of platforms, a limit of our own. */
const MAX_V2_SIGNERS = 10;
const MAX_V3_SIGNERS = 32;

/** Verifies a v2, v3 or v3.1 block: all its signers over the content, and for v3 that they fit each other. */
export function verifyBlockScheme(
  scheme: 'v2' | 'v3' | 'v3.1',
  value: Uint8Array,
  context: BlockSchemeContext,
): SchemeResult {
  const issues = createIssueList(scheme);
  const prefix = scheme === 'v2' ? 'V2' : 'V3';
  const outer = new Cursor(value);
  const list = new Cursor(takePrefixed(outer));
  const signers: BlockSigner[] = [];
  if (outer.truncated) {
    issues.error(`${prefix}_SIG_MALFORMED_SIGNERS`, 'the list of signers does not fit in its block');
  } else if (list.remaining === 0) {
    issues.error(`${prefix}_SIG_NO_SIGNERS`, 'the block names no signer');
  }
  const limit = scheme === 'v2' ? MAX_V2_SIGNERS : MAX_V3_SIGNERS;
  let tooMany = false;
  while (!outer.truncated && list.remaining > 0) {
    if (signers.length >= limit) {
      const code = scheme === 'v2' ? 'V2_SIG_MAX_SIGNATURES_EXCEEDED' : 'V3_SIG_MALFORMED_SIGNERS';
      issues.error(code, `more than ${limit} signers; the rest is not read`);
      tooMany = true;
      break;
    }
    const name = String(signers.length);
    const record = takePrefixed(list);
    if (list.truncated) {
      issues.error(`${prefix}_SIG_MALFORMED_SIGNER`, 'the signer does not fit in its list', name);
      break;
    }
    const signer = verifyBlockSigner({ scheme, name, record }, context, issues);
    signers.push(signer);
    if (signer.malformed) break;
  }
  const parsed = !issues.hasErrors;
  const checked = signers.map((signer): SchemeSigner => {
    const settled = checkContent(signer, context, issues);
    return tooMany ? { ...settled, verified: 'failed' } : settled;
  });
  if (scheme === 'v2') return result(scheme, checked, null, issues);
  // The ranges are only compared where every signer could be read, as apksig does.
  const lineage = parsed ? checkRanges(scheme, signers, context, issues) : longestLineage(signers);
  return result(scheme, checked, lineage, issues);
}

function result(
  scheme: SchemeResult['scheme'],
  signers: readonly SchemeSigner[],
  lineage: Lineage | null,
  issues: IssueList,
): SchemeResult {
  const list: readonly ApkIssue[] = issues.list();
  const verified = !issues.hasErrors && signers.length > 0 && signers.every((signer) => signer.verified === 'verified');
  return { scheme, verified, signers, lineage, issues: list };
}

/** Compares the digests whose signatures held with those of the content. */
function checkContent(signer: BlockSigner, context: BlockSchemeContext, issues: IssueList): SchemeSigner {
  const { verifiedKinds, malformed: _malformed, targetsDevRelease: _dev, ...facts } = signer;
  if (signer.verified !== 'verified') return facts;
  const prefix = signer.scheme === 'v2' ? 'V2' : 'V3';
  let verified: Verification = signer.verified;
  for (const { kind, value } of verifiedKinds) {
    const actual = context.digests.get(kind);
    if (actual === null) {
      issues.error('UNEXPECTED_EXCEPTION', 'the content cannot be digested as the platform does', signer.name);
      verified = 'not-checked';
    } else if (actual.length !== value.length || actual.some((byte, index) => byte !== value[index])) {
      issues.error(
        `${prefix}_SIG_APK_DIGEST_DID_NOT_VERIFY`,
        `the ${kind} digest is not that of the file`,
        signer.name,
      );
      verified = 'failed';
    }
  }
  return { ...facts, verified };
}

function longestLineage(signers: readonly BlockSigner[]): Lineage | null {
  return consolidateLineages(signers.flatMap(({ lineage }) => (lineage === null ? [] : [lineage]))) ?? null;
}

/**
 * "APK Signature Scheme v3": the signers' ranges of platforms join without gaps or overlaps and cover what is asked for,
 * newer ones have the longer lineage, and all lineages are parts of one.
 */
function checkRanges(
  scheme: 'v3' | 'v3.1',
  signers: readonly BlockSigner[],
  context: BlockSchemeContext,
  issues: IssueList,
): Lineage | null {
  const byMax = new Map(signers.map((signer) => [signer.sdkRange?.max ?? 0, signer]));
  const sorted = [...byMax].sort(([a], [b]) => a - b).map(([, signer]) => signer);
  const lineages: Lineage[] = [];
  let first = 0;
  let last = 0;
  for (const { sdkRange, lineage, targetsDevRelease } of sorted) {
    const { min, max } = sdkRange ?? { min: 0, max: 0 };
    if (first === 0) {
      first = min;
    } else if (min !== last + 1 && !(min === last && targetsDevRelease)) {
      issues.error(
        'V3_INCONSISTENT_SDK_VERSIONS',
        `a signer is for platforms from ${min}, the one before up to ${last}`,
      );
      break;
    }
    last = max;
    if (lineage === null) continue;
    if (lineage.nodes.length < (lineages.at(-1)?.nodes.length ?? 0)) {
      issues.error('V3_INCONSISTENT_LINEAGES', 'a signer for newer platforms has a shorter lineage');
      break;
    }
    lineages.push(lineage);
  }
  // v3.1 need not begin at once: v3 has the platforms before it.
  const wantedMin = scheme === 'v3.1' ? context.maxSdk : Math.max(context.minSdk, 28);
  const wantedMax = context.rotationMinSdk === null ? context.maxSdk : context.rotationMinSdk - 1;
  if (first > wantedMin || last < wantedMax) {
    const message = `the signers cover the platforms ${first} to ${last}, not ${wantedMin} to ${wantedMax}`;
    issues.error('V3_MISSING_SDK_VERSIONS', message);
  }
  const consolidated = consolidateLineages(lineages);
  if (consolidated === null)
    issues.error('V3_INCONSISTENT_LINEAGES', 'the lineages of the signers are not parts of one');
  return consolidated ?? null;
}
