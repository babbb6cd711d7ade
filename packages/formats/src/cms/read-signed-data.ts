/**
 * CMS SignedData (RFC 5652, section 5) as in the signature blocks of JAR signing: certificates and signers.
 * Deliberately not supported: encapsulated content, attribute certificates, revocation lists, verification.
 */
import { createDiagnostics, type Host } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import { oidText } from '../der/der-values.ts';
import {
  type DerNode,
  derBytes,
  derChildren,
  derContent,
  isContext,
  isUniversal,
  readDerNode,
  TAG_OCTET_STRING,
  TAG_SEQUENCE,
  TAG_SET,
} from '../der/read-der.ts';
import { type Certificate, readCertificate } from '../x509/read-certificate.ts';

export interface SignedDataSigner {
  /** The certificate that issuer and serial number name; null when it is not in the block. */
  readonly certificate: Certificate | null;
  /** Object identifiers. */
  readonly digestAlgorithm: string;
  readonly signatureAlgorithm: string;
  /** DER of the signed attributes, with the tag `[0]` as it stands there; null without any. */
  readonly signedAttributes: Uint8Array | null;
  readonly signature: Uint8Array;
}

export interface SignedData {
  readonly certificates: readonly Certificate[];
  readonly signers: readonly SignedDataSigner[];
}

const SIGNED_DATA = '1.2.840.113549.1.7.2';
/** JAR signing knows one signer per block; the platform looks at no more than ten (apksig: MAX_APK_SIGNERS). */
const MAX_SIGNERS = 10;
const MAX_CERTIFICATES = 64;

/** Reads a signature block. The value is null when it is no SignedData. */
export function readSignedData(bytes: Uint8Array, host: Host): Parsed<SignedData | null> {
  const diagnostics = createDiagnostics();
  const outer = readDerNode(bytes);
  const [type, wrapper] = outer === null ? [] : derChildren(outer);
  const body = wrapper === undefined ? undefined : derChildren(wrapper)[0];
  if (oidText(type) !== SIGNED_DATA || !isUniversal(body, TAG_SEQUENCE)) {
    diagnostics.error('cms.malformed', 'the bytes are no CMS SignedData');
    return { value: null, diagnostics: diagnostics.list() };
  }
  if (outer?.whole === false) diagnostics.error('cms.truncated', 'the block is cut off');
  const fields = derChildren(body);
  const certificateSet = fields.find((field) => isContext(field, 0));
  const certificates: Certificate[] = [];
  for (const node of (certificateSet === undefined ? [] : derChildren(certificateSet)).slice(0, MAX_CERTIFICATES)) {
    const certificate = readCertificate(derBytes(node), host);
    diagnostics.addAll(certificate.diagnostics);
    if (certificate.value !== null) certificates.push(certificate.value);
  }
  // Two SETs: the digest algorithms come first, the signers last.
  const signerSet = fields.findLast((field) => isUniversal(field, TAG_SET));
  const signerNodes = signerSet === undefined ? [] : derChildren(signerSet);
  if (signerNodes.length === 0) diagnostics.error('cms.no-signer', 'the block names no signer');
  if (signerNodes.length > MAX_SIGNERS) {
    diagnostics.warning('cms.signers', `${signerNodes.length} signers; the first ${MAX_SIGNERS} are read`);
  }
  const signers = signerNodes.slice(0, MAX_SIGNERS).map((node) => signerInfo(node, certificates));
  return { value: { certificates, signers }, diagnostics: diagnostics.list() };
}

/** SignerInfo (RFC 5652, 5.3). */
function signerInfo(node: DerNode, certificates: readonly Certificate[]): SignedDataSigner {
  const [, identifier, digest, ...rest] = derChildren(node);
  const attributes = rest.find((field) => isContext(field, 0));
  const algorithm = rest.find((field) => isUniversal(field, TAG_SEQUENCE));
  const signature = rest.find((field) => isUniversal(field, TAG_OCTET_STRING));
  return {
    certificate: namedCertificate(identifier, certificates),
    digestAlgorithm: oidOf(digest),
    signatureAlgorithm: oidOf(algorithm),
    signedAttributes: attributes === undefined ? null : derBytes(attributes),
    signature: signature === undefined ? new Uint8Array(0) : derContent(signature),
  };
}

/** The object identifier of an AlgorithmIdentifier. */
function oidOf(algorithm: DerNode | undefined): string {
  return oidText(algorithm === undefined ? undefined : derChildren(algorithm)[0]);
}

function namedCertificate(identifier: DerNode | undefined, certificates: readonly Certificate[]): Certificate | null {
  const [issuer, serial] = identifier === undefined ? [] : derChildren(identifier);
  if (issuer === undefined || serial === undefined) return null;
  const issuerDer = derBytes(issuer);
  const number = derContent(serial);
  return (
    certificates.find(
      (certificate) => equalBytes(certificate.issuerDer, issuerDer) && equalBytes(certificate.serialNumber, number),
    ) ?? null
  );
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
