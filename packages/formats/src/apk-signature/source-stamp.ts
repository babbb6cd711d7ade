/**
 * Source stamps: a second signature, by whoever distributes the app (a store, a build farm). It does not matter for
 * installation; what is wrong with it is a warning (apksig, V2SourceStampVerifier and V1SourceStampVerifier).
 */
import { ByteWriter, Cursor, type Host, hex, toHex } from '@vedette/bytes';
import { type Certificate, readCertificate } from '../x509/read-certificate.ts';
import { verifyWithMethod } from '../x509/signature-methods.ts';
import type { ApkIssue } from './apk-issue.ts';
import { createIssueList, type IssueList } from './apk-issue.ts';
import { type Lineage, readLineage } from './lineage.ts';
import { equalBytes, readTagged, takePrefixed } from './prefixed.ts';
import type { DigestsByKind } from './scheme-result.ts';
import {
  BLOCK_ALGORITHMS,
  CONTENT_DIGEST_NUMBERS,
  type SupportedSignature,
  signaturesToVerify,
} from './signature-algorithms.ts';

export interface SourceStamp {
  readonly verified: boolean;
  /** Of the block; null when only the file is there. */
  readonly version: 1 | 2 | null;
  readonly certificate: Certificate | null;
  /** When the stamp was made, in seconds since 1970; null when it does not say. */
  readonly timestampSeconds: number | null;
  readonly lineage: Lineage | null;
}

export const STAMP_ENTRY = 'stamp-cert-sha256';

const PROOF_OF_ROTATION = 0x9d6303f7;
const STAMP_TIME = 0xe43c5946;
const V31_SCHEME = 31;

export interface StampSource {
  /** Value of the pair of the first or second version; null without. */
  readonly v1Block: Uint8Array | null;
  readonly v2Block: Uint8Array | null;
  /** Content of the entry `stamp-cert-sha256`; null without. */
  readonly certificateDigest: Uint8Array | null;
  /** What the schemes of the file claim its content to be, by number of the scheme: 1, 2, 3, 31. */
  readonly digests: ReadonlyMap<number, DigestsByKind>;
  readonly minSdk: number;
  readonly maxSdk: number;
  /** Lower-case hexadecimal; undefined takes any. */
  readonly expectedSha256: string | undefined;
}

/** Verifies the source stamp; null when the file has none. */
export function verifySourceStamp(
  source: StampSource,
  host: Host,
): { readonly stamp: SourceStamp | null; readonly issues: readonly ApkIssue[] } {
  const issues = createIssueList('stamp');
  const { v1Block, v2Block, certificateDigest, expectedSha256 } = source;
  const block = v2Block ?? v1Block;
  const version = v2Block !== null ? 2 : v1Block !== null ? 1 : null;
  const none = { certificate: null, timestampSeconds: null, lineage: null };
  const unverified = { verified: false, version, ...none } as const;
  if (certificateDigest === null || block === null) {
    if (certificateDigest !== null) {
      issues.warning('SOURCE_STAMP_SIG_MISSING', `${STAMP_ENTRY} is there, the stamp is not`);
    } else if (block !== null) {
      issues.warning('SOURCE_STAMP_SIGNATURE_BLOCK_WITHOUT_CERT_DIGEST', `a stamp without ${STAMP_ENTRY}`);
    } else {
      const wanted = expectedSha256 !== undefined;
      if (wanted) issues.warning('SOURCE_STAMP_CERT_DIGEST_AND_SIG_BLOCK_MISSING', 'the file has no stamp');
      return { stamp: null, issues: issues.list() };
    }
    return { stamp: unverified, issues: issues.list() };
  }
  const actual = toHex(certificateDigest.subarray(0, 64));
  if (expectedSha256 !== undefined && expectedSha256.toLowerCase() !== actual) {
    issues.warning('SOURCE_STAMP_EXPECTED_DIGEST_MISMATCH', `stamped by ${actual}`);
  }
  const cursor = new Cursor(block);
  const body = new Cursor(takePrefixed(cursor));
  const encoded = takePrefixed(body);
  const malformed = (): boolean => {
    if (!cursor.truncated && !body.truncated) return false;
    issues.warning('SOURCE_STAMP_MALFORMED_SIGNATURE', 'a part of the stamp does not fit');
    return true;
  };
  if (malformed()) return { stamp: unverified, issues: issues.list() };
  const certificate = readCertificate(encoded, host).value;
  if (certificate === null) {
    issues.warning('SOURCE_STAMP_MALFORMED_CERTIFICATE', 'the certificate cannot be read');
    return { stamp: unverified, issues: issues.list() };
  }
  if (!equalBytes(host.sha256(encoded), certificateDigest)) {
    const code = 'SOURCE_STAMP_CERTIFICATE_MISMATCH_BETWEEN_SIGNATURE_BLOCK_AND_APK';
    issues.warning(code, `${STAMP_ENTRY} names another certificate`);
    return { stamp: { ...unverified, certificate }, issues: issues.list() };
  }
  const context: StampContext = { certificate, host, minSdk: source.minSdk, maxSdk: source.maxSdk };
  const attributes =
    version === 1
      ? verifyFirst(takePrefixed(body), source.digests, context, issues)
      : verifySecond(body, source.digests, context, issues);
  malformed();
  const verified = attributes !== null && harmful(issues) === 0;
  const { timestampSeconds, lineage } = attributes ?? none;
  return { stamp: { verified, version, certificate, timestampSeconds, lineage }, issues: issues.list() };
}

