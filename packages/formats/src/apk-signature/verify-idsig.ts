import { type Host, hex } from '@vedette/bytes';
import { readCertificate } from '../x509/read-certificate.ts';
import { sameKey } from '../x509/same-key.ts';
import { verifyWithMethod } from '../x509/signature-methods.ts';
import { createIssueList, type IssueList } from './apk-issue.ts';
import { IDSIG_VERSION, type Idsig, type IdsigSigner, idsigSignedData, readIdsig } from './idsig.ts';
import { equalBytes } from './prefixed.ts';
import { claimedDigests, type SchemeResult, type SchemeSigner, type Verification } from './scheme-result.ts';
import { BLOCK_ALGORITHMS, type ContentDigestKind } from './signature-algorithms.ts';
import { verityTree } from './verity-tree.ts';

const SHA256 = 1;
const LOG2_PAGE = 12;

/** A v4 signer with the digest of the APK that it claims. */
export interface IdsigSchemeSigner extends SchemeSigner {
  readonly apkDigest: Uint8Array;
}

export interface IdsigResult extends SchemeResult {
  readonly signers: readonly IdsigSchemeSigner[];
}

/** Verifies a v4 signature: the signers over hash, size and certificate, the hash and the tree over the whole APK. */
export function verifyIdsig(apk: Uint8Array, bytes: Uint8Array, host: Host): IdsigResult {
  const issues = createIssueList('v4');
  const idsig = readIdsig(bytes);
  if (idsig === null) {
    issues.error('V4_SIG_NO_SIGNATURES', 'the file is no v4 signature, or is cut off');
    return { scheme: 'v4', verified: false, signers: [], lineage: null, issues: issues.list() };
  }
  if (idsig.version !== IDSIG_VERSION)
    issues.warning('V4_SIG_VERSION_NOT_CURRENT', `version ${idsig.version}, not ${IDSIG_VERSION}`);
  const signers = idsig.signers.map((signer, index) =>
    verifySigner({ signer, idsig, size: apk.length, name: String(index) }, host, issues),
  );
  const treeHolds = issues.hasErrors || verifyTree(apk, idsig, host, issues);
  const verified = !issues.hasErrors;
  const settled = treeHolds ? signers : signers.map((signer) => ({ ...signer, verified: 'failed' as const }));
  return { scheme: 'v4', verified, signers: settled, lineage: null, issues: issues.list() };
}

interface SignerSource {
  readonly signer: IdsigSigner;
  readonly idsig: Idsig;
  readonly size: number;
  readonly name: string;
}

function verifySigner({ signer, idsig, size, name }: SignerSource, host: Host, issues: IssueList): IdsigSchemeSigner {
  const certificate = signer.certificate.length === 0 ? null : readCertificate(signer.certificate, host).value;
  const answer = (verified: Verification): IdsigSchemeSigner => ({
    scheme: 'v4',
    name,
    certificate,
    certificates: certificate === null ? [] : [certificate],
    verified,
    sdkRange: null,
    lineage: null,
    contentDigests: [],
    apkDigest: signer.apkDigest,
  });
  const algorithm = BLOCK_ALGORITHMS.get(signer.algorithm);
  if (algorithm === undefined) {
    issues.error('V4_SIG_UNKNOWN_SIG_ALGORITHM', hex(signer.algorithm, 4), name);
    return answer('failed');
  }
  if (host.signatures === undefined) {
    issues.error('UNEXPECTED_EXCEPTION', 'this host cannot verify signatures', name);
    return answer('not-checked');
  }
  const data = idsigSignedData(size, idsig, signer);
  const { publicKey, signature } = signer;
  const holds = verifyWithMethod(host, algorithm, { publicKey, data, signature });
  if (holds === null) {
    issues.error('V4_SIG_MALFORMED_PUBLIC_KEY', `not a key for ${algorithm.name}`, name);
    return answer('not-checked');
  }
  if (!holds) issues.error('V4_SIG_DID_NOT_VERIFY', `${algorithm.name} does not hold for what it signs`, name);
  else if (signer.certificate.length === 0)
    issues.error('V4_SIG_NO_CERTIFICATE', 'the signer has no certificate', name);
  else if (certificate === null) issues.error('V4_SIG_MALFORMED_CERTIFICATE', 'the certificate cannot be read', name);
  else if (!sameKey(certificate.publicKey, publicKey)) {
    const code = 'V4_SIG_PUBLIC_KEY_MISMATCH_BETWEEN_CERTIFICATE_AND_SIGNATURES_RECORD';
    issues.error(code, 'the certificate is of another key than the one that signed', name);
  } else return answer('verified');
  return answer('failed');
}

