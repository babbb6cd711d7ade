import { toHex } from '@vedette/bytes';
import type { Certificate } from '@vedette/formats';
import type { CheckList } from '../check-list.ts';
import { fieldText } from '../report.ts';
import { sameBytes } from '../same-bytes.ts';
import type { KeyAttestationPolicy } from './key-attestation-policy.ts';
import type { KeyDescription } from './key-description.ts';
import { patchDate } from './patch-level.ts';
import { levelOfCertificate } from './provisioning.ts';

/** Check K16: the form of the description. */
export function checkForm(description: KeyDescription, policy: KeyAttestationPolicy, checks: CheckList): void {
  const { faults } = description;
  checks.check('K16.version', description.knownVersion, `version ${description.attestationVersion}`, 'unknown-version');
  for (const fault of ['malformed', 'unknown-tag', 'repeated-tag'] as const)
    checks.check(
      `K16.${fault}`,
      !faults.includes(fault),
      'authorization lists',
      fault === 'malformed' ? 'malformed-list' : fault,
    );
  if (!faults.includes('unordered-tags')) checks.check('K16.order', true, 'ascending', 'unordered-tags');
  else if (policy.strictOrder === true) checks.check('K16.order', false, 'tags are out of order', 'unordered-tags');
  else checks.skip('K16.order', 'tags are out of order, as on some devices');
}

/** Check K8: what was signed is what was asked for. */
export function checkChallenge(description: KeyDescription, policy: KeyAttestationPolicy, checks: CheckList): void {
  if (policy.challenge === 'not-checked') {
    checks.skip('K8.challenge', 'no challenge was given: the statement may be an old one');
    return;
  }
  const same = sameBytes(policy.challenge, description.attestationChallenge);
  checks.check('K8.challenge', same, toHex(description.attestationChallenge).slice(0, 128), 'challenge-mismatch');
}

/** Check K9: hardware made the statement, and it is the hardware that the certificate is for. */
export function checkLevels(
  description: KeyDescription,
  attestation: Certificate,
  policy: KeyAttestationPolicy,
  checks: CheckList,
): void {
  const { attestationSecurityLevel: level, keyMintSecurityLevel: mint } = description;
  checks.check(
    'K9.hardware',
    (level !== 'SOFTWARE' && mint !== 'SOFTWARE') || policy.allowSoftware === true,
    `${level}, ${mint}`,
    'software-level',
  );
  if (level === 'SOFTWARE' || mint === 'SOFTWARE') return;
  checks.check('K9.same', level === mint, `${level}, ${mint}`, 'level-mismatch');
  const certified = levelOfCertificate(attestation);
  if (certified === null) checks.skip('K9.certificate', 'the certificate does not say what it is for');
  else
    checks.check('K9.certificate', certified === level, `the certificate is for ${certified}`, 'level-not-certified');
}

/** Check K10: the key was made in the hardware, for what it is used for. */
export function checkKey(
  { hardwareEnforced, softwareEnforced }: KeyDescription,
  policy: KeyAttestationPolicy,
  checks: CheckList,
): void {
  const lists = policy.allowSoftware === true ? [hardwareEnforced, softwareEnforced] : [hardwareEnforced];
  const origin = lists.map(({ fields }) => fields['origin']).find((value) => value !== undefined);
  checks.check('K10.origin', origin === 'GENERATED', fieldText(origin), 'key-not-generated');
  const purposes = lists.map(({ fields }) => fields['purposes']).find((value) => Array.isArray(value));
  const allowed = policy.purposes ?? ['2', '3'];
  const right = Array.isArray(purposes) && purposes.every((one) => typeof one === 'string' && allowed.includes(one));
  checks.check('K10.purposes', right, fieldText(purposes), 'unexpected-purpose');
}

/** Checks K11 and K12: how the device booted. */
export function checkBoot(
  { hardwareEnforced, softwareEnforced }: KeyDescription,
  policy: KeyAttestationPolicy,
  checks: CheckList,
): void {
  const root = hardwareEnforced.rootOfTrust ?? (policy.allowSoftware === true ? softwareEnforced.rootOfTrust : null);
  if (root === null) {
    const elsewhere = softwareEnforced.rootOfTrust !== null;
    const reason = elsewhere ? 'root-of-trust-not-hardware' : 'root-of-trust-missing';
    if (policy.allowSoftware === true) checks.skip('K11.root-of-trust', 'software states none');
    else checks.check('K11.root-of-trust', false, elsewhere ? 'stated by software' : 'not stated', reason);
    return;
  }
  checks.check(
    'K11.root-of-trust',
    true,
    `boot key ${root.verifiedBootKey.slice(0, 64) || 'none'}`,
    'root-of-trust-missing',
  );
  const { deviceLocked, verifiedBootState: state, verifiedBootKey } = root;
  if (policy.allowUnverifiedBoot === true) {
    checks.skip('K12.boot', `${deviceLocked ? 'locked' : 'unlocked'}, ${state}: taken by policy`);
    return;
  }
  checks.check('K12.locked', deviceLocked, deviceLocked ? 'locked' : 'unlocked', 'bootloader-unlocked');
  const allowed = state === 'SELF_SIGNED' && policy.bootKeys?.includes(verifiedBootKey) === true;
  const reasons = {
    VERIFIED: '',
    SELF_SIGNED: 'boot-self-signed',
    UNVERIFIED: 'boot-unverified',
    FAILED: 'boot-failed',
  };
  checks.check('K12.state', state === 'VERIFIED' || allowed, state, reasons[state]);
  // A verified system has a key; zeros are what an unlocked bootloader has.
  checks.check('K12.boot-key', !/^0*$/.test(verifiedBootKey) || !deviceLocked, 'boot key', 'boot-key-missing');
}

