import type { Host } from '@vedette/bytes';
import {
  type Certificate,
  CLASS_CONTEXT,
  derBytes,
  derChildren,
  derContent,
  isStrictDer,
  isUniversal,
  readCertificate,
  readDerNode,
  TAG_BIT_STRING,
  TAG_SEQUENCE,
} from '@vedette/formats';
import { sameBytes } from './same-bytes.ts';

/** What one certificate of a chain may take. Those of platform vendors have 3 kB at most. */
const MAX_CERTIFICATE = 64 * 1024;

/**
 * Reads a certificate that carries an attestation: strict DER (X.690, 10) without a byte too many, the algorithm inside
 * and outside of the signed part equal (RFC 5280, 4.1.1.2), a validity that can be read. Readers of apps are lenient
 * because platforms are; a proof is what it is only in one form.
 * @returns null when it is anything else
 */
export function readStrictCertificate(der: Uint8Array, host: Host): Certificate | null {
  if (der.length > MAX_CERTIFICATE || !isStrictDer(der)) return null;
  const outer = readDerNode(der);
  const parts = outer === null ? [] : derChildren(outer);
  const [tbs, algorithm, signature] = parts;
  if (parts.length !== 3 || !isUniversal(tbs, TAG_SEQUENCE) || !isUniversal(algorithm, TAG_SEQUENCE)) return null;
  if (!isUniversal(signature, TAG_BIT_STRING) || derContent(signature)[0] !== 0) return null;
  // The version is left out where it is 1.
  const [first, second, third] = derChildren(tbs);
  const inner = first?.tagClass === CLASS_CONTEXT ? third : second;
  if (inner === undefined || !sameBytes(derBytes(inner), derBytes(algorithm))) return null;
  const { value } = readCertificate(der, host);
  return value === null || value.notBefore === null || value.notAfter === null ? null : value;
}
