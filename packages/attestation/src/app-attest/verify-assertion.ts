import { createDiagnostics, type Host, toHex } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import { readCbor } from '@vedette/formats';
import { createCheckList } from '../check-list.ts';
import type { AttestationReport } from '../report.ts';
import { sameBytes } from '../same-bytes.ts';
import { isMap, readAssertionData } from '../webauthn/authenticator-data.ts';
import type { AssertionPolicy } from './app-attest-policy.ts';
import { concat, matchingAppId } from './app-attest-values.ts';

const MAX_BYTES = 64 * 1024;

/**
 * Verifies an assertion of App Attest (AA8; "Validating apps that connect to your server"): the attested key signed these
 * client data, after everything that it signed before. Who calls stores `counter` of the fields in the same step in which
 * it compares: two at a time must not both find the old one.
 *
 * @returns null where it is no assertion
 */
export function verifyAssertion(
  input: Uint8Array,
  policy: AssertionPolicy,
  host: Host,
): Parsed<AttestationReport | null> {
  const diagnostics = createDiagnostics();
  const value = input.length > MAX_BYTES ? undefined : readCbor(input);
  const signature = isMap(value) ? value.get('signature') : undefined;
  const authData = isMap(value) ? value.get('authenticatorData') : undefined;
  const data = authData instanceof Uint8Array ? readAssertionData(authData) : null;
  if (
    !(signature instanceof Uint8Array) ||
    !(authData instanceof Uint8Array) ||
    data === null ||
    !isMap(value) ||
    value.size !== 2
  ) {
    diagnostics.error(
      'attestation.unreadable',
      'This is no assertion: one item of CBOR with signature and authenticatorData.',
    );
    return { value: null, diagnostics: diagnostics.list() };
  }
  const checks = createCheckList('app-attest-assertion');
  const nonce = host.sha256(concat(authData, host.sha256(policy.clientData)));
  const holds = host.signatures?.verify({
    algorithm: 'ecdsa',
    hash: 'sha256',
    publicKey: policy.publicKey,
    data: nonce,
    signature,
  });
  checks.check('AA8.signature', holds === true, 'by the attested key, over these client data', 'bad-signature');
  const appId = matchingAppId(data.rpIdHash, policy.appIds, host);
  checks.check('AA8.app', appId !== null, appId ?? 'none of the apps that may speak', 'app-mismatch');
  const { previousCounter } = policy;
  // Whatever is no number is refused: a counter that nobody stored compares to nothing.
  const known = Number.isSafeInteger(previousCounter) && previousCounter >= 0;
  checks.check('AA8.stored-counter', known, known ? String(previousCounter) : 'not known', 'counter-unknown');
  if (known)
    checks.check(
      'AA8.counter',
      data.signCount > previousCounter,
      `${data.signCount}, before ${previousCounter}`,
      'counter-not-greater',
    );
  if (policy.challenge === 'not-checked')
    checks.skip('AA8.challenge', 'no challenge was given: the statement may be an old one');
  else
    checks.check(
      'AA8.challenge',
      contains(policy.clientData, policy.challenge),
      toHex(policy.challenge).slice(0, 128),
      'challenge-mismatch',
    );
  return { value: checks.report({ appId, counter: data.signCount }), diagnostics: diagnostics.list() };
}

/** Whether the challenge stands in the client data; an empty one stands nowhere. */
function contains(data: Uint8Array, part: Uint8Array): boolean {
  if (part.length === 0) return false;
  for (let at = 0; at + part.length <= data.length; at++)
    if (sameBytes(data.subarray(at, at + part.length), part)) return true;
  return false;
}