function verifyTree(apk: Uint8Array, idsig: Idsig, host: Host, issues: IssueList): boolean {
  if (idsig.hashAlgorithm !== SHA256 || idsig.log2BlockSize !== LOG2_PAGE) {
    const message = `hash ${idsig.hashAlgorithm} over blocks of 2^${idsig.log2BlockSize} bytes, which no platform takes`;
    issues.error('V4_SIG_APK_ROOT_DID_NOT_VERIFY', message);
    return false;
  }
  const { rootHash, tree } = verityTree([apk], idsig.salt, host);
  if (!equalBytes(rootHash, idsig.rootHash)) {
    issues.error('V4_SIG_APK_ROOT_DID_NOT_VERIFY', 'the root of the hash tree is not that of the file');
    return false;
  }
  if (idsig.tree !== null && !equalBytes(tree, idsig.tree)) {
    issues.error('V4_SIG_APK_TREE_DID_NOT_VERIFY', 'the hash tree is not that of the file');
    return false;
  }
  return true;
}

/** The digest that v4 takes over from v2 or v3: SHA-512 before verity before SHA-256 (AOSP, pickBestDigestForV4). */
const BEST_FIRST: readonly ContentDigestKind[] = ['chunked-sha512', 'verity-sha256', 'chunked-sha256'];

/** Whether the v4 signers are those of the schemes within the APK, and speak of the same content. */
export function compareWithIdsig(
  idsig: IdsigResult,
  inside: { readonly v31: SchemeResult | null; readonly v3: SchemeResult | null; readonly v2: SchemeResult | null },
): IssueList {
  const issues = createIssueList('v4');
  const [first, second] = idsig.signers;
  if (first === undefined) return issues;
  const { v31, v3, v2 } = inside;
  const base = v3 ?? v2;
  if (base === null) {
    issues.error('V4_SIG_V2_V3_SIGNERS_MISMATCH', 'there is no v2 or v3 signature that verifies');
    return issues;
  }
  const expected = v3 !== null && v31 !== null ? 2 : 1;
  if (idsig.signers.length !== expected) {
    if (expected === 2) issues.error('V41_SIG_NEEDS_TWO_SIGNERS', 'beside v3.1 two signers are needed');
    else issues.error('V4_SIG_MULTIPLE_SIGNERS', `${idsig.signers.length} signers, one is allowed`);
    return issues;
  }
  compareSigner(first, base, issues);
  if (expected === 2 && second !== undefined && v31 !== null) compareSigner(second, v31, issues);
  return issues;
}

function compareSigner(signer: IdsigSchemeSigner, inside: SchemeResult, issues: IssueList): void {
  if (inside.signers.length !== 1)
    issues.error('V4_SIG_MULTIPLE_SIGNERS', `the ${inside.scheme} signature has ${inside.signers.length} signers`);
  const [own] = inside.signers;
  if (own?.certificate?.sha256 !== signer.certificate?.sha256)
    issues.error('V4_SIG_V2_V3_SIGNERS_MISMATCH', `another signer than that of ${inside.scheme}`, signer.name);
  const digests = claimedDigests(own === undefined ? [] : [own]);
  const best = BEST_FIRST.flatMap((kind) => digests.get(kind) ?? [])[0];
  if (best === undefined || !equalBytes(best, signer.apkDigest))
    issues.error('V4_SIG_V2_V3_DIGESTS_MISMATCH', `another digest than that of ${inside.scheme}`, signer.name);
}
