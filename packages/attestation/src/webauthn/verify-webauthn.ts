import { createDiagnostics, type Host, toHex } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import { type CborMap, type Certificate, extensionValues, readCbor } from '@vedette/formats';
import { concat } from '../app-attest/app-attest-values.ts';
import { verifyPath } from '../certificate-path.ts';
import { type CheckList, createCheckList } from '../check-list.ts';
import { KEY_DESCRIPTION, readKeyDescription } from '../key-attestation/key-description.ts';
import type { AttestationReport, FieldValue } from '../report.ts';
import { APPLE_WEBAUTHN_ROOTS } from '../roots/apple-roots.ts';
import { GOOGLE_HARDWARE_ROOTS } from '../roots/google-roots.ts';
import { readAnchors } from '../roots/read-anchors.ts';
import { sameBytes } from '../same-bytes.ts';
import { readStrictCertificate } from '../strict-certificate.ts';
import { nameText } from '../subject-text.ts';
import {
  type AuthenticatorData,
  isMap,
  p256Point,
  pointOfPublicKey,
  readAuthenticatorData,
} from './authenticator-data.ts';

/** What a passkey's attestation is held against. */
export interface WebauthnPolicy {
  /** When it must hold, in milliseconds since 1970. */
  readonly at: number;
  /** Whose roots are trusted; left out: Apple's WebAuthn root, or Google's roots of hardware-backed keys. */
  readonly anchors?: readonly Certificate[];
  /** SHA-256 of the client data; `not-checked` where nobody knows: then the statement may be an old one. */
  readonly clientDataHash: Uint8Array | 'not-checked';
  /** Domain of the relying party; left out: not checked. */
  readonly rpId?: string;
}

const APPLE_NONCE = '1.2.840.113635.100.8.2';
const MAX_BYTES = 256 * 1024;
/** Before the nonce of Apple's extension: SEQUENCE, [1], OCTET STRING, each with its length. */
const NONCE_HEADER = [0x30, 0x24, 0xa1, 0x22, 0x04, 0x20];

interface Statement {
  readonly format: 'apple' | 'android-key';
  readonly statement: CborMap;
  readonly chain: readonly Certificate[];
  readonly authData: Uint8Array;
  readonly data: AuthenticatorData;
}

/**
 * Verifies the attestation of a passkey in the formats of phones: `apple` (W3C Web Authentication, 8.8) and `android-key`
 * (8.4). Both say that a key was made by the platform; of the state of the device they say less than key attestation does.
 * Revocation is not looked up: use key attestation where that matters.
 *
 * @returns null where it is no attestation object of these formats
 */
export function verifyWebauthn(
  input: Uint8Array,
  policy: WebauthnPolicy,
  host: Host,
): Parsed<AttestationReport | null> {
  const diagnostics = createDiagnostics();
  const read = readStatement(input, host);
  if (typeof read === 'string') {
    diagnostics.error('attestation.unreadable', read);
    return { value: null, diagnostics: diagnostics.list() };
  }
  const checks = createCheckList('webauthn');
  const { chain, format, data } = read;
  const builtIn = format === 'apple' ? APPLE_WEBAUTHN_ROOTS : GOOGLE_HARDWARE_ROOTS;
  const anchors = policy.anchors ?? readAnchors(builtIn, host);
  const dates = (_: Certificate, index: number) => ({
    notBefore: format === 'apple' || index > 0,
    notAfter: format === 'apple' || index > 0,
  });
  const { faults } = verifyPath(chain, { anchors, at: policy.at, dates }, host);
  if (faults.length === 0) checks.check('W1.chain', true, 'ends at a trusted root', '');
  for (const { reason, index, detail } of faults) checks.check(`W1.${reason}.${index}`, false, detail, reason);
  const [leaf] = chain;
  const point = leaf === undefined ? null : pointOfPublicKey(leaf.publicKey);
  const stated = data.credential === null ? null : p256Point(data.credential.key);
  const same = point !== null && stated !== null && sameBytes(point, stated);
  checks.check('W2.key', same, 'the key of the leaf is the credential', 'key-mismatch');
  if (policy.rpId === undefined) checks.skip('W3.relying-party', 'no domain was given');
  else
    checks.check(
      'W3.relying-party',
      sameBytes(host.sha256(new TextEncoder().encode(policy.rpId)), data.rpIdHash),
      policy.rpId,
      'relying-party-mismatch',
    );
  if (format === 'apple') checkApple(read, policy, checks, host);
  else checkAndroid(read, policy, checks, host);
  const fields: Record<string, FieldValue> = {
    format,
    counter: data.signCount,
    credentialId: toHex(data.credential?.id ?? new Uint8Array(0)),
    aaguid: toHex(data.credential?.aaguid ?? new Uint8Array(0)),
    chain: chain.map(({ subjectDer, sha256 }) => ({ subject: nameText(subjectDer), sha256 })),
  };
  return { value: checks.report(fields), diagnostics: diagnostics.list() };
}

