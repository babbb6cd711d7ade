import { createDiagnostics, type Host, toHex } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import {
  type Certificate,
  derChildren,
  derContent,
  extensionValues,
  isStrictDer,
  isUniversal,
  readCbor,
  readDerNode,
  TAG_OCTET_STRING,
  TAG_SEQUENCE,
} from '@vedette/formats';
import { verifyPath } from '../certificate-path.ts';
import { type CheckList, createCheckList } from '../check-list.ts';
import type { AttestationReport, FieldValue } from '../report.ts';
import { APPLE_APP_ATTEST_ROOTS } from '../roots/apple-roots.ts';
import { readAnchors } from '../roots/read-anchors.ts';
import { sameBytes } from '../same-bytes.ts';
import { readStrictCertificate } from '../strict-certificate.ts';
import { nameText } from '../subject-text.ts';
import {
  type AuthenticatorData,
  isMap,
  p256Point,
  p256PublicKey,
  pointOfPublicKey,
  readAuthenticatorData,
} from '../webauthn/authenticator-data.ts';
import type { AppAttestationPolicy, AppAttestEnvironment } from './app-attest-policy.ts';
import { concat, matchingAppId, utf8 } from './app-attest-values.ts';
import { verifyReceipt } from './verify-receipt.ts';

const NONCE = '1.2.840.113635.100.8.2';
const ACCESS_CONTROL = '1.2.840.113635.100.8.6';
const AAGUIDS: ReadonlyMap<string, AppAttestEnvironment> = new Map([
  [toHex(utf8('appattestdevelop')), 'development'],
  [toHex(concat(utf8('appattest'), new Uint8Array(7))), 'production'],
]);
const CATEGORY = /^apple_validation_category/;
const MAX_BYTES = 256 * 1024;

interface Statement {
  readonly chain: readonly Certificate[];
  readonly receipt: Uint8Array;
  readonly authData: Uint8Array;
  readonly data: AuthenticatorData;
}

/**
 * Verifies an attestation of Apple's App Attest ("Validating apps that connect to your server", DeviceCheck): that a key
 * lives in the Secure Enclave of a genuine Apple device and belongs to a genuine copy of the app. It says nothing about the
 * state of the system.
 *
 * @returns the fields hold the key to store, `publicKey` as SubjectPublicKeyInfo in hex; null where it is no such statement
 */
export function verifyAppAttestation(
  input: Uint8Array,
  policy: AppAttestationPolicy,
  host: Host,
): Parsed<AttestationReport | null> {
  const diagnostics = createDiagnostics();
  const statement = readStatement(input, host);
  if (typeof statement === 'string') {
    diagnostics.error('attestation.unreadable', statement);
    return { value: null, diagnostics: diagnostics.list() };
  }
  const checks = createCheckList('app-attest');
  checks.check('AA1.form', true, 'one item, two certificates', 'malformed');
  checkChain(statement, policy, checks, host);
  checkNonce(statement, policy, checks, host);
  const point = checkKey(statement, policy, checks, host);
  const appId = matchingAppId(statement.data.rpIdHash, policy.appIds, host);
  checks.check('AA4.app', appId !== null, appId ?? 'none of the apps that may speak', 'app-mismatch');
  const environment = checkCounters(statement, policy, checks);
  checkCategory(statement, policy, checks);
  const accessControl = checkAccessControl(statement, policy, checks);
  checkReceipt(statement, policy, checks, host);
  const fields: Record<string, FieldValue> = {
    appId,
    environment,
    counter: statement.data.signCount,
    keyId: toHex(statement.data.credential?.id ?? new Uint8Array(0)),
    publicKey: point === null ? null : toHex(p256PublicKey(point)),
    chain: statement.chain.map(({ subjectDer, sha256 }) => ({ subject: nameText(subjectDer), sha256 })),
    notBefore: statement.chain[0]?.notBefore ?? null,
    notAfter: statement.chain[0]?.notAfter ?? null,
    receiptBytes: statement.receipt.length,
    extensions: [...(statement.data.extensions ?? [])].map(([key, value]) => `${String(key)}=${cborText(value)}`),
    ...(accessControl === null ? {} : { accessControl }),
  };
  return { value: checks.report(fields), diagnostics: diagnostics.list() };
}

