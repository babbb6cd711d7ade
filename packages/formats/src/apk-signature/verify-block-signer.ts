import { type Host, hex, type SignatureRequest, u32At } from '@vedette/bytes';
import type { Certificate } from '../x509/read-certificate.ts';
import type { ContentDigests, DigestHash } from './content-digest.ts';
import { lengthPrefixed } from './signing-block.ts';

export type Verification = 'verified' | 'failed' | 'not-checked';

/** What verification of one signer came to; `reason` is the last part of the diagnostic's id. */
export type Verdict =
  | { readonly verified: 'verified' }
  | { readonly verified: 'failed' | 'not-checked'; readonly reason: string; readonly message: string };

interface Algorithm {
  readonly algorithm: SignatureRequest['algorithm'];
  readonly hash: DigestHash;
}

/** "APK Signature Scheme v2", "Signature Algorithm IDs"; stronger ones first, as apksig prefers them. */
const ALGORITHMS: ReadonlyMap<number, Algorithm> = new Map([
  [0x0102, { algorithm: 'rsa-pss', hash: 'sha512' }],
  [0x0104, { algorithm: 'rsa-pkcs1', hash: 'sha512' }],
  [0x0202, { algorithm: 'ecdsa', hash: 'sha512' }],
  [0x0101, { algorithm: 'rsa-pss', hash: 'sha256' }],
  [0x0103, { algorithm: 'rsa-pkcs1', hash: 'sha256' }],
  [0x0201, { algorithm: 'ecdsa', hash: 'sha256' }],
  [0x0301, { algorithm: 'dsa', hash: 'sha256' }],
]);
/** Digests of these are the root of a verity tree, which is not computed. */
const VERITY_ALGORITHMS: readonly number[] = [0x0421, 0x0423, 0x0425];

export interface BlockSigner {
  /** The whole signer record. */
  readonly record: Uint8Array;
  /** Its signed part, without the length. */
  readonly signed: Uint8Array;
  readonly certificate: Certificate;
  /** v3 and later: the range of platform versions stands in both parts. */
  readonly hasSdkRange: boolean;
}

interface TaggedBytes {
  readonly id: number;
  readonly value: Uint8Array;
}

/** Verifies one signer of a v2, v3 or v3.1 block, in the order of the specification's "Verification" section. */
export function verifyBlockSigner(signer: BlockSigner, digests: ContentDigests, host: Host): Verdict {
  const { record, signed, certificate, hasSdkRange } = signer;
  const verifier = host.signatures;
  if (verifier === undefined) return notChecked('verify.host', 'this host cannot verify signatures');

  const behindRange = 4 + signed.length + (hasSdkRange ? 8 : 0);
  const [signatureList, publicKey] = lengthPrefixed(record.subarray(behindRange), 2);
  const [digestList, certificateList] = lengthPrefixed(signed, 2);
  if (
    signatureList === undefined ||
    publicKey === undefined ||
    digestList === undefined ||
    certificateList === undefined
  ) {
    return failed('verify.malformed', 'a part of the signer is missing');
  }
  const signatures = tagged(signatureList);
  const contentDigests = tagged(digestList);
  const chosen = [...ALGORITHMS].find(([id]) => signatures.some((signature) => signature.id === id));
  if (chosen === undefined) {
    const names = signatures.map(({ id }) => hex(id, 4)).join(', ') || 'none';
    return signatures.some(({ id }) => VERITY_ALGORITHMS.includes(id))
      ? notChecked('verify.algorithm', `only verity signatures (${names}), which are not verified yet`)
      : failed('verify.algorithm', `no signature of a known algorithm (${names}): the platform refuses the file`);
  }
  const [id, { algorithm, hash }] = chosen;
  const signature = signatures.find((candidate) => candidate.id === id)?.value ?? new Uint8Array(0);
  const holds = verifier.verify({ algorithm, hash, publicKey, data: signed, signature });
  if (holds === null) return notChecked('verify.key', 'the public key cannot be used on this host');
  if (!holds) return failed('verify.signature', 'the signature does not hold for what it signs');

  // "Verify that the ordered list of signature algorithm IDs in digests and signatures is identical."
  if (signatures.map((item) => item.id).join() !== contentDigests.map((item) => item.id).join()) {
    return failed('verify.algorithm-lists', 'digests and signatures name different algorithms');
  }
  if (hasSdkRange && !sameSdkRange(record, signed, certificateList, digestList)) {
    return failed('verify.sdk-range', 'the signed range of platform versions differs from the one outside');
  }
  const content = digests.get(hash);
  if (content === null) return notChecked('verify.content', 'the content cannot be digested as the platform does');
  const claimed = contentDigests.find((item) => item.id === id)?.value ?? new Uint8Array(0);
  if (!equal(content, claimed)) return failed('verify.digest', 'the file was changed after signing');
  if (!equal(certificate.publicKey, publicKey)) {
    return failed('verify.public-key', 'the certificate is of another key than the one that signed');
  }
  return { verified: 'verified' };
}

function tagged(list: Uint8Array): TaggedBytes[] {
  return lengthPrefixed(list).map((item) => ({
    id: u32At(item, 0),
    value: lengthPrefixed(item.subarray(4), 1)[0] ?? new Uint8Array(0),
  }));
}

/** In the signed part the range stands behind digests and certificates. */
function sameSdkRange(record: Uint8Array, signed: Uint8Array, certificates: Uint8Array, digests: Uint8Array): boolean {
  const inside = 8 + digests.length + certificates.length;
  const outside = 4 + signed.length;
  return u32At(signed, inside) === u32At(record, outside) && u32At(signed, inside + 4) === u32At(record, outside + 4);
}

function failed(reason: string, message: string): Verdict {
  return { verified: 'failed', reason, message };
}

function notChecked(reason: string, message: string): Verdict {
  return { verified: 'not-checked', reason, message };
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
