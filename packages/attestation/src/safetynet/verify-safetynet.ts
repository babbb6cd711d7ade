import { createDiagnostics, type Host, toHex, utf8Text } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import {
  type Certificate,
  decodeBase64,
  derChildren,
  derContent,
  extensionValues,
  nameAttributes,
  readDerNode,
} from '@vedette/formats';
import { verifyPath } from '../certificate-path.ts';
import { createCheckList } from '../check-list.ts';
import { readCompactJws, verifyJws } from '../jose/compact-jws.ts';
import { fieldOf, type Json, readJsonObject } from '../jose/strict-json.ts';
import type { AttestationReport, FieldValue } from '../report.ts';
import { GLOBALSIGN_ROOTS } from '../roots/globalsign-roots.ts';
import { readAnchors } from '../roots/read-anchors.ts';
import { readStrictCertificate } from '../strict-certificate.ts';
import { nameText } from '../subject-text.ts';

/** What an old SafetyNet response is held against. */
export interface SafetyNetPolicy {
  /** When it must hold, in milliseconds since 1970: the service is shut down, so this lies in the past. */
  readonly at: number;
  readonly anchors?: readonly Certificate[];
  /** What was asked to be signed; `not-checked` where nobody knows. */
  readonly nonce: Uint8Array | 'not-checked';
  /** How old it may be, in milliseconds. Default ten minutes. */
  readonly maxAgeMs?: number;
  readonly packageName?: string;
  /** Takes a device that does not match a certified profile. Default false. */
  readonly allowNoCtsProfile?: boolean;
}

const TEN_MINUTES = 10 * 60 * 1000;
const CLOCK_SKEW_MS = 60 * 1000;
const COMMON_NAME = '2.5.4.3';
const SUBJECT_ALT_NAME = '2.5.29.17';
const HOST_NAME = 'attest.android.com';
const MAX_CERTIFICATES = 8;

/**
 * Verifies a response of SafetyNet (S1; Android documentation of 2021, "Verify the SafetyNet attestation response"): a JWS
 * by a certificate for `attest.android.com`. Google shut the service down: this is for evidence that somebody kept.
 *
 * @returns null where it is no such response
 */
export function verifySafetyNet(text: string, policy: SafetyNetPolicy, host: Host): Parsed<AttestationReport | null> {
  const diagnostics = createDiagnostics();
  const jws = readCompactJws(text.trim());
  const payload = jws === null ? null : readJsonObject(utf8Text(jws.payload));
  const chain = jws === null ? null : certificatesOf(jws.header['x5c'], host);
  const [leaf] = chain ?? [];
  if (jws === null || payload === null || chain === null || leaf === undefined) {
    diagnostics.error('attestation.unreadable', 'This is no SafetyNet response: a compact JWS with certificates.');
    return { value: null, diagnostics: diagnostics.list() };
  }
  const checks = createCheckList('safetynet');
  const anchors = policy.anchors ?? readAnchors(GLOBALSIGN_ROOTS, host);
  const { faults } = verifyPath(chain, { anchors, at: policy.at }, host);
  if (faults.length === 0) checks.check('S1.chain', true, 'ends at a trusted root', '');
  for (const { reason, index, detail } of faults) checks.check(`S1.${reason}.${index}`, false, detail, reason);
  const names = dnsNames(leaf);
  checks.check('S1.host', names.includes(HOST_NAME), names.join(', ') || leaf.subject, 'wrong-host');
  checks.check('S1.signature', verifyJws(jws, 'RS256', leaf.publicKey, host), 'by the leaf', 'bad-signature');
  const nonce = textOf(payload, 'nonce');
  if (policy.nonce === 'not-checked') checks.skip('S1.nonce', 'no nonce was given: the statement may be an old one');
  else
    checks.check(
      'S1.nonce',
      nonce !== null && toHex(decodeBase64(nonce)) === toHex(policy.nonce),
      nonce ?? 'not stated',
      'challenge-mismatch',
    );
  const at = fieldOf(payload, 'timestampMs');
  const age = typeof at === 'number' ? policy.at - at : Number.NaN;
  checks.check(
    'S1.age',
    age <= (policy.maxAgeMs ?? TEN_MINUTES),
    typeof at === 'number' ? `${Math.round(age / 1000)} seconds` : 'not stated',
    'timestamp-old',
  );
  checks.check(
    'S1.future',
    age >= -CLOCK_SKEW_MS,
    typeof at === 'number' ? `${Math.round(age / 1000)} seconds` : 'not stated',
    'timestamp-future',
  );
  const { packageName } = policy;
  if (packageName !== undefined)
    checks.check(
      'S1.package',
      textOf(payload, 'apkPackageName') === packageName,
      textOf(payload, 'apkPackageName') ?? 'not stated',
      'package-mismatch',
    );
  checks.check(
    'S1.basic',
    fieldOf(payload, 'basicIntegrity') === true,
    String(fieldOf(payload, 'basicIntegrity') === true),
    'basic-integrity',
  );
  const cts = fieldOf(payload, 'ctsProfileMatch') === true;
  if (policy.allowNoCtsProfile === true && !cts) checks.skip('S1.cts', 'no certified profile: taken by policy');
  else checks.check('S1.cts', cts, String(cts), 'cts-profile');
  const fields: Record<string, FieldValue> = {
    shutDown: true,
    chain: chain.map(({ subjectDer, sha256 }) => ({ subject: nameText(subjectDer), sha256 })),
  };
  for (const [key, value] of Object.entries(payload))
    if (typeof value !== 'object' || value === null) fields[key] = value;
  for (const key of ['apkCertificateDigestSha256']) {
    const list = fieldOf(payload, key);
    if (Array.isArray(list)) fields[key] = list.filter((one) => typeof one === 'string');
  }
  return { value: checks.report(fields), diagnostics: diagnostics.list() };
}

function certificatesOf(x5c: Json | undefined, host: Host): readonly Certificate[] | null {
  if (!Array.isArray(x5c) || x5c.length === 0 || x5c.length > MAX_CERTIFICATES) return null;
  const chain = x5c.map((text) => (typeof text === 'string' ? readStrictCertificate(decodeBase64(text), host) : null));
  return chain.every((certificate) => certificate !== null) ? chain : null;
}

/** `dNSName`s of the subject alternative name (RFC 5280, 4.2.1.6); the common name where there is none (RFC 6125, 6.4.4). */
function dnsNames(leaf: Certificate): readonly string[] {
  const [value] = extensionValues(leaf, SUBJECT_ALT_NAME);
  const outer = value === undefined ? null : readDerNode(value);
  if (outer === null) return nameAttributes(leaf.subjectDer).get(COMMON_NAME) ?? [];
  return derChildren(outer)
    .filter(({ tagClass, tag }) => tagClass === 2 && tag === 2)
    .map((node) => new TextDecoder().decode(derContent(node)).toLowerCase());
}

function textOf(value: Json, key: string): string | null {
  const found = fieldOf(value, key);
  return typeof found === 'string' && found !== '' ? found : null;
}