/** An attribute that is not known is no fault of the stamp. */
function harmful(issues: IssueList): number {
  return issues.list().filter(({ code }) => code !== 'SOURCE_STAMP_UNKNOWN_ATTRIBUTE').length;
}

interface StampContext {
  readonly certificate: Certificate;
  readonly host: Host;
  readonly minSdk: number;
  readonly maxSdk: number;
}

interface StampAttributes {
  readonly timestampSeconds: number | null;
  readonly lineage: Lineage | null;
}

const NO_ATTRIBUTES: StampAttributes = { timestampSeconds: null, lineage: null };

/** The first version signs the digests of the newest scheme. */
function verifyFirst(
  signatures: Uint8Array,
  digests: ReadonlyMap<number, DigestsByKind>,
  context: StampContext,
  issues: IssueList,
): StampAttributes | null {
  const newest = [3, 2, 1].flatMap((scheme) => digests.get(scheme) ?? [])[0] ?? new Map();
  return verifySignatures(stampedDigests(newest), signatures, context, issues) ? NO_ATTRIBUTES : null;
}

/** The second version signs the digests of each scheme apart, and its attributes. */
function verifySecond(
  body: Cursor,
  digests: ReadonlyMap<number, DigestsByKind>,
  context: StampContext,
  issues: IssueList,
): StampAttributes | null {
  const list = readTagged(takePrefixed(body), () =>
    issues.warning('SOURCE_STAMP_MALFORMED_SIGNATURE', 'a part of the stamp does not fit'),
  );
  if (list === null) return null;
  const stamped = new Map(list.map(({ id, value }) => [id, value]));
  for (const [scheme, byKind] of digests) {
    const signatures = stamped.get(scheme);
    if (signatures === undefined) {
      // Stamps made before v3.1 do not know it; v3 then stands for both.
      if (scheme === V31_SCHEME && stamped.has(3)) continue;
      issues.warning('SOURCE_STAMP_NO_SIGNATURE', `the stamp does not cover the v${scheme} signature`);
      return null;
    }
    if (!verifySignatures(stampedDigests(byKind), signatures, context, issues)) return null;
  }
  if (body.remaining === 0) return NO_ATTRIBUTES;
  const attributes = takePrefixed(body);
  const signatures = takePrefixed(body);
  if (body.truncated || !verifySignatures(attributes, signatures, context, issues)) return null;
  return readAttributes(attributes, context, issues);
}

/** Digests as a stamp signs them: for each its length, number of the kind, length, and value, in order of the numbers. */
export function stampedDigests(digests: DigestsByKind): Uint8Array {
  const out = new ByteWriter();
  const numbered = [...digests].map(([kind, value]) => ({ number: CONTENT_DIGEST_NUMBERS[kind], value }));
  for (const { number, value } of numbered.sort((a, b) => a.number - b.number))
    out.u32(value.length + 8, number, value.length).bytes(value);
  return out.finish();
}

