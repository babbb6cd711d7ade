import type { HashAlgorithm, Host } from '@vedette/bytes';
import { readSignedData, type SignedData, type SignedDataSigner } from '../cms/read-signed-data.ts';
import { attributesAsSet } from '../cms/verify-signed-data.ts';
import { oidText } from '../der/der-values.ts';
import { type DerNode, isUniversal, octets, readDerNode, TAG_OCTET_STRING } from '../der/read-der.ts';
import type { Certificate } from '../x509/read-certificate.ts';
import { DIGEST_ALGORITHMS, signatureMethod, verifyWithMethod } from '../x509/signature-methods.ts';
import type { IssueList } from './apk-issue.ts';
import { firstUnsupportedSdk } from './jar-algorithm-support.ts';
import type { SdkRange } from './jar-digests.ts';
import { equalBytes } from './prefixed.ts';
import type { Verification } from './scheme-result.ts';

export interface JarBlock {
  /** Path of the signature block, `META-INF/CERT.RSA`. */
  readonly name: string;
  readonly block: Uint8Array;
  readonly signatureFile: Uint8Array;
}

export interface JarBlockResult {
  readonly verified: Verification;
  /** The signer's certificate: of the signer that verified, else of the first. */
  readonly certificate: Certificate | null;
  readonly certificates: readonly Certificate[];
  readonly digestAlgorithm: HashAlgorithm | null;
}

/** What stops the verification of a block: apksig's exceptions, each with its code. */
interface Stop {
  readonly code: 'JAR_SIG_PARSE_EXCEPTION' | 'JAR_SIG_VERIFY_EXCEPTION' | 'JAR_SIG_UNSUPPORTED_SIG_ALG';
  readonly detail: string;
  readonly unchecked?: boolean;
}

const NOUGAT = 24;
const KITKAT = 19;
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';

/** Verifies a signature block (`.RSA`, `.DSA`, `.EC`) over its signature file (`.SF`), as all platforms of the range do. */
export function verifyJarBlock(source: JarBlock, range: SdkRange, host: Host, issues: IssueList): JarBlockResult {
  const { name, block, signatureFile } = source;
  const { value: signedData, diagnostics } = readSignedData(block, host);
  const certificates = signedData?.certificates ?? [];
  const claimed =
    signedData?.signers[0]?.certificate ?? (certificates.length === 1 ? certificates[0] : undefined) ?? null;
  const digestAlgorithm = DIGEST_ALGORITHMS.get(signedData?.signers[0]?.digestAlgorithm ?? '') ?? null;
  const base = { certificate: claimed, certificates, digestAlgorithm };
  if (signedData === null || diagnostics.some(({ id }) => id === 'cms.truncated' || id.startsWith('x509.malformed'))) {
    issues.error('JAR_SIG_PARSE_EXCEPTION', 'the block is no CMS SignedData, or a certificate in it is none', name);
    return { ...base, verified: 'failed' };
  }
  if (signedData.signers.length === 0) {
    issues.error('JAR_SIG_NO_SIGNERS', 'the block names no signer', name);
    return { ...base, verified: 'failed' };
  }
  // Android 7 tries all signers and takes the first that verifies; before, only the first was tried.
  const tried = range.minSdk < NOUGAT ? signedData.signers.slice(0, 1) : signedData.signers;
  let first: SignedDataSigner | null = null;
  for (const signer of tried) {
    const outcome = verifySigner(signer, signedData, { signatureFile, range, host });
    if (typeof outcome === 'boolean') {
      if (outcome) first ??= signer;
      continue;
    }
    issues.error(outcome.code, outcome.detail, name);
    return { ...base, verified: outcome.unchecked === true ? 'not-checked' : 'failed' };
  }
  if (first === null) {
    issues.error('JAR_SIG_DID_NOT_VERIFY', 'the signature does not hold for the signature file', name);
    return { ...base, verified: 'failed' };
  }
  return { ...base, certificate: first.certificate, verified: 'verified' };
}

interface SignerContext {
  readonly signatureFile: Uint8Array;
  readonly range: SdkRange;
  readonly host: Host;
}

