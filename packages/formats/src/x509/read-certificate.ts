/**
 * X.509 certificates (RFC 5280) of app signers, leniently: what is malformed is left empty and reported, the rest is
 * read. Of the extensions key usage, basic constraints and the subject key identifier are read; which others are there,
 * and critical, is listed. Deliberately not supported: any judgement about trust.
 */
import { createDiagnostics, type Diagnostics, type Host, toHex } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import { integerBits, oidText, timeText } from '../der/der-values.ts';
import {
  type DerNode,
  derBytes,
  derChildren,
  derContent,
  isContext,
  isUniversal,
  readDerNode,
  TAG_BIT_STRING,
  TAG_SEQUENCE,
} from '../der/read-der.ts';
import { CURVE_BITS, KEY_ALGORITHMS, SIGNATURE_ALGORITHMS } from './algorithms.ts';
import { type CertificateExtensions, readExtensions } from './certificate-extensions.ts';
import { distinguishedName } from './distinguished-name.ts';
import type { AlgorithmIdentifier } from './signature-methods.ts';

export interface Certificate {
  readonly der: Uint8Array;
  /** Of the whole DER, lower-case hex. */
  readonly sha256: string;
  /** SHA-1 of the same; null where the host has no digests but SHA-256. */
  readonly sha1: string | null;
  /** RFC 4514 text. */
  readonly subject: string;
  readonly issuer: string;
  /** The issuer's DER, for comparison. */
  readonly issuerDer: Uint8Array;
  readonly serialNumber: Uint8Array;
  /** `2026-01-31T12:00:00Z`; null when it cannot be read. */
  readonly notBefore: string | null;
  readonly notAfter: string | null;
  /** `RSA`, `EC`, `DSA`, or the object identifier. */
  readonly keyAlgorithm: string;
  readonly keyBits: number | null;
  /** E.g. `SHA256withRSA`, or the object identifier. */
  readonly signatureAlgorithm: string;
  /** SubjectPublicKeyInfo as DER. */
  readonly publicKey: Uint8Array;
  /** The subject's DER, for comparison. */
  readonly subjectDer: Uint8Array;
  readonly extensions: CertificateExtensions;
  /** What the issuer signed (TBSCertificate), how, and the signature itself: for `verifyCertificateSignature`. */
  readonly signed: Uint8Array;
  readonly signatureAlgorithmIdentifier: AlgorithmIdentifier;
  readonly signature: Uint8Array;
}

const NOTHING = new Uint8Array(0);

/** Reads a certificate. The value is null when the bytes have not even its outer shape. */
export function readCertificate(bytes: Uint8Array, host: Host): Parsed<Certificate | null> {
  const diagnostics = createDiagnostics();
  const outer = readDerNode(bytes);
  const [tbs, signature, value] = outer === null ? [] : derChildren(outer);
  if (!isUniversal(outer ?? undefined, TAG_SEQUENCE) || !isUniversal(tbs, TAG_SEQUENCE)) {
    diagnostics.error('x509.malformed', 'the bytes are no certificate');
    return { value: null, diagnostics: diagnostics.list() };
  }
  if (outer?.whole === false) diagnostics.error('x509.truncated', 'the certificate is cut off');
  const fields = derChildren(tbs);
  // TBSCertificate: the version is optional and tagged [0]; the rest follows in fixed order.
  const [serial, , issuer, validity, subject, key] = isContext(fields[0], 0) ? fields.slice(1) : fields;
  const [notBefore, notAfter] = validity === undefined ? [] : derChildren(validity);
  const der = outer === null ? bytes : derBytes(outer);
  const certificate: Certificate = {
    der,
    sha256: toHex(host.sha256(der)),
    sha1: host.signatures === undefined ? null : toHex(host.signatures.digest('sha1', der)),
    subject: distinguishedName(subject),
    issuer: distinguishedName(issuer),
    issuerDer: issuer === undefined ? NOTHING : derBytes(issuer),
    serialNumber: serial === undefined ? NOTHING : derContent(serial),
    notBefore: timeText(notBefore),
    notAfter: timeText(notAfter),
    ...keyFacts(key, diagnostics),
    signatureAlgorithm: algorithmName(signature),
    subjectDer: subject === undefined ? NOTHING : derBytes(subject),
    extensions: readExtensions(fields.find((field) => isContext(field, 3))),
    signed: derBytes(tbs),
    signatureAlgorithmIdentifier: algorithmIdentifier(signature),
    signature: isUniversal(value, TAG_BIT_STRING) ? derContent(value).subarray(1) : NOTHING,
  };
  if (certificate.notBefore === null || certificate.notAfter === null)
    diagnostics.warning('x509.validity', 'the validity cannot be read');
  return { value: certificate, diagnostics: diagnostics.list() };
}

function algorithmIdentifier(node: DerNode | undefined): AlgorithmIdentifier {
  const [oid, parameters] = node === undefined ? [] : derChildren(node);
  return { oid: oidText(oid), parameters: parameters === undefined ? null : derBytes(parameters) };
}

function algorithmName(algorithm: DerNode | undefined): string {
  const oid = oidText(algorithm === undefined ? undefined : derChildren(algorithm)[0]);
  return SIGNATURE_ALGORITHMS[oid] ?? oid;
}

/** SubjectPublicKeyInfo (RFC 5280, 4.1.2.7; RFC 3279, 2.3 for the keys inside). */
function keyFacts(
  info: DerNode | undefined,
  diagnostics: Diagnostics,
): Pick<Certificate, 'keyAlgorithm' | 'keyBits' | 'publicKey'> {
  const [algorithm, key] = info === undefined ? [] : derChildren(info);
  const [oidNode, parameters] = algorithm === undefined ? [] : derChildren(algorithm);
  const oid = oidText(oidNode);
  const keyAlgorithm = KEY_ALGORITHMS[oid] ?? oid;
  const bits = keyBits(keyAlgorithm, key, parameters);
  if (bits === null)
    diagnostics.warning('x509.key', `the length of the ${keyAlgorithm || 'public'} key cannot be read`);
  return { keyAlgorithm, keyBits: bits, publicKey: info === undefined ? NOTHING : derBytes(info) };
}

function keyBits(algorithm: string, key: DerNode | undefined, parameters: DerNode | undefined): number | null {
  switch (algorithm) {
    case 'RSA': {
      if (!isUniversal(key, TAG_BIT_STRING)) return null;
      const sequence = readDerNode(key.bytes, key.contentStart + 1, key.contentEnd);
      return bits(sequence === null ? undefined : derChildren(sequence)[0]);
    }
    case 'DSA':
      return bits(parameters === undefined ? undefined : derChildren(parameters)[0]);
    case 'EC': {
      const named = CURVE_BITS[oidText(parameters)];
      if (named !== undefined) return named;
      // Explicit parameters: the prime of the field is the second part of the second part.
      const field = parameters === undefined ? undefined : derChildren(parameters)[1];
      return bits(field === undefined ? undefined : derChildren(field)[1]);
    }
    case 'Ed25519':
      return 256;
    case 'Ed448':
      return 456;
    default:
      return null;
  }
}

/** Null for a missing number and for zero, which is no key. */
function bits(number: DerNode | undefined): number | null {
  return number === undefined ? null : integerBits(number) || null;
}