function readStatement(input: Uint8Array, host: Host): Statement | string {
  const value = input.length > MAX_BYTES ? undefined : readCbor(input);
  if (!isMap(value)) return 'This is not one item of CBOR, a map.';
  const [format, statement, authData] = [value.get('fmt'), value.get('attStmt'), value.get('authData')];
  if (format !== 'apple' && format !== 'android-key') return 'The format is neither apple nor android-key.';
  if (!isMap(statement) || !(authData instanceof Uint8Array)) return 'The statement lacks a part.';
  const x5c = statement.get('x5c');
  if (!Array.isArray(x5c) || x5c.length === 0 || x5c.length > 10) return 'The statement has no certificates.';
  const chain = x5c.map((der) => (der instanceof Uint8Array ? readStrictCertificate(der, host) : null));
  if (!chain.every((certificate) => certificate !== null)) return 'A certificate is not strict DER.';
  const data = readAuthenticatorData(authData);
  return data?.credential == null
    ? 'The authenticator data cannot be read.'
    : { format, statement, chain, authData, data };
}

/** 8.8: the nonce in the leaf is the hash of the data and of what was asked. */
function checkApple({ chain, authData }: Statement, policy: WebauthnPolicy, checks: CheckList, host: Host): void {
  const [leaf] = chain;
  const [value] = leaf === undefined ? [] : extensionValues(leaf, APPLE_NONCE);
  const framed = value?.length === 38 && NONCE_HEADER.every((byte, index) => value[index] === byte);
  if (!checks.check('W4.extension', framed, 'the leaf holds a nonce', 'nonce-missing') || value === undefined) return;
  if (policy.clientDataHash === 'not-checked')
    checks.skip('W4.nonce', 'no client data were given: the statement may be an old one');
  else
    checks.check(
      'W4.nonce',
      sameBytes(value.subarray(6), host.sha256(concat(authData, policy.clientDataHash))),
      toHex(value.subarray(6)),
      'challenge-mismatch',
    );
}

/** 8.4: the credential signed the data, and the hardware says that it made it for that. */
function checkAndroid(
  { chain, statement, authData }: Statement,
  policy: WebauthnPolicy,
  checks: CheckList,
  host: Host,
): void {
  const [leaf] = chain;
  const signature = statement.get('sig');
  if (policy.clientDataHash === 'not-checked') {
    checks.skip('W5.signature', 'no client data were given: the statement may be an old one');
  } else {
    const holds =
      leaf !== undefined && signature instanceof Uint8Array && statement.get('alg') === -7
        ? host.signatures?.verify({
            algorithm: 'ecdsa',
            hash: 'sha256',
            publicKey: leaf.publicKey,
            data: concat(authData, policy.clientDataHash),
            signature,
          })
        : false;
    checks.check('W5.signature', holds === true, 'by the credential', 'bad-signature');
  }
  const [extension] = leaf === undefined ? [] : extensionValues(leaf, KEY_DESCRIPTION);
  const description = extension === undefined ? null : readKeyDescription(extension);
  if (
    !checks.check('W5.description', description !== null, 'the leaf describes its key', 'extension-missing') ||
    description === null
  )
    return;
  if (policy.clientDataHash !== 'not-checked')
    checks.check(
      'W5.challenge',
      sameBytes(description.attestationChallenge, policy.clientDataHash),
      toHex(description.attestationChallenge),
      'challenge-mismatch',
    );
  const lists = [description.softwareEnforced, description.hardwareEnforced].map(({ fields }) => fields);
  checks.check(
    'W5.scope',
    lists.every((fields) => fields['allApplications'] === undefined),
    'for one app',
    'key-for-all-applications',
  );
  const { fields } = description.hardwareEnforced;
  checks.check('W5.origin', fields['origin'] === 'GENERATED', 'made by the hardware', 'key-not-generated');
  const purposes = fields['purposes'];
  checks.check('W5.purpose', Array.isArray(purposes) && purposes.includes('2'), 'to sign', 'unexpected-purpose');
}
