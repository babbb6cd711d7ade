import type { HashAlgorithm, Host, SignatureRequest } from '@vedette/bytes';
import { oidText } from '../der/der-values.ts';
import { type DerNode, derChildren, derContent, isContext, readDerNode } from '../der/read-der.ts';
import { repairedKey } from './same-key.ts';

/** Digest algorithms of X.509 and CMS (RFC 3370, 2; RFC 5754, 2) by object identifier. */
export const DIGEST_ALGORITHMS: ReadonlyMap<string, HashAlgorithm> = new Map([
  ['1.2.840.113549.2.5', 'md5'],
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.4', 'sha224'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
]);

/** A signature algorithm ready to be verified. */
export type SignatureMethod = Pick<SignatureRequest, 'algorithm' | 'hash' | 'saltLength'>;

const RSA_PSS = '1.2.840.113549.1.1.10';

/** By object identifier; the hash is null where the identifier names the kind of key alone (RFC 3370, 3). */
const SCHEMES: ReadonlyMap<string, readonly [SignatureRequest['algorithm'], HashAlgorithm | null]> = new Map([
  ['1.2.840.113549.1.1.1', ['rsa-pkcs1', null]],
  ['1.2.840.113549.1.1.4', ['rsa-pkcs1', 'md5']],
  ['1.2.840.113549.1.1.5', ['rsa-pkcs1', 'sha1']],
  ['1.2.840.113549.1.1.14', ['rsa-pkcs1', 'sha224']],
  ['1.2.840.113549.1.1.11', ['rsa-pkcs1', 'sha256']],
  ['1.2.840.113549.1.1.12', ['rsa-pkcs1', 'sha384']],
  ['1.2.840.113549.1.1.13', ['rsa-pkcs1', 'sha512']],
  ['1.2.840.10040.4.1', ['dsa', null]],
  ['1.2.840.10040.4.3', ['dsa', 'sha1']],
  ['2.16.840.1.101.3.4.3.1', ['dsa', 'sha224']],
  ['2.16.840.1.101.3.4.3.2', ['dsa', 'sha256']],
  ['2.16.840.1.101.3.4.3.3', ['dsa', 'sha384']],
  ['2.16.840.1.101.3.4.3.4', ['dsa', 'sha512']],
  ['1.2.840.10045.2.1', ['ecdsa', null]],
  ['1.2.840.10045.4.1', ['ecdsa', 'sha1']],
  ['1.2.840.10045.4.3.1', ['ecdsa', 'sha224']],
  ['1.2.840.10045.4.3.2', ['ecdsa', 'sha256']],
  ['1.2.840.10045.4.3.3', ['ecdsa', 'sha384']],
  ['1.2.840.10045.4.3.4', ['ecdsa', 'sha512']],
]);

export interface AlgorithmIdentifier {
  /** Object identifier, dotted; empty when it cannot be read. */
  readonly oid: string;
  /** DER of the parameters; null without any. */
  readonly parameters: Uint8Array | null;
}

/**
 * How a signature with this algorithm is verified; null for an algorithm that is not supported.
 *
 * @param digest object identifier of the digest algorithm named beside it (CMS), or null (X.509). It decides where the
 * signature algorithm names no hash; where it names another one, the signature algorithm's own counts
 */
export function signatureMethod(
  { oid, parameters }: AlgorithmIdentifier,
  digest: string | null,
): SignatureMethod | null {
  if (oid === RSA_PSS) return pssMethod(parameters);
  const found = SCHEMES.get(oid);
  if (found === undefined) return null;
  const [algorithm, named] = found;
  const hash = named ?? DIGEST_ALGORITHMS.get(digest ?? '');
  return hash === undefined ? null : { algorithm, hash };
}

const MGF1 = '1.2.840.113549.1.1.8';

/** RSASSA-PSS-params (RFC 4055, 3.1): [0] hash, [1] mask generation, [2] salt length; defaults SHA-1, MGF1 with SHA-1, 20. */
function pssMethod(parameters: Uint8Array | null): SignatureMethod | null {
  const node = parameters === null ? null : readDerNode(parameters);
  const fields = node === null ? [] : derChildren(node);
  const inside = (tag: number): DerNode | null => {
    const field = fields.find((candidate) => isContext(candidate, tag));
    return field === undefined ? null : (derChildren(field)[0] ?? null);
  };
  const hashOf = (identifier: DerNode | null): HashAlgorithm | undefined =>
    identifier === null ? 'sha1' : DIGEST_ALGORITHMS.get(oidText(derChildren(identifier)[0]));
  const hash = hashOf(inside(0));
  const mask = inside(1);
  const [maskOid, maskHash] = mask === null ? [] : derChildren(mask);
  if (mask !== null && oidText(maskOid) !== MGF1) return null;
  // Hosts take one hash for both; nobody is known to sign apps with two.
  if (hash === undefined || hashOf(maskHash ?? null) !== hash) return null;
  const salt = inside(2);
  const saltLength = salt === null ? 20 : derContent(salt).reduce((sum, byte) => sum * 256 + byte, 0);
  return saltLength > 512 ? null : { algorithm: 'rsa-pss', hash, saltLength };
}

/** Whether `signature` holds for `data`; null where the algorithm or key is not supported, or the host cannot verify. */
export function verifyWithMethod(
  host: Host,
  method: SignatureMethod | null,
  input: Pick<SignatureRequest, 'publicKey' | 'data' | 'signature'>,
): boolean | null {
  if (method === null || host.signatures === undefined) return null;
  const { algorithm, hash, saltLength } = method;
  const request = { algorithm, hash, ...(saltLength === undefined ? {} : { saltLength }), ...input };
  const holds = host.signatures.verify(request);
  const publicKey = holds === null ? repairedKey(input.publicKey) : null;
  return publicKey === null ? holds : host.signatures.verify({ ...request, publicKey });
}
