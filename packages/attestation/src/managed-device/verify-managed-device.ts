import { createDiagnostics, type Host, toHex } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import { type Certificate, extensionValues } from '@vedette/formats';
import { verifyPath } from '../certificate-path.ts';
import { createCheckList } from '../check-list.ts';
import { readChain } from '../key-attestation/read-chain.ts';
import type { AttestationReport, FieldValue } from '../report.ts';
import { APPLE_ENTERPRISE_ROOTS } from '../roots/apple-roots.ts';
import { readAnchors } from '../roots/read-anchors.ts';
import { sameBytes } from '../same-bytes.ts';
import { nameText } from '../subject-text.ts';

/** Extensions of the leaf (Apple, `DeviceInformation`, DevicePropertiesAttestation), each the bytes of a text. */
const PROPERTIES: Readonly<Record<string, string>> = {
  serialNumber: '1.2.840.113635.100.8.9.1',
  udid: '1.2.840.113635.100.8.9.2',
  softwareUpdateDeviceId: '1.2.840.113635.100.8.9.4',
  osVersion: '1.2.840.113635.100.8.10.1',
  sepOsVersion: '1.2.840.113635.100.8.10.2',
  llbVersion: '1.2.840.113635.100.8.10.3',
  sipStatus: '1.2.840.113635.100.8.13.1',
  secureBootStatus: '1.2.840.113635.100.8.13.2',
  kernelExtensionsAllowed: '1.2.840.113635.100.8.13.3',
};
const FRESHNESS = '1.2.840.113635.100.8.11.1';
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** What a managed device attestation is held against. */
export interface ManagedDevicePolicy {
  /** When it must hold, in milliseconds since 1970. */
  readonly at: number;
  /** Whose roots are trusted; left out: Apple's Enterprise Attestation root. */
  readonly anchors?: readonly Certificate[];
  /** What was sent: `DeviceAttestationNonce` of a command, or the nonce of ACME, which the device hashes. `not-checked` where nobody knows. */
  readonly nonce: { readonly value: Uint8Array; readonly by: 'mdm' | 'acme' } | 'not-checked';
  /** The device as it was enrolled. Under User Enrollment Apple leaves these out. */
  readonly device?: { readonly serialNumber?: string; readonly udid?: string };
  /** What the device reports of itself. */
  readonly reported?: { readonly osVersion?: string };
}

/**
 * Verifies a managed device attestation of Apple: a chain whose leaf states properties of a device, by Apple's word. Apple
 * leaves out what it cannot verify; a new one is made once in seven days at most, and an older one has an older nonce: that
 * is stale, not forged.
 *
 * @param input the certificates, leaf first: PEM, DER or a JSON array of base64
 * @returns null where the input is no chain of certificates
 */
export function verifyManagedDevice(
  input: Uint8Array,
  policy: ManagedDevicePolicy,
  host: Host,
): Parsed<AttestationReport | null> {
  const diagnostics = createDiagnostics();
  const chain = readChain(input, host);
  const [leaf] = chain ?? [];
  if (chain === null || leaf === undefined) {
    diagnostics.error('attestation.unreadable', 'This is no chain of certificates in strict DER.');
    return { value: null, diagnostics: diagnostics.list() };
  }
  const checks = createCheckList('managed-device');
  const anchors = policy.anchors ?? readAnchors(APPLE_ENTERPRISE_ROOTS, host);
  const { faults } = verifyPath(chain, { anchors, at: policy.at }, host);
  if (faults.length === 0) checks.check('M1.chain', true, 'ends at a trusted root', '');
  for (const { reason, index, detail } of faults) checks.check(`M1.${reason}.${index}`, false, detail, reason);
  const stated = statedProperties(leaf);
  checks.check(
    'M1.properties',
    Object.values(stated).some((value) => value !== null),
    'of a device',
    'properties-missing',
  );
  const [nonce = null] = extensionValues(leaf, FRESHNESS);
  if (policy.nonce === 'not-checked') checks.skip('M2.nonce', 'no nonce was given: the statement may be an old one');
  else {
    const { value, by } = policy.nonce;
    const wanted = by === 'acme' ? host.sha256(value) : value;
    const fresh = nonce !== null && sameBytes(nonce, wanted);
    const young = policy.at - Date.parse(leaf.notBefore ?? '') <= WEEK_MS;
    checks.check(
      'M2.nonce',
      fresh,
      nonce === null ? 'not stated' : toHex(nonce),
      nonce === null ? 'nonce-missing' : young ? 'stale' : 'nonce-mismatch',
    );
  }
  for (const name of ['serialNumber', 'udid'] as const) {
    const wanted = policy.device?.[name];
    if (wanted === undefined) continue;
    const value = stated[name] ?? null;
    if (value === null) checks.skip(`M3.${name}`, 'left out by Apple');
    else checks.check(`M3.${name}`, value === wanted, value, 'device-mismatch');
  }
  const { osVersion } = policy.reported ?? {};
  if (osVersion !== undefined) {
    const value = stated['osVersion'] ?? null;
    if (value === null) checks.skip('M4.os-version', 'left out by Apple');
    else checks.check('M4.os-version', value === osVersion, `${value}, reported ${osVersion}`, 'version-mismatch');
  }
  const [os, sep] = [stated['osVersion'] ?? null, stated['sepOsVersion'] ?? null];
  if (os !== null && sep !== null && os !== sep)
    checks.skip('M4.sep-version', `${sep} beside ${os}: an update may be half done`);
  const fields: Record<string, FieldValue> = {
    ...stated,
    nonce: nonce === null ? null : toHex(nonce),
    notBefore: leaf.notBefore,
    notAfter: leaf.notAfter,
    chain: chain.map(({ subjectDer, sha256 }) => ({ subject: nameText(subjectDer), sha256 })),
  };
  return { value: checks.report(fields), diagnostics: diagnostics.list() };
}

/** The properties that are stated; an empty one is one that Apple could not verify. */
function statedProperties(leaf: Certificate): Readonly<Record<string, string | null>> {
  return Object.fromEntries(
    Object.entries(PROPERTIES).map(([name, oid]) => {
      const [value] = extensionValues(leaf, oid);
      const text = value === undefined ? '' : new TextDecoder().decode(value).slice(0, 200);
      return [name, text === '' ? null : text];
    }),
  );
}