/** The receipt inside of an attestation, for `verifyReceipt` and for Apple's server; null where there is none. */
export function receiptOf(input: Uint8Array, host: Host): Uint8Array | null {
  const statement = readStatement(input, host);
  return typeof statement === 'string' ? null : statement.receipt;
}

/** Check AA1: the form. A sentence where it is wrong. */
function readStatement(input: Uint8Array, host: Host): Statement | string {
  const value = input.length > MAX_BYTES ? undefined : readCbor(input);
  if (!isMap(value)) return 'This is not one item of CBOR, a map.';
  if (value.get('fmt') !== 'apple-appattest') return 'The format is not apple-appattest.';
  const statement = value.get('attStmt');
  const authData = value.get('authData');
  if (!isMap(statement) || !(authData instanceof Uint8Array) || value.size !== 3) return 'The statement lacks a part.';
  const x5c = statement.get('x5c');
  const receipt = statement.get('receipt');
  if (!Array.isArray(x5c) || x5c.length !== 2 || !(receipt instanceof Uint8Array) || statement.size !== 2)
    return 'The statement has not two certificates and a receipt.';
  const chain = x5c.map((der) => (der instanceof Uint8Array ? readStrictCertificate(der, host) : null));
  if (!chain.every((certificate) => certificate !== null)) return 'A certificate is not strict DER.';
  const data = readAuthenticatorData(authData);
  return data?.credential == null ? 'The authenticator data cannot be read.' : { chain, receipt, authData, data };
}

/** Check AA2: leaf, authority, Apple's root. */
function checkChain({ chain }: Statement, policy: AppAttestationPolicy, checks: CheckList, host: Host): void {
  const anchors = policy.anchors ?? readAnchors(APPLE_APP_ATTEST_ROOTS, host);
  const { faults } = verifyPath(chain, { anchors, at: policy.at }, host);
  if (faults.length === 0) checks.check('AA2.chain', true, 'ends at a trusted root', '');
  for (const { reason, index, detail } of faults) checks.check(`AA2.${reason}.${index}`, false, detail, reason);
}

/** Check AA3: the nonce in the leaf is the hash of the data and of what was asked. */
function checkNonce({ chain, authData }: Statement, policy: AppAttestationPolicy, checks: CheckList, host: Host): void {
  const [leaf] = chain;
  const [value, ...more] = leaf === undefined ? [] : extensionValues(leaf, NONCE);
  const nonce = value === undefined || more.length > 0 ? null : readNonce(value);
  if (!checks.check('AA3.extension', nonce !== null, 'the leaf holds a nonce', 'nonce-missing') || nonce === null)
    return;
  if (policy.challenge === 'not-checked') {
    checks.skip('AA3.nonce', 'no challenge was given: the statement may be an old one');
    return;
  }
  const expected = host.sha256(concat(authData, host.sha256(policy.challenge)));
  checks.check('AA3.nonce', sameBytes(nonce, expected), toHex(nonce), 'challenge-mismatch');
}

/** `SEQUENCE { [1] EXPLICIT OCTET STRING }`. */
function readNonce(bytes: Uint8Array): Uint8Array | null {
  const outer = isStrictDer(bytes) ? readDerNode(bytes) : null;
  const [tagged, ...more] = outer !== null && isUniversal(outer, TAG_SEQUENCE) ? derChildren(outer) : [];
  if (tagged === undefined || more.length > 0 || tagged.tagClass !== 2 || tagged.tag !== 1) return null;
  const [octets] = derChildren(tagged);
  return isUniversal(octets, TAG_OCTET_STRING) ? derContent(octets) : null;
}

/** Check AA4: the key is the one that the statement, the certificate and the app name. */
function checkKey(
  { chain, data }: Statement,
  policy: AppAttestationPolicy,
  checks: CheckList,
  host: Host,
): Uint8Array | null {
  const [leaf] = chain;
  const point = leaf === undefined ? null : pointOfPublicKey(leaf.publicKey);
  const stated = data.credential === null ? null : p256Point(data.credential.key);
  if (!checks.check('AA4.key', point !== null, leaf?.keyAlgorithm ?? '', 'key-unsupported') || point === null)
    return null;
  checks.check('AA4.cose', stated !== null && sameBytes(stated, point), 'the key in the data', 'key-mismatch');
  const keyId = host.sha256(point);
  const credential = data.credential?.id ?? new Uint8Array(0);
  checks.check('AA4.credential', sameBytes(credential, keyId), toHex(credential), 'key-id-mismatch');
  if (policy.keyId === 'not-checked') checks.skip('AA4.key-id', 'no key identifier was given');
  else checks.check('AA4.key-id', sameBytes(policy.keyId, keyId), toHex(keyId), 'key-id-mismatch');
  return point;
}