/** Check K13: patch levels, their age, and that they never fall. */
export function checkPatchLevels(
  { hardwareEnforced: { fields } }: KeyDescription,
  policy: KeyAttestationPolicy,
  checks: CheckList,
): void {
  for (const name of ['osPatchLevel', 'vendorPatchLevel', 'bootPatchLevel']) {
    const value = fields[name];
    if (value === undefined) checks.skip(`K13.${name}`, 'not stated');
    else if (patchDate(value) === null) checks.skip(`K13.${name}`, `${fieldText(value)} is no date`);
    else checks.check(`K13.${name}`, true, patchDate(value) ?? '', '');
  }
  const level = patchDate(fields['osPatchLevel']);
  const { minPatchLevel, lastPatchLevel } = policy;
  if (minPatchLevel !== undefined)
    checks.check(
      'K13.age',
      level !== null && level >= fullDate(minPatchLevel),
      `${level ?? 'not stated'}, asked for ${minPatchLevel}`,
      'patch-level-old',
    );
  if (lastPatchLevel !== undefined)
    checks.check(
      'K13.rollback',
      level !== null && level >= fullDate(lastPatchLevel),
      `${level ?? 'not stated'}, before ${lastPatchLevel}`,
      'patch-level-rolled-back',
    );
}

function fullDate(level: string): string {
  return level.length === 7 ? `${level}-01` : level;
}

/** Check K14: the app that asked. The system fills it in, not the hardware: worth as much as the boot state. */
export function checkApplication(
  { hardwareEnforced, softwareEnforced }: KeyDescription,
  policy: KeyAttestationPolicy,
  checks: CheckList,
): void {
  const { applications } = policy;
  if (applications === undefined) {
    checks.skip('K14.application', 'no app was asked for');
    return;
  }
  const stated = softwareEnforced.application ?? hardwareEnforced.application;
  const [first, ...more] = stated?.packages ?? [];
  const name = stated?.packages.map((one) => one.name).join(', ') ?? 'not stated';
  if (!checks.check('K14.stated', first !== undefined, name, 'application-missing')) return;
  if (!checks.check('K14.alone', more.length === 0, name, 'application-shared')) return;
  if (!checks.check('K14.signed', (stated?.signatures.length ?? 0) > 0, 'signers', 'application-unsigned')) return;
  const known = applications.some(
    (one) => one.package === first?.name && stated?.signatures.every((signer) => signer === one.signer) === true,
  );
  checks.check(
    'K14.application',
    known,
    `${name}, signed by ${stated?.signatures.join(', ').slice(0, 200) ?? ''}`,
    'application-mismatch',
  );
}

const IDENTIFIERS = {
  brand: ['attestationIdBrand'],
  device: ['attestationIdDevice'],
  product: ['attestationIdProduct'],
  serial: ['attestationIdSerial'],
  imei: ['attestationIdImei', 'attestationIdSecondImei'],
  meid: ['attestationIdMeid'],
  manufacturer: ['attestationIdManufacturer'],
  model: ['attestationIdModel'],
} as const;

/** Check K15: the device that was enrolled. */
export function checkDevice(
  { hardwareEnforced: { fields } }: KeyDescription,
  policy: KeyAttestationPolicy,
  checks: CheckList,
): void {
  for (const [name, tags] of Object.entries(IDENTIFIERS)) {
    const wanted = Object.entries(policy.device ?? {}).find(([key]) => key === name)?.[1];
    if (wanted === undefined) continue;
    const stated = tags.flatMap((tag) => fields[tag] ?? []);
    if (stated.length === 0) checks.skip(`K15.${name}`, 'not stated');
    else checks.check(`K15.${name}`, stated.includes(wanted), stated.map(fieldText).join(', '), 'device-mismatch');
  }
}
