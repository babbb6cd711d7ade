import { createDiagnostics, type Host, toHex } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import { extensionValues } from '@vedette/formats';
import { createCheckList } from '../check-list.ts';
import type { AttestationReport, FieldValue } from '../report.ts';
import { nameText } from '../subject-text.ts';
import { checkPath, checkRevocation, checkShape } from './check-chain.ts';
import {
  checkApplication,
  checkBoot,
  checkChallenge,
  checkDevice,
  checkForm,
  checkKey,
  checkLevels,
  checkPatchLevels,
} from './check-description.ts';
import type { KeyAttestationPolicy } from './key-attestation-policy.ts';
import { KEY_DESCRIPTION, type KeyDescription, readKeyDescription } from './key-description.ts';
import { readChain } from './read-chain.ts';

/**
 * Verifies an Android key attestation (AOSP, "Verifying hardware-backed key pairs with key attestation"): a chain of
 * certificates whose leaf describes a key and the device that holds it. Accepted is what hardware under a trusted root said
 * about a locked device with a verified system. What a rooted system forges (the app's name, in `softwareEnforced`) is worth
 * no more than that boot state.
 *
 * @param input the chain, leaf first: PEM, DER or a JSON array of base64
 * @returns the value is null where the input is no chain of certificates
 */
export function verifyKeyAttestation(
  input: Uint8Array,
  policy: KeyAttestationPolicy,
  host: Host,
): Parsed<AttestationReport | null> {
  const diagnostics = createDiagnostics();
  const chain = readChain(input, host);
  if (chain === null) {
    diagnostics.error('attestation.unreadable', 'This is no chain of certificates in strict DER.');
    return { value: null, diagnostics: diagnostics.list() };
  }
  const checks = createCheckList('key-attestation');
  const fields: Record<string, FieldValue> = {
    chain: chain.map(({ subjectDer, sha256 }) => ({ subject: nameText(subjectDer), sha256 })),
  };
  const [leaf, attestation] = chain;
  const shaped = checkShape(chain, checks);
  const [extension] = leaf === undefined ? [] : extensionValues(leaf, KEY_DESCRIPTION);
  const description = extension === undefined ? null : readKeyDescription(extension);
  if (description !== null) Object.assign(fields, describe(description));
  if (!shaped || attestation === undefined || leaf === undefined)
    return { value: checks.report(fields), diagnostics: diagnostics.list() };

  const { provisioning } = checkPath(chain, policy, checks, host);
  fields['provisioning'] = provisioning.method;
  fields['attestationSerial'] = toHex(attestation.serialNumber);
  fields['publicKey'] = toHex(leaf.publicKey);
  fields['keyAlgorithm'] = leaf.keyAlgorithm;
  checkRevocation(chain, policy, checks);
  if (
    checks.check('K16.extension', description !== null, 'the description of the key', 'malformed-extension') &&
    description !== null
  ) {
    checkForm(description, policy, checks);
    checkChallenge(description, policy, checks);
    checkLevels(description, attestation, policy, checks);
    checkKey(description, policy, checks);
    checkBoot(description, policy, checks);
    checkPatchLevels(description, policy, checks);
    checkApplication(description, policy, checks);
    checkDevice(description, policy, checks);
  }
  return { value: checks.report(fields), diagnostics: diagnostics.list() };
}

/** The description as fields of a report. */
function describe(description: KeyDescription): Record<string, FieldValue> {
  return {
    attestationVersion: description.attestationVersion,
    attestationSecurityLevel: description.attestationSecurityLevel,
    keyMintVersion: description.keyMintVersion,
    keyMintSecurityLevel: description.keyMintSecurityLevel,
    attestationChallenge: toHex(description.attestationChallenge),
    uniqueId: description.uniqueId,
    softwareEnforced: description.softwareEnforced.fields,
    hardwareEnforced: description.hardwareEnforced.fields,
  };
}