/** Check AA5: a fresh key of an environment that is taken. */
function checkCounters(
  { data }: Statement,
  policy: AppAttestationPolicy,
  checks: CheckList,
): AppAttestEnvironment | null {
  checks.check('AA5.counter', data.signCount === 0, String(data.signCount), 'counter-not-zero');
  const environment = AAGUIDS.get(toHex(data.credential?.aaguid ?? new Uint8Array(0))) ?? null;
  if (!checks.check('AA5.aaguid', environment !== null, environment ?? 'unknown', 'unknown-environment')) return null;
  const allowed = environment !== null && (policy.environments ?? ['production']).includes(environment);
  checks.check('AA5.environment', allowed, environment ?? '', 'wrong-environment');
  return environment;
}

/** Check AA6: how the app was distributed, which iOS 27 and later say. */
function checkCategory({ data }: Statement, { categories }: AppAttestationPolicy, checks: CheckList): void {
  if (categories === undefined) return;
  const stated = [...(data.extensions ?? [])].find(([key]) => typeof key === 'string' && CATEGORY.test(key))?.[1];
  if (stated === undefined) {
    if (categories.required) checks.check('AA6.category', false, 'not stated', 'category-missing');
    else checks.skip('AA6.category', 'not stated, as before iOS 27');
    return;
  }
  const known = (typeof stated === 'number' || typeof stated === 'string') && categories.allowed.includes(stated);
  checks.check('AA6.category', known, cborText(stated), 'category-mismatch');
}

/** Check AA7: who may use the key (macOS). */
function checkAccessControl({ chain }: Statement, policy: AppAttestationPolicy, checks: CheckList): string | null {
  const [leaf] = chain;
  const [blob] = leaf === undefined ? [] : extensionValues(leaf, ACCESS_CONTROL);
  const { accessControl } = policy;
  if (accessControl !== undefined)
    checks.check(
      'AA7.access-control',
      blob !== undefined && sameBytes(blob, accessControl),
      blob === undefined ? 'not stated' : toHex(blob).slice(0, 128),
      'access-control-mismatch',
    );
  return blob === undefined ? null : toHex(blob).slice(0, 512);
}

/**
 * Check AA9 for the receipt that comes with the attestation: Apple's own word that it attested this key for this app. The attestation's signature does not cover it, so without this check
 * anybody could put another one there. It is judged as of when it was made; whether it is still good for asking Apple is a question of its own.
 */
function checkReceipt(
  { chain, receipt, data }: Statement,
  policy: AppAttestationPolicy,
  checks: CheckList,
  host: Host,
): void {
  const { anchors } = policy;
  if (policy.receipt === 'not-checked') {
    checks.skip('AA9.receipt', 'was not to be checked');
    return;
  }
  const publicKey = chain[0]?.publicKey ?? new Uint8Array(0);
  const { value } = verifyReceipt(
    receipt,
    { at: 'when-made', appIds: [], publicKey, ...(anchors === undefined ? {} : { anchors }) },
    host,
  );
  const appId = value?.fields['appId'];
  const sameApp = typeof appId === 'string' && matchingAppId(data.rpIdHash, [appId], host) !== null;
  const faults = [
    ...(value?.reasons ?? ['unreadable']).filter((reason) => reason !== 'app-mismatch'),
    ...(sameApp ? [] : ['app-mismatch']),
  ];
  checks.check(
    'AA9.receipt',
    faults.length === 0,
    faults.length === 0 ? 'signed by Apple for this key and app' : faults.join(', '),
    'bad-receipt',
  );
}

function cborText(value: unknown): string {
  return value instanceof Uint8Array
    ? toHex(value)
    : typeof value === 'string'
      ? value
      : typeof value === 'bigint'
        ? value.toString()
        : JSON.stringify(value);
}