function verifySignatures(data: Uint8Array, list: Uint8Array, context: StampContext, issues: IssueList): boolean {
  const items = readTagged(list, (index) =>
    issues.warning('SOURCE_STAMP_MALFORMED_SIGNATURE', `signature ${index} does not fit`),
  );
  if (items === null) return false;
  const supported: SupportedSignature[] = [];
  for (const { id, value } of items) {
    const algorithm = BLOCK_ALGORITHMS.get(id);
    if (algorithm === undefined) issues.warning('SOURCE_STAMP_UNKNOWN_SIG_ALGORITHM', hex(id, 4));
    else supported.push({ algorithm, signature: value });
  }
  if (supported.length === 0) {
    issues.warning('SOURCE_STAMP_NO_SIGNATURE', 'no signature of a known algorithm');
    return false;
  }
  const chosen = signaturesToVerify(supported, context, 'librarySdk');
  if (chosen === null) {
    issues.warning('SOURCE_STAMP_NO_SUPPORTED_SIGNATURE', 'none that the oldest platform knows');
    return false;
  }
  const { publicKey } = context.certificate;
  for (const { algorithm, signature } of chosen) {
    const holds = verifyWithMethod(context.host, algorithm, { publicKey, data, signature });
    if (holds === true) continue;
    const code = holds === null ? 'SOURCE_STAMP_VERIFY_EXCEPTION' : 'SOURCE_STAMP_DID_NOT_VERIFY';
    issues.warning(code, `${algorithm.name} ${holds === null ? 'cannot be checked' : 'does not hold'}`);
    return false;
  }
  return true;
}

function readAttributes(bytes: Uint8Array, context: StampContext, issues: IssueList): StampAttributes {
  const outer = new Cursor(bytes);
  const list = new Cursor(takePrefixed(outer));
  let { timestampSeconds, lineage } = NO_ATTRIBUTES;
  if (outer.truncated) issues.warning('SOURCE_STAMP_MALFORMED_SIGNATURE', 'the attributes do not fit');
  for (let index = 1; list.remaining > 0; index++) {
    const attribute = new Cursor(takePrefixed(list));
    const id = attribute.u32();
    const value = attribute.take(attribute.remaining);
    if (list.truncated || attribute.truncated || (id === STAMP_TIME && value.length < 8)) {
      issues.warning('SOURCE_STAMP_MALFORMED_ATTRIBUTE', `attribute ${index} does not fit`);
      break;
    }
    if (id === PROOF_OF_ROTATION) lineage = stampLineage(value, context, issues);
    else if (id === STAMP_TIME) {
      const seconds = new Cursor(value).u64();
      // Beyond the largest signed number it is negative.
      if (seconds > 0 && seconds < 2 ** 63) timestampSeconds = seconds;
      else issues.warning('SOURCE_STAMP_INVALID_TIMESTAMP', String(seconds));
    } else issues.warning('SOURCE_STAMP_UNKNOWN_ATTRIBUTE', hex(id, 8));
  }
  return { timestampSeconds, lineage };
}

function stampLineage(value: Uint8Array, { certificate, host }: StampContext, issues: IssueList): Lineage {
  const { lineage, fault } = readLineage(value, host);
  if (fault === 'malformed') issues.warning('SOURCE_STAMP_MALFORMED_LINEAGE', 'the lineage cannot be read');
  else if (fault === 'signature')
    issues.warning('SOURCE_STAMP_POR_DID_NOT_VERIFY', 'a key in the lineage did not sign for the next');
  else if (fault === 'version') issues.warning('SOURCE_STAMP_POR_CERT_MISMATCH', 'a lineage of an unknown version');
  else if (lineage.nodes.at(-1)?.certificate.sha256 !== certificate.sha256)
    issues.warning('SOURCE_STAMP_POR_CERT_MISMATCH', "the lineage does not end with the stamp's certificate");
  return lineage;
}
