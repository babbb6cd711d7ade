import { Cursor, hex } from '@vedette/bytes';
import { type Certificate, readCertificate } from '../x509/read-certificate.ts';
import { sameKey } from '../x509/same-key.ts';
import { verifyWithMethod } from '../x509/signature-methods.ts';
import type { IssueList } from './apk-issue.ts';
import type { Lineage } from './lineage.ts';
import { readTagged, type TaggedItem, takePrefixed } from './prefixed.ts';
import type { SchemeSigner } from './scheme-result.ts';
import {
  BLOCK_ALGORITHMS,
  type ContentDigestKind,
  type SupportedSignature,
  signaturesToVerify,
} from './signature-algorithms.ts';
import { readSignerAttributes } from './signer-attributes.ts';
import type { BlockSchemeContext } from './verify-block-scheme.ts';

/** A signer of a v2, v3 or v3.1 block. */
export interface BlockSigner extends SchemeSigner {
  readonly scheme: 'v2' | 'v3' | 'v3.1';
  /** The digests that a signature vouches for. */
  readonly verifiedKinds: readonly { readonly kind: ContentDigestKind; readonly value: Uint8Array }[];
  /** Its parts do not fit: nothing behind it can be found. */
  readonly malformed: boolean;
  readonly targetsDevRelease: boolean;
}

export interface SignerRecord {
  readonly scheme: 'v2' | 'v3' | 'v3.1';
  readonly name: string;
  readonly record: Uint8Array;
}

const MAX_CERTIFICATES = 100;

/**
 * Verifies one signer in the order of the specification's "Verification" section, all but the digests of the content.
 * What can be read of a signer that fails is given all the same: who it claims to be is worth knowing.
 */
export function verifyBlockSigner(
  { scheme, name, record }: SignerRecord,
  context: BlockSchemeContext,
  issues: IssueList,
): BlockSigner {
  const { host } = context;
  const prefix = scheme === 'v2' ? 'V2' : 'V3';
  const errorsBefore = issues.errorCount;
  const cursor = new Cursor(record);
  const signed = takePrefixed(cursor);
  const sdkRange = scheme === 'v2' ? null : { min: cursor.i32(), max: cursor.i32() };
  const signatureList = takePrefixed(cursor);
  const publicKey = takePrefixed(cursor);
  const parts = signedParts(signed, scheme);
  const certificates = parts.certificates.flatMap((der) => readCertificate(der, host).value ?? []);
  const base = {
    scheme,
    name,
    certificate: certificates[0] ?? null,
    certificates,
    sdkRange,
    lineage: null,
    contentDigests: [],
    verifiedKinds: [],
    malformed: false,
    targetsDevRelease: false,
  };
  if (cursor.truncated) {
    issues.error(`${prefix}_SIG_MALFORMED_SIGNER`, 'a part of the signer does not fit', name);
    return { ...base, verified: 'failed', malformed: true };
  }
  if (sdkRange !== null && (sdkRange.min < 0 || sdkRange.min > sdkRange.max)) {
    issues.error('V3_SIG_INVALID_SDK_VERSIONS', `for platforms ${sdkRange.min} to ${sdkRange.max}`, name);
  }
  const outcome = verifySignatures(
    { scheme, name, signed, signatureList, publicKey },
    { ...context, sdkRange },
    issues,
  );
  if (outcome.verified !== 'verified') return { ...base, verified: outcome.verified };

  // "At least one signature over signed-data verified": now what it says may be believed.
  if (parts.malformed) {
    issues.error(`${prefix}_SIG_MALFORMED_SIGNER`, 'a part of what is signed does not fit', name);
    return { ...base, verified: 'failed', malformed: true };
  }
  const failed = (): BlockSigner => ({ ...base, verified: 'failed' });
  if (!checkSigned({ parts, certificates, publicKey, sdkRange, scheme, name }, issues)) return failed();
  const contentDigests = readTagged(parts.digests, (index) =>
    issues.error(`${prefix}_SIG_MALFORMED_DIGEST`, `digest ${index} does not fit`, name),
  );
  if (contentDigests === null) return failed();
  if (outcome.ids.join() !== contentDigests.map(({ id }) => id).join()) {
    const code = `${prefix}_SIG_SIG_ALG_MISMATCH_BETWEEN_SIGNATURES_AND_DIGESTS_RECORDS` as const;
    const listed = (ids: readonly number[]): string => ids.map((id) => hex(id, 4)).join(', ') || 'none';
    issues.error(
      code,
      `signatures: ${listed(outcome.ids)}; digests: ${listed(contentDigests.map(({ id }) => id))}`,
      name,
    );
    return failed();
  }
  const attributes = readSignerAttributes(
    { scheme, name, certificate: base.certificate, bytes: parts.attributes },
    context,
    issues,
  );
  const kinds = new Set(outcome.kinds);
  const verifiedKinds = contentDigests.flatMap(({ id, value }) => {
    const kind = BLOCK_ALGORITHMS.get(id)?.digest;
    return kind !== undefined && kinds.has(kind) ? [{ kind, value }] : [];
  });
  const lineage: Lineage | null = attributes.lineage;
  const verified = issues.errorCount > errorsBefore ? 'failed' : 'verified';
  const { targetsDevRelease } = attributes;
  return { ...base, lineage, contentDigests, verifiedKinds, targetsDevRelease, verified };
}

interface SignedParts {
  readonly digests: Uint8Array;
  readonly certificates: readonly Uint8Array[];
  readonly sdkRange: { readonly min: number; readonly max: number } | null;
  readonly attributes: Uint8Array;
  readonly malformed: boolean;
}

