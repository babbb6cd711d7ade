import type { Host } from '@vedette/bytes';
import {
  type Certificate,
  CLASS_CONTEXT,
  type DerNode,
  derBytes,
  derChildren,
  derContent,
  isContext,
  isUniversal,
  oidText,
  readDerNode,
  TAG_INTEGER,
  TAG_OCTET_STRING,
  TAG_OID,
  TAG_SEQUENCE,
  TAG_SET,
} from '@vedette/formats';
import { sameBytes } from '../same-bytes.ts';
import { readStrictCertificate } from '../strict-certificate.ts';

const SIGNED_DATA = '1.2.840.113549.1.7.2';
const DATA = '1.2.840.113549.1.7.1';
const SHA256 = '2.16.840.1.101.3.4.2.1';
const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2';
const TAG_NULL = 5;
const MAX_DEPTH = 16;

/**
 * Whether signed data has the one form that receipts of App Attest have (RFC 5652, section 5): version 1, SHA-256, plain content, one signer by issuer and serial, nothing unsigned beside
 * it, every length exact. A signature covers the content alone: without this, what is around it could be changed and the receipt would hold as before.
 * @returns its certificates; null where the form is another
 */
export function strictReceiptCertificates(bytes: Uint8Array, host: Host): readonly Certificate[] | null {
  const outer = readDerNode(bytes);
  if (outer === null || outer.end !== bytes.length || !isExact(outer, 0)) return null;
  const [type, wrapper, ...beside] = sequence(outer);
  const [body, ...more] = isContext(wrapper, 0) && wrapper.constructed ? derChildren(wrapper) : [];
  if (oidOf(type) !== SIGNED_DATA || body === undefined || more.length + beside.length > 0) return null;
  const [version, digests, content, bag, signers, ...rest] = sequence(body);
  if (!isOne(version) || !isContent(content) || rest.length > 0) return null;
  if (!isOnly(digests, (digest) => isAlgorithm(digest, SHA256))) return null;
  if (!isOnly(signers, isSigner) || !isContext(bag, 0) || !bag.constructed) return null;
  const certificates = derChildren(bag).map((node) => readStrictCertificate(derBytes(node), host));
  const known = certificates.filter((certificate) => certificate !== null);
  if (known.length !== certificates.length) return null;
  const [signer] = isUniversal(signers, TAG_SET) ? derChildren(signers) : [];
  const [, name] = signer === undefined ? [] : sequence(signer);
  const [issuer, serial] = name === undefined ? [] : sequence(name);
  const named =
    issuer !== undefined &&
    isUniversal(serial, TAG_INTEGER) &&
    known.some(
      (certificate) =>
        sameBytes(certificate.issuerDer, derBytes(issuer)) && sameBytes(certificate.serialNumber, derContent(serial)),
    );
  return named ? known : null;
}

/** Every value ends where its length says, and those inside fill it. */
function isExact(node: DerNode, depth: number): boolean {
  if (!node.whole || depth > MAX_DEPTH) return false;
  // All identifiers are of one byte. A length is of one too, or says how many follow; 0 stands for none, which a primitive value cannot have (X.690, 8.1.3).
  const first = node.bytes[node.start + 1] ?? 0;
  const more = first < 0x80 ? 0 : first & 0x7f;
  if (node.contentStart !== node.start + 2 + more || (first === 0x80 && !node.constructed)) return false;
  if (!node.constructed) return true;
  const children = derChildren(node);
  return (
    (children.at(-1)?.end ?? node.contentStart) === node.contentEnd &&
    children.every((child) => isExact(child, depth + 1))
  );
}

function sequence(node: DerNode | undefined): readonly DerNode[] {
  return isUniversal(node, TAG_SEQUENCE) && node.constructed ? derChildren(node) : [];
}

function isOnly(set: DerNode | undefined, is: (node: DerNode) => boolean): boolean {
  const [first, ...more] = isUniversal(set, TAG_SET) && set.constructed ? derChildren(set) : [];
  return first !== undefined && more.length === 0 && is(first);
}

function oidOf(node: DerNode | undefined): string | null {
  return isUniversal(node, TAG_OID) && !node.constructed ? oidText(node) : null;
}

function isOne(node: DerNode | undefined): boolean {
  return isUniversal(node, TAG_INTEGER) && !node.constructed && sameBytes(derContent(node), Uint8Array.of(1));
}

/** Parameters are left out, or NULL (RFC 5754, section 2; RFC 5758, 3.2). */
function isAlgorithm(node: DerNode | undefined, oid: string): boolean {
  const [name, parameters, ...more] = sequence(node);
  const empty =
    parameters === undefined ||
    (isUniversal(parameters, TAG_NULL) && !parameters.constructed && derContent(parameters).length === 0);
  return oidOf(name) === oid && empty && more.length === 0;
}

function isContent(node: DerNode | undefined): boolean {
  const [type, wrapper, ...more] = sequence(node);
  const [inner, ...others] = isContext(wrapper, 0) && wrapper.constructed ? derChildren(wrapper) : [];
  return (
    oidOf(type) === DATA && isUniversal(inner, TAG_OCTET_STRING) && isOctets(inner) && more.length + others.length === 0
  );
}

/** In one piece, or of pieces that are octets too (X.690, 8.7.3). */
function isOctets(node: DerNode): boolean {
  return !node.constructed || derChildren(node).every((part) => isUniversal(part, TAG_OCTET_STRING) && isOctets(part));
}

function isSigner(node: DerNode): boolean {
  const [version, name, digest, ...rest] = sequence(node);
  const [first] = rest;
  // The attributes are signed; their tag is not, so it must be the one that it is.
  const attributes = isContext(first, 0) && first.tagClass === CLASS_CONTEXT && first.constructed ? 1 : 0;
  const [algorithm, signature, ...more] = rest.slice(attributes);
  return (
    isOne(version) &&
    sequence(name).length === 2 &&
    isAlgorithm(digest, SHA256) &&
    isAlgorithm(algorithm, ECDSA_WITH_SHA256) &&
    isUniversal(signature, TAG_OCTET_STRING) &&
    !signature.constructed &&
    more.length === 0
  );
}
