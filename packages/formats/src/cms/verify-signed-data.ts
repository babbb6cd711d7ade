/** Verification of CMS SignedData (RFC 5652, 5.4 and 5.6). It says who signed, not whether that signer is to be trusted. */
import type { HashAlgorithm, Host } from '@vedette/bytes';
import { oidText, timeText } from '../der/der-values.ts';
import { derSet } from '../der/der-writer.ts';
import {
  type DerNode,
  derBytes,
  derChildren,
  isUniversal,
  octets,
  readDerNode,
  TAG_OCTET_STRING,
} from '../der/read-der.ts';
import type { Certificate } from '../x509/read-certificate.ts';
import { DIGEST_ALGORITHMS, signatureMethod, verifyWithMethod } from '../x509/signature-methods.ts';
import type { SignedData, SignedDataSigner } from './read-signed-data.ts';

const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_TIME = '1.2.840.113549.1.9.5';

/**
 * Why a signer is not verified. `not-checked` goes with `no-content`, `algorithm`, `key` and `host`; all others are
 * failures: `no-certificate` the certificate is not in the block, `content-type` and `message-digest` an attribute is
 * missing, there several times, or says something else than the content, `signature` it does not hold.
 */
export type SignerFault =
  | 'no-content'
  | 'algorithm'
  | 'key'
  | 'host'
  | 'no-certificate'
  | 'content-type'
  | 'message-digest'
  | 'signature';

export interface SignerVerification {
  readonly signer: SignedDataSigner;
  readonly certificate: Certificate | null;
  readonly verified: 'verified' | 'failed' | 'not-checked';
  /** Null when verified. */
  readonly fault: SignerFault | null;
  /** Hash of the content digest; null for one that is not supported. */
  readonly hash: HashAlgorithm | null;
  /** From the signed attributes, `2026-01-31T12:00:00Z`; null without. The signer's claim. */
  readonly signingTime: string | null;
}

/**
 * Verifies each signer of a block over its content.
 *
 * Shapes: one answer per signer, in the block's order. With signed attributes, exactly one content type and one message
 * digest are demanded, and the digest must be that of the content (RFC 5652, 11.1 and 11.2); the signature is checked
 * over the attributes as they stand, the tag `[0]` replaced by SET OF, and if that fails in the order of DER (RFC 5652,
 * 5.4). Without, it is checked over the content. No certificate chain, validity or purpose is judged.
 *
 * @param content what was signed, where it is not attached; null takes `signedData.content`. Given both, this one counts
 */
export function verifySignedData(
  signedData: SignedData,
  content: Uint8Array | null,
  host: Host,
): readonly SignerVerification[] {
  const signed = content ?? signedData.content;
  return signedData.signers.map((signer) => {
    const fault = faultOf(signer, { contentType: signedData.contentType, signed, host });
    const soft = fault === 'no-content' || fault === 'algorithm' || fault === 'key' || fault === 'host';
    return {
      signer,
      certificate: signer.certificate,
      verified: fault === null ? 'verified' : soft ? 'not-checked' : 'failed',
      fault,
      hash: DIGEST_ALGORITHMS.get(signer.digestAlgorithm) ?? null,
      signingTime: signingTime(signer),
    };
  });
}

interface Signed {
  readonly contentType: string;
  readonly signed: Uint8Array | null;
  readonly host: Host;
}

function faultOf(signer: SignedDataSigner, { contentType, signed, host }: Signed): SignerFault | null {
  if (host.signatures === undefined) return 'host';
  if (signer.certificate === null) return 'no-certificate';
  if (signed === null) return 'no-content';
  const hash = DIGEST_ALGORITHMS.get(signer.digestAlgorithm);
  const scheme = signatureMethod(signer.signatureAlgorithmIdentifier, signer.digestAlgorithm);
  if (hash === undefined || scheme === null) return 'algorithm';
  let data = signed;
  if (signer.signedAttributes !== null) {
    if (oidText(singleValue(signer, CONTENT_TYPE)) !== contentType) return 'content-type';
    const digest = singleValue(signer, MESSAGE_DIGEST);
    if (!isUniversal(digest, TAG_OCTET_STRING)) return 'message-digest';
    if (!equalBytes(octets(digest), host.signatures.digest(hash, signed))) return 'message-digest';
    data = attributesAsSet(signer.signedAttributes);
  }
  const { publicKey } = signer.certificate;
  const { signature } = signer;
  let holds = verifyWithMethod(host, scheme, { publicKey, data, signature });
  if (holds === false && signer.signedAttributes !== null) {
    holds = verifyWithMethod(host, scheme, { publicKey, data: sortedAttributes(signer.signedAttributes), signature });
  }
  return holds === null ? 'key' : holds ? null : 'signature';
}

/** What the signature over signed attributes covers: their encoding with the tag of SET OF in place of `[0]`. */
export function attributesAsSet(signedAttributes: Uint8Array): Uint8Array {
  const data = new Uint8Array(signedAttributes);
  data[0] = 0x31;
  return data;
}

/** The same with the attributes in the order of DER (X.690, 11.6): by their encodings. */
function sortedAttributes(signedAttributes: Uint8Array): Uint8Array {
  const node = readDerNode(signedAttributes);
  const parts = node === null ? [] : derChildren(node).map(derBytes);
  return derSet(...parts.sort(compareBytes));
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((byte, index) => byte !== b[index]);
  return at < 0 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? -1);
}

/** The only value of the only attribute of this type: several of either leave it open which one was meant. */
function singleValue(signer: SignedDataSigner, type: string): DerNode | undefined {
  const [attribute, ...more] = signer.attributes.filter((candidate) => candidate.type === type);
  const [value, ...others] = attribute?.values ?? [];
  if (value === undefined || more.length > 0 || others.length > 0) return undefined;
  return readDerNode(value) ?? undefined;
}

function signingTime(signer: SignedDataSigner): string | null {
  return timeText(singleValue(signer, SIGNING_TIME));
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
