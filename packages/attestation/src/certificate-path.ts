import type { Host } from '@vedette/bytes';
import { type Certificate, sameName, verifyCertificateSignature } from '@vedette/formats';
import { sameBytes } from './same-bytes.ts';
import { nameText } from './subject-text.ts';

/** Why a chain is refused. */
export type PathReason =
  | 'chain-too-short'
  | 'chain-too-long'
  | 'no-trust-anchor'
  | 'wrong-issuer'
  | 'bad-signature'
  | 'not-an-authority'
  | 'path-too-long'
  | 'unknown-critical-extension'
  | 'weak-algorithm'
  | 'certificate-not-yet-valid'
  | 'certificate-expired';

export interface PathFault {
  readonly reason: PathReason;
  /** Of the certificate at fault, 0 for the leaf. */
  readonly index: number;
  readonly detail: string;
}

export interface PathPolicy {
  /** Whose keys are trusted. Their dates do not count: a root is trusted because somebody chose it. */
  readonly anchors: readonly Certificate[];
  /** In milliseconds since 1970: when the chain must hold. */
  readonly at: number;
  /** Which of the dates of a certificate count; default: both of each. The anchor's are never asked for. */
  readonly dates?: (
    certificate: Certificate,
    index: number,
  ) => { readonly notBefore: boolean; readonly notAfter: boolean };
  /** Object identifiers of critical extensions that the caller judges itself. */
  readonly understood?: readonly string[];
  /** Takes SHA-1 and short keys: for evidence of old software roots only. Default false. */
  readonly allowWeak?: boolean;
}

export interface PathVerdict {
  readonly faults: readonly PathFault[];
  /** The anchor that the chain ends in; null when there is none. */
  readonly anchor: Certificate | null;
}

const MAX_PATH = 10;
const BOTH = { notBefore: true, notAfter: true };
/** Basic constraints, key usage, extended key usage: read here or without effect on these chains. */
const UNDERSTOOD = ['2.5.29.19', '2.5.29.15', '2.5.29.37'];
const WEAK_HASHES = /^(?:MD2|MD5|SHA1)with/;
const MIN_BITS: Readonly<Record<string, number>> = { RSA: 2_048, EC: 256 };

/**
 * Follows a chain from its leaf to an anchor (RFC 5280, 6.1, without policies and name constraints, which none of the
 * platforms' chains use: a critical one refuses the chain). Each certificate must be signed by the next; the last must
 * have an anchor's key, or be signed by an anchor that was left out of the chain.
 *
 * @param chain leaf first; only certificates that were read strictly
 * @returns every fault, from the basic ones to the dates; none for a chain that holds
 */
export function verifyPath(chain: readonly Certificate[], policy: PathPolicy, host: Host): PathVerdict {
  const faults: PathFault[] = [];
  const fault = (reason: PathReason, index: number, detail: string): void => {
    faults.push({ reason, index, detail });
  };
  const last = chain.at(-1);
  if (last === undefined)
    return { faults: [{ reason: 'chain-too-short', index: 0, detail: 'no certificate' }], anchor: null };
  if (chain.length > MAX_PATH)
    return {
      faults: [{ reason: 'chain-too-long', index: MAX_PATH, detail: `${chain.length} certificates` }],
      anchor: null,
    };

  const anchor = anchorOf(last, policy.anchors, host);
  if (anchor === null) fault('no-trust-anchor', chain.length - 1, `${nameText(last.issuerDer)} is not trusted`);
  const included = anchor !== null && sameBytes(anchor.publicKey, last.publicKey);
  for (const [index, certificate] of chain.entries()) {
    const issuer = chain[index + 1] ?? (included ? last : null);
    if (issuer === null) continue;
    if (!sameName(certificate.issuerDer, issuer.subjectDer))
      fault(
        'wrong-issuer',
        index,
        `issued by ${nameText(certificate.issuerDer)}, not by ${nameText(issuer.subjectDer)}`,
      );
    else if (verifyCertificateSignature(certificate, issuer, host) !== true)
      fault('bad-signature', index, `the signature of ${nameText(certificate.subjectDer)} does not hold`);
  }
  for (const [index, certificate] of chain.entries()) {
    checkRights(certificate, index, policy, fault);
    // An anchor is trusted for its key: how it signed itself, and when, says nothing.
    if (included && index === chain.length - 1) continue;
    checkStrength(certificate, index, policy, fault);
    checkDates(certificate, index, policy, fault);
  }
  return { faults, anchor };
}

type Report = (reason: PathReason, index: number, detail: string) => void;

/** The anchor with the key of `last`, or one that signed it. */
function anchorOf(last: Certificate, anchors: readonly Certificate[], host: Host): Certificate | null {
  return (
    anchors.find((anchor) => sameBytes(anchor.publicKey, last.publicKey)) ??
    anchors.find((anchor) => verifyCertificateSignature(last, anchor, host) === true) ??
    null
  );
}

function checkRights(certificate: Certificate, index: number, policy: PathPolicy, fault: Report): void {
  const { extensions } = certificate;
  if (index > 0) {
    if (extensions.isAuthority !== true)
      fault('not-an-authority', index, `${nameText(certificate.subjectDer)} is no certificate authority`);
    else if (extensions.keyUsage !== null && !extensions.keyUsage.includes('keyCertSign'))
      fault('not-an-authority', index, `${nameText(certificate.subjectDer)} may not sign certificates`);
    // The path length counts the authorities below this one, the leaf not among them (RFC 5280, 4.2.1.9).
    if (extensions.pathLength !== null && index - 1 > extensions.pathLength)
      fault(
        'path-too-long',
        index,
        `${nameText(certificate.subjectDer)} allows ${extensions.pathLength} authorities below it`,
      );
  }
  const understood = [...UNDERSTOOD, ...(policy.understood ?? [])];
  const unknown = extensions.critical.find((oid) => !understood.includes(oid));
  if (unknown !== undefined) fault('unknown-critical-extension', index, `critical extension ${unknown}`);
}

function checkStrength(
  { keyAlgorithm, keyBits, signatureAlgorithm }: Certificate,
  index: number,
  policy: PathPolicy,
  fault: Report,
): void {
  if (policy.allowWeak === true) return;
  if (WEAK_HASHES.test(signatureAlgorithm)) fault('weak-algorithm', index, signatureAlgorithm);
  const least = MIN_BITS[keyAlgorithm];
  if (least !== undefined && (keyBits ?? 0) < least)
    fault('weak-algorithm', index, `${keyAlgorithm} key of ${keyBits ?? 'unknown'} bits`);
}

function checkDates(certificate: Certificate, index: number, policy: PathPolicy, fault: Report): void {
  const counts = policy.dates?.(certificate, index) ?? BOTH;
  const from = Date.parse(certificate.notBefore ?? '');
  const until = Date.parse(certificate.notAfter ?? '');
  // What cannot be read is not valid: both comparisons with NaN fail.
  if (counts.notBefore && !(from <= policy.at))
    fault('certificate-not-yet-valid', index, `valid from ${certificate.notBefore ?? 'an unreadable date'}`);
  if (counts.notAfter && !(policy.at <= until))
    fault('certificate-expired', index, `valid until ${certificate.notAfter ?? 'an unreadable date'}`);
}
