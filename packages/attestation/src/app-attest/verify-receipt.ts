import { createDiagnostics, type Host, toHex } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import {
  certificateChain,
  type DerNode,
  derChildren,
  derContent,
  isUniversal,
  octets,
  readCertificate,
  readDerNode,
  readSignedData,
  TAG_INTEGER,
  TAG_OCTET_STRING,
  TAG_SEQUENCE,
  TAG_SET,
  verifySignedData,
} from '@vedette/formats';
import { verifyPath } from '../certificate-path.ts';
import { type CheckList, createCheckList } from '../check-list.ts';
import type { AttestationReport, FieldValue } from '../report.ts';
import { APPLE_RECEIPT_ROOTS } from '../roots/apple-roots.ts';
import { readAnchors } from '../roots/read-anchors.ts';
import { sameBytes } from '../same-bytes.ts';
import type { ReceiptPolicy } from './app-attest-policy.ts';
import { strictReceiptCertificates } from './strict-receipt.ts';

/** Fields of a receipt by number (Apple, "Assessing fraud risk"). */
const NAMES: ReadonlyMap<number, string> = new Map([
  [2, 'appId'],
  [3, 'attestedPublicKey'],
  [4, 'clientHash'],
  [5, 'token'],
  [6, 'receiptType'],
  [12, 'creationTime'],
  [17, 'riskMetric'],
  [19, 'notBefore'],
  [21, 'expirationTime'],
]);
const MAX_BYTES = 256 * 1024;
const MAX_FIELDS = 100;
/** Clocks of servers differ by less. */
const CLOCK_SKEW_MS = 5 * 60 * 1000;

/**
 * Verifies a receipt of App Attest (AA9; Apple, "Assessing fraud risk"): signed data in BER, of indefinite lengths too, by a
 * certificate under Apple's root. Its risk metric says how many keys the device had attested of late.
 *
 * @returns null where it is no signed data with such fields
 */
export function verifyReceipt(input: Uint8Array, policy: ReceiptPolicy, host: Host): Parsed<AttestationReport | null> {
  const diagnostics = createDiagnostics();
  const { value: signed } = input.length > MAX_BYTES ? { value: null } : readSignedData(input, host);
  const content = signed?.content ?? null;
  const values = content === null ? null : readFields(content);
  if (signed === null || values === null) {
    diagnostics.error('attestation.unreadable', 'This is no receipt: signed data over a set of numbered fields.');
    return { value: null, diagnostics: diagnostics.list() };
  }
  const checks = createCheckList('app-attest-receipt');
  const text = (name: number): string | null => textOf(values.get(name));
  const made = Date.parse(text(12) ?? '');
  const at = policy.at !== 'when-made' ? policy.at : Number.isNaN(made) ? 0 : made;
  const [signer, ...more] = verifySignedData(signed, null, host);
  const one = signer !== undefined && more.length === 0;
  checks.check('AA9.signature', one && signer.verified === 'verified', signer?.fault ?? 'holds', 'bad-signature');
  const strict = strictReceiptCertificates(input, host);
  checks.check('AA9.form', strict !== null, 'signed data in the one form that receipts have', 'malformed');
  const certificate = signer?.certificate ?? null;
  if (certificate !== null) {
    const chain = certificateChain(certificate, signed.certificates, host);
    const anchors = policy.anchors ?? readAnchors(APPLE_RECEIPT_ROOTS, host);
    // The extensions that Apple marks as critical say which of its services the certificate is for.
    const understood = chain.flatMap(({ extensions }) =>
      extensions.critical.filter((oid) => oid.startsWith('1.2.840.113635.')),
    );
    // One that leads nowhere could be anything.
    const stray = (strict ?? []).find(({ sha256 }) => !chain.some((link) => link.sha256 === sha256));
    checks.check('AA9.certificates', stray === undefined, stray?.subject ?? 'all lead to the root', 'malformed');
    const { faults } = verifyPath(chain, { anchors, at, understood }, host);
    if (faults.length === 0) checks.check('AA9.chain', true, 'ends at a trusted root', '');
    for (const { reason, index, detail } of faults) checks.check(`AA9.${reason}.${index}`, false, detail, reason);
  }
  const appId = text(2);
  checks.check('AA9.app', appId !== null && policy.appIds.includes(appId), appId ?? 'not stated', 'app-mismatch');
  checkKey(values.get(3), policy, checks, host);
  checkTimes({ created: text(12), expires: text(21), notBefore: text(19) }, at, policy, checks);
  const fields: Record<string, FieldValue> = {};
  for (const [number, name] of NAMES) {
    const value = values.get(number);
    if (value === undefined) continue;
    fields[name] = number === 3 || number === 4 ? toHex(value) : (textOf(value) ?? toHex(value));
  }
  return { value: checks.report(fields), diagnostics: diagnostics.list() };
}

function readFields(content: Uint8Array): ReadonlyMap<number, Uint8Array> | null {
  const outer = readDerNode(content);
  const list = outer !== null && isUniversal(outer, TAG_SET) && outer.whole ? derChildren(outer) : null;
  if (list === null || list.length > MAX_FIELDS) return null;
  const found = new Map<number, Uint8Array>();
  for (const entry of list) {
    const [type, , value] = isUniversal(entry, TAG_SEQUENCE) ? derChildren(entry) : [];
    if (!isUniversal(type, TAG_INTEGER) || !isUniversal(value, TAG_OCTET_STRING)) return null;
    const number = smallNumber(type);
    // The first one counts nowhere: a field that is there twice makes the receipt ambiguous.
    if (found.has(number)) return null;
    found.set(number, octets(value));
  }
  return found.size === 0 ? null : found;
}

function smallNumber(node: DerNode): number {
  return derContent(node)
    .subarray(0, 4)
    .reduce((sum, byte) => sum * 256 + byte, 0);
}

function textOf(value: Uint8Array | undefined): string | null {
  if (value === undefined) return null;
  const text = new TextDecoder().decode(value);
  return text === '' ? null : text.slice(0, 500);
}

/** The attested key: a certificate, or a bare key. */
function checkKey(value: Uint8Array | undefined, policy: ReceiptPolicy, checks: CheckList, host: Host): void {
  if (policy.publicKey === 'not-checked') {
    checks.skip('AA9.key', 'no key was given');
    return;
  }
  const certificate = value === undefined ? null : readCertificate(value, host).value;
  const wanted = policy.publicKey;
  const same = [certificate?.publicKey, value].some((key) => key !== undefined && sameBytes(key, wanted));
  checks.check('AA9.key', same, certificate?.subject ?? 'the attested key', 'key-mismatch');
}

function checkTimes(
  {
    created,
    expires,
    notBefore,
  }: { readonly created: string | null; readonly expires: string | null; readonly notBefore: string | null },
  at: number,
  policy: ReceiptPolicy,
  checks: CheckList,
): void {
  const made = Date.parse(created ?? '');
  checks.check('AA9.created', made <= at + CLOCK_SKEW_MS, created ?? 'not stated', 'receipt-not-yet-valid');
  if (policy.maxAgeMs !== undefined)
    checks.check('AA9.age', at - made <= policy.maxAgeMs, created ?? 'not stated', 'receipt-old');
  const until = Date.parse(expires ?? '');
  checks.check('AA9.expires', at <= until, expires ?? 'not stated', 'receipt-expired');
  // From this time on Apple gives a new one; before it the old one stands.
  if (notBefore !== null) checks.skip('AA9.renewable', `a new one from ${notBefore}`);
}