/** Whether the signer verifies; or what stops the verification of the whole block. */
function verifySigner(signer: SignedDataSigner, signedData: SignedData, context: SignerContext): boolean | Stop {
  const { range, host, signatureFile } = context;
  const { digestAlgorithm, signatureAlgorithm, certificate } = signer;
  const unsupported = firstUnsupportedSdk(digestAlgorithm, signatureAlgorithm, range);
  if (unsupported !== null) {
    const detail = `digest ${digestAlgorithm} and signature ${signatureAlgorithm} do not verify on platform ${unsupported}`;
    return { code: 'JAR_SIG_UNSUPPORTED_SIG_ALG', detail };
  }
  const stop = (detail: string): Stop => ({ code: 'JAR_SIG_VERIFY_EXCEPTION', detail });
  if (certificate === null) return stop("the signer's certificate is not in the block");
  const unfit = certificateFault(certificate);
  if (unfit !== null) return stop(unfit);
  if (host.signatures === undefined) return { ...stop('this host cannot verify signatures'), unchecked: true };
  let data = signatureFile;
  if (signer.signedAttributes !== null) {
    const digest = host.signatures.digest(DIGEST_ALGORITHMS.get(digestAlgorithm) ?? 'sha256', signatureFile);
    const attributes = checkAttributes(signer, signedData, { range, digest });
    if (attributes !== true) return attributes;
    data = attributesAsSet(signer.signedAttributes);
  }
  const method = signatureMethod(signer.signatureAlgorithmIdentifier, digestAlgorithm);
  const { publicKey } = certificate;
  const holds = verifyWithMethod(host, method, { publicKey, data, signature: signer.signature });
  return holds ?? { ...stop('the public key cannot be used for this algorithm'), unchecked: true };
}

function checkAttributes(
  signer: SignedDataSigner,
  signedData: SignedData,
  { range, digest }: { readonly range: SdkRange; readonly digest: Uint8Array },
): boolean | Stop {
  const stop = (detail: string): Stop => ({ code: 'JAR_SIG_VERIFY_EXCEPTION', detail });
  if (range.minSdk < KITKAT) return stop('signed attributes are not safe before Android 4.4');
  const types = signer.attributes.map(({ type }) => type);
  const parse = (detail: string): Stop => ({ code: 'JAR_SIG_PARSE_EXCEPTION', detail });
  if (new Set(types).size < types.length) return parse('a signed attribute is there twice');
  // The content type counts since Android 7.
  if (range.maxSdk >= NOUGAT) {
    const contentType = singleValue(signer, CONTENT_TYPE);
    if (contentType === 'several') return parse('the content type has several values');
    if (contentType === null) return stop('no content type in the signed attributes');
    if (oidText(contentType) !== signedData.contentType) return false;
  }
  const value = singleValue(signer, MESSAGE_DIGEST);
  if (value === 'several') return parse('the message digest has several values');
  if (value === null) return stop('no message digest in the signed attributes');
  if (!isUniversal(value, TAG_OCTET_STRING)) return parse('the message digest is of another type');
  return equalBytes(octets(value), digest);
}

function singleValue(signer: SignedDataSigner, wanted: string): DerNode | 'several' | null {
  const [value, ...more] = signer.attributes.find(({ type }) => type === wanted)?.values ?? [];
  if (more.length > 0) return 'several';
  return value === undefined ? null : readDerNode(value);
}

/** Extensions that the platform's certificate classes understand (RFC 5280, 4.2). */
const UNDERSTOOD = new Set(
  ['15', '17', '18', '19', '30', '31', '32', '33', '35', '36', '37', '46', '54'].map((last) => `2.5.29.${last}`),
);

function certificateFault({ extensions }: Certificate): string | null {
  const unknown = extensions.critical.find((oid) => !UNDERSTOOD.has(oid));
  if (unknown !== undefined) return `the certificate has the critical extension ${unknown}, which is not understood`;
  const { keyUsage } = extensions;
  const may = keyUsage === null || keyUsage.includes('digitalSignature') || keyUsage.includes('nonRepudiation');
  return may ? null : 'the certificate is not for digital signatures';
}