function signedParts(signed: Uint8Array, scheme: SignerRecord['scheme']): SignedParts {
  const cursor = new Cursor(signed);
  const digests = takePrefixed(cursor);
  const chain = new Cursor(takePrefixed(cursor));
  const sdkRange = scheme === 'v2' ? null : { min: cursor.i32(), max: cursor.i32() };
  const attributes = takePrefixed(cursor);
  const certificates: Uint8Array[] = [];
  while (chain.remaining > 0 && certificates.length < MAX_CERTIFICATES) {
    const der = takePrefixed(chain);
    if (!chain.truncated) certificates.push(der);
  }
  return { digests, certificates, sdkRange, attributes, malformed: cursor.truncated || chain.truncated };
}

interface SignatureParts {
  readonly scheme: SignerRecord['scheme'];
  readonly name: string;
  readonly signed: Uint8Array;
  readonly signatureList: Uint8Array;
  readonly publicKey: Uint8Array;
}

type SignatureOutcome =
  | { readonly verified: 'verified'; readonly ids: readonly number[]; readonly kinds: readonly ContentDigestKind[] }
  | { readonly verified: 'failed' | 'not-checked' };

function verifySignatures(
  { scheme, name, signed, signatureList, publicKey }: SignatureParts,
  context: BlockSchemeContext & Pick<SchemeSigner, 'sdkRange'>,
  issues: IssueList,
): SignatureOutcome {
  const prefix = scheme === 'v2' ? 'V2' : 'V3';
  const items: readonly TaggedItem[] | null = readTagged(signatureList, (index) =>
    issues.error(`${prefix}_SIG_MALFORMED_SIGNATURE`, `signature ${index} does not fit`, name),
  );
  if (items === null) return { verified: 'failed' };
  if (items.length === 0) {
    issues.error(`${prefix}_SIG_NO_SIGNATURES`, 'the signer has no signature', name);
    return { verified: 'failed' };
  }
  const supported: SupportedSignature[] = [];
  for (const { id, value } of items) {
    const algorithm = BLOCK_ALGORITHMS.get(id);
    if (algorithm === undefined) issues.warning(`${prefix}_SIG_UNKNOWN_SIG_ALGORITHM`, hex(id, 4), name);
    else supported.push({ algorithm, signature: value });
  }
  // A v3 signer need only satisfy the platforms it says it is for.
  const range = context.sdkRange === null ? context : { minSdk: context.sdkRange.min, maxSdk: context.sdkRange.max };
  const chosen = signaturesToVerify(supported, range);
  if (chosen === null) {
    const names = items.map(({ id }) => hex(id, 4)).join(', ');
    issues.error(`${prefix}_SIG_NO_SUPPORTED_SIGNATURES`, `none that the oldest platform knows: ${names}`, name);
    return { verified: 'failed' };
  }
  for (const { algorithm, signature } of chosen) {
    if (context.host.signatures === undefined) {
      issues.error('UNEXPECTED_EXCEPTION', 'this host cannot verify signatures', name);
      return { verified: 'not-checked' };
    }
    const holds = verifyWithMethod(context.host, algorithm, { publicKey, data: signed, signature });
    if (holds === null) {
      issues.error(`${prefix}_SIG_MALFORMED_PUBLIC_KEY`, `not a key for ${algorithm.name}`, name);
      return { verified: 'not-checked' };
    }
    if (!holds) {
      issues.error(`${prefix}_SIG_DID_NOT_VERIFY`, `${algorithm.name} does not hold for what it signs`, name);
      return { verified: 'failed' };
    }
  }
  return {
    verified: 'verified',
    ids: items.map(({ id }) => id),
    kinds: chosen.map(({ algorithm }) => algorithm.digest),
  };
}

interface SignedFacts extends SignerRecordFacts {
  readonly parts: SignedParts;
  readonly certificates: readonly Certificate[];
  readonly publicKey: Uint8Array;
}

interface SignerRecordFacts {
  readonly scheme: SignerRecord['scheme'];
  readonly name: string;
  readonly sdkRange: SchemeSigner['sdkRange'];
}

/** The range of platforms and the certificates within what is signed. False ends the verification of this signer. */
function checkSigned(
  { parts, certificates, publicKey, sdkRange, scheme, name }: SignedFacts,
  issues: IssueList,
): boolean {
  const prefix = scheme === 'v2' ? 'V2' : 'V3';
  if (sdkRange !== null && parts.sdkRange !== null) {
    for (const [end, code] of [
      ['min', 'V3_MIN_SDK_VERSION_MISMATCH_BETWEEN_SIGNER_AND_SIGNED_DATA_RECORD'],
      ['max', 'V3_MAX_SDK_VERSION_MISMATCH_BETWEEN_SIGNER_AND_SIGNED_DATA_RECORD'],
    ] as const) {
      if (parts.sdkRange[end] !== sdkRange[end])
        issues.error(code, `${parts.sdkRange[end]} is signed, ${sdkRange[end]} stands outside`, name);
    }
  }
  if (certificates.length < parts.certificates.length) {
    issues.error(`${prefix}_SIG_MALFORMED_CERTIFICATE`, 'a certificate cannot be read', name);
    return false;
  }
  const [own] = certificates;
  if (own === undefined) {
    issues.error(`${prefix}_SIG_NO_CERTIFICATES`, 'the signer has no certificate', name);
    return false;
  }
  if (!sameKey(own.publicKey, publicKey)) {
    const code = `${prefix}_SIG_PUBLIC_KEY_MISMATCH_BETWEEN_CERTIFICATE_AND_SIGNATURES_RECORD` as const;
    issues.error(code, 'the certificate is of another key than the one that signed', name);
    return false;
  }
  return true;
}
