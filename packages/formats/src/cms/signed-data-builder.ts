import { der, derContext, derInteger, derNull, derOctets, derOid, derSequence, derSet } from '../der/der-writer.ts';
import { derBytes, derChildren, derContent, isContext, readDerNode } from '../der/read-der.ts';

export interface SignedDataSpec {
  /** DER of the certificates in the block; the first is the signer's unless `signers` says otherwise. */
  readonly certificates: readonly Uint8Array[];
  /** Attached content. */
  readonly content?: Uint8Array;
  /** Object identifier; default plain data. */
  readonly contentType?: string;
  readonly signers: readonly SignerInfoSpec[];
}

export interface SignerInfoSpec {
  /** Whose issuer and serial number are named. */
  readonly certificate: Uint8Array;
  /** Names the certificate by its subject key identifier instead. */
  readonly keyId?: Uint8Array;
  /** Object identifiers; default SHA-256 and RSA. */
  readonly digestAlgorithm?: string;
  readonly signatureAlgorithm?: string;
  /** DER of the parameters of the signature algorithm; default NULL. */
  readonly signatureParameters?: Uint8Array;
  /** Signed attributes as type and DER of values, in this order; without them the content is signed directly. */
  readonly attributes?: readonly (readonly [type: string, ...values: Uint8Array[]])[];
  /** What goes into the signature: of the content, or with attributes of their DER as SET OF. Default a row of zeros. */
  readonly signature?: Uint8Array | ((signedAttributes: Uint8Array) => Uint8Array);
}

export const SHA256_OID = '2.16.840.1.101.3.4.2.1';
const RSA_OID = '1.2.840.113549.1.1.1';
const DATA = '1.2.840.113549.1.7.1';

/** Writes CMS SignedData (RFC 5652, 5.1) within its ContentInfo. */
export function buildSignedData(spec: SignedDataSpec): Uint8Array {
  const digests = spec.signers.map(({ digestAlgorithm = SHA256_OID }) =>
    derSequence(derOid(digestAlgorithm), derNull()),
  );
  const content = spec.content === undefined ? [] : [derContext(0, derOctets(spec.content))];
  const signedData = derSequence(
    derInteger(1),
    derSet(...digests),
    derSequence(derOid(spec.contentType ?? DATA), ...content),
    derContext(0, ...spec.certificates),
    derSet(...spec.signers.map(signerInfo)),
  );
  return derSequence(derOid('1.2.840.113549.1.7.2'), derContext(0, signedData));
}

function signerInfo(spec: SignerInfoSpec): Uint8Array {
  const { attributes, signature, keyId } = spec;
  const encoded = (attributes ?? []).map(([type, ...values]) => derSequence(derOid(type), derSet(...values)));
  const bytes = typeof signature === 'function' ? signature(derSet(...encoded)) : (signature ?? new Uint8Array(256));
  return derSequence(
    derInteger(keyId === undefined ? 1 : 3),
    keyId === undefined ? derSequence(...issuerAndSerial(spec.certificate)) : der(0x80, keyId),
    derSequence(derOid(spec.digestAlgorithm ?? SHA256_OID), derNull()),
    ...(attributes === undefined ? [] : [derContext(0, ...encoded)]),
    derSequence(derOid(spec.signatureAlgorithm ?? RSA_OID), spec.signatureParameters ?? derNull()),
    derOctets(bytes),
  );
}

/** Issuer and serial number of a certificate as DER, for those who name it. */
export function issuerAndSerial(certificate: Uint8Array): [issuer: Uint8Array, serial: Uint8Array] {
  const outer = readDerNode(certificate);
  const tbs = outer === null ? undefined : derChildren(outer)[0];
  const fields = tbs === undefined ? [] : derChildren(tbs);
  const [serial, , issuer] = isContext(fields[0], 0) ? fields.slice(1) : fields;
  if (issuer === undefined || serial === undefined)
    throw new Error('the certificate has no issuer: give one that can be read');
  return [derBytes(issuer), derInteger(derContent(serial))];
}

/** DER of the two attributes that every signer with attributes must have (RFC 5652, 5.3). */
export function standardAttributes(
  messageDigest: Uint8Array,
  contentType = DATA,
): readonly (readonly [type: string, ...values: Uint8Array[]])[] {
  return [
    ['1.2.840.113549.1.9.3', derOid(contentType)],
    ['1.2.840.113549.1.9.4', derOctets(messageDigest)],
  ];
}
