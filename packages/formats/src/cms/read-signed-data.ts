/**
 * CMS SignedData (RFC 5652, section 5) as in JAR signatures, Apple code signatures and provisioning profiles:
 * certificates, content and signers with their attributes. BER with indefinite lengths is read too.
 * Deliberately not supported: attribute certificates, revocation lists, counter-signatures. `verifySignedData` verifies.
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
  octets,
  readDerNode,
  TAG_OCTET_STRING,
  TAG_SEQUENCE,
  TAG_SET,
} from '../der/read-der.ts';
import { sameName } from '../x509/distinguished-name.ts';
import { type Certificate, readCertificate } from '../x509/read-certificate.ts';
import type { AlgorithmIdentifier } from '../x509/signature-methods.ts';

/** How a signer names its certificate (RFC 5652, 5.3, SignerIdentifier). */
export type SignerIdentifier =
  | { readonly kind: 'issuer-serial'; readonly issuerDer: Uint8Array; readonly serialNumber: Uint8Array }
  | { readonly kind: 'key-id'; readonly keyId: Uint8Array }
  | { readonly kind: 'unreadable' };

export interface SignedAttribute {
  /** Object identifier of the attribute's type. */
  readonly type: string;
  /** DER of each value. */
  readonly values: readonly Uint8Array[];
}

export interface SignedDataSigner {
  readonly identifier: SignerIdentifier;
  /** The certificate that the identifier names; null when it is not in the block. */
  readonly certificate: Certificate | null;
  /** Object identifiers. */
  readonly digestAlgorithm: string;
  readonly signatureAlgorithm: string;
  readonly signatureAlgorithmIdentifier: AlgorithmIdentifier;
  /** DER of the signed attributes, with the tag `[0]` as it stands there; null without any. */
  readonly signedAttributes: Uint8Array | null;
  /** The signed attributes, in order; empty without any. */
  readonly attributes: readonly SignedAttribute[];
  /** Attributes outside of the signature: time stamps, for instance. */
  readonly unsignedAttributes: readonly SignedAttribute[];
  readonly signature: Uint8Array;
}

export interface SignedData {
  readonly certificates: readonly Certificate[];
  readonly signers: readonly SignedDataSigner[];
  /** Object identifier of what is signed, `1.2.840.113549.1.7.1` for plain data. */
  readonly contentType: string;
  /** The content, if it is attached. */
  readonly content: Uint8Array | null;
}

const SIGNED_DATA = '1.2.840.113549.1.7.2';
/** JAR signing knows one signer per block; the platform looks at no more than ten (apksig: MAX_APK_SIGNERS). */
const MAX_SIGNERS = 10;
const MAX_CERTIFICATES = 64;
const MAX_ATTRIBUTES = 64;

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
  const certificateNodes = certificateSet === undefined ? [] : derChildren(certificateSet);
  if (certificateNodes.length > MAX_CERTIFICATES) {
    const message = `${certificateNodes.length} certificates; the first ${MAX_CERTIFICATES} are read`;
    diagnostics.warning('cms.certificates', message);
  }
  for (const node of certificateNodes.slice(0, MAX_CERTIFICATES)) {
    // CertificateChoices: what is tagged is an old or a foreign kind of certificate.
    if (!isUniversal(node, TAG_SEQUENCE)) continue;
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
  const value: SignedData = { certificates, signers, ...encapsulated(fields) };
  return { value, diagnostics: diagnostics.list() };
}

/** EncapsulatedContentInfo (RFC 5652, 5.2): the first SEQUENCE; version and digest algorithms stand before it. */
function encapsulated(fields: readonly DerNode[]): Pick<SignedData, 'content' | 'contentType'> {
  const info = fields.find((field) => isUniversal(field, TAG_SEQUENCE));
  const [type, wrapper] = info === undefined ? [] : derChildren(info);
  const inner = isContext(wrapper, 0) ? derChildren(wrapper)[0] : undefined;
  if (inner === undefined) return { contentType: oidText(type), content: null };
  // RFC 5652 has an OCTET STRING here; PKCS #7 allowed any type, whose content (without its header) is then digested.
  const content = isUniversal(inner, TAG_OCTET_STRING) ? octets(inner) : derContent(inner);
  return { contentType: oidText(type), content };
}

/** SignerInfo (RFC 5652, 5.3). */
function signerInfo(node: DerNode, certificates: readonly Certificate[]): SignedDataSigner {
  const [, identifierNode, digest, ...rest] = derChildren(node);
  const attributes = rest.find((field) => isContext(field, 0));
  const unsigned = rest.find((field) => isContext(field, 1));
  const algorithm = rest.find((field) => isUniversal(field, TAG_SEQUENCE));
  const signature = rest.find((field) => isUniversal(field, TAG_OCTET_STRING));
  const identifier = signerIdentifier(identifierNode);
  const signatureAlgorithmIdentifier = algorithmIdentifier(algorithm);
  return {
    identifier,
    certificate: namedCertificate(identifier, certificates),
    digestAlgorithm: algorithmIdentifier(digest).oid,
    signatureAlgorithm: signatureAlgorithmIdentifier.oid,
    signatureAlgorithmIdentifier,
    signedAttributes: attributes === undefined ? null : derBytes(attributes),
    attributes: attributeList(attributes),
    unsignedAttributes: attributeList(unsigned),
    signature: signature === undefined ? new Uint8Array(0) : octets(signature),
  };
}

function algorithmIdentifier(node: DerNode | undefined): AlgorithmIdentifier {
  const [oid, parameters] = node === undefined ? [] : derChildren(node);
  return { oid: oidText(oid), parameters: parameters === undefined ? null : derBytes(parameters) };
}

function attributeList(set: DerNode | undefined): readonly SignedAttribute[] {
  if (set === undefined) return [];
  return derChildren(set)
    .slice(0, MAX_ATTRIBUTES)
    .map((attribute) => {
      const [type, values] = derChildren(attribute);
      return { type: oidText(type), values: values === undefined ? [] : derChildren(values).map(derBytes) };
    });
}

function signerIdentifier(node: DerNode | undefined): SignerIdentifier {
  if (isContext(node, 0)) {
    // Implicitly tagged: the content is the key id itself; some writers tag the OCTET STRING explicitly.
    const [inner] = node.constructed ? derChildren(node) : [];
    return { kind: 'key-id', keyId: derContent(inner ?? node) };
  }
  const [issuer, serial] = node === undefined ? [] : derChildren(node);
  if (issuer === undefined || serial === undefined) return { kind: 'unreadable' };
  return { kind: 'issuer-serial', issuerDer: derBytes(issuer), serialNumber: derContent(serial) };
}

function namedCertificate(identifier: SignerIdentifier, certificates: readonly Certificate[]): Certificate | null {
  switch (identifier.kind) {
    case 'issuer-serial':
      return (
        certificates.find(
          ({ issuerDer, serialNumber }) =>
            sameSerial(serialNumber, identifier.serialNumber) && sameName(issuerDer, identifier.issuerDer),
        ) ?? null
      );
    case 'key-id':
      return (
        certificates.find(
          ({ extensions: { subjectKeyId } }) => subjectKeyId !== null && equalBytes(subjectKeyId, identifier.keyId),
        ) ?? null
      );
    case 'unreadable':
      return null;
  }
}

/** As numbers: some writers add a leading zero, or forget it. */
function sameSerial(a: Uint8Array, b: Uint8Array): boolean {
  const start = (bytes: Uint8Array): number =>
    Math.max(
      0,
      bytes.findIndex((byte) => byte !== 0),
    );
  return equalBytes(a.subarray(start(a)), b.subarray(start(b)));
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
