import { toHex } from '@vedette/bytes';
import type { CheckList } from '../check-list.ts';
import { decodeBase64Url } from '../jose/compact-jws.ts';
import { fieldOf, isObject, type Json, type JsonObject } from '../jose/strict-json.ts';
import type { FieldValue } from '../report.ts';
import type { PlayIntegrityPolicy } from './play-integrity-policy.ts';

const TEN_MINUTES = 10 * 60 * 1000;
/** Clocks of servers differ by less. */
const CLOCK_SKEW_MS = 60 * 1000;

/**
 * Checks the payload of an integrity token (Play Integrity API, "Integrity verdicts"). Every verdict that is missing, empty
 * or of a name that nobody knows counts as not given.
 */
export function checkPayload(
  payload: JsonObject,
  policy: PlayIntegrityPolicy,
  checks: CheckList,
): Record<string, FieldValue> {
  checkRequest(fieldOf(payload, 'requestDetails'), policy, checks);
  checkApp(fieldOf(payload, 'appIntegrity'), policy, checks);
  checkDevice(fieldOf(payload, 'deviceIntegrity'), policy, checks);
  checkEnvironment(fieldOf(payload, 'environmentDetails'), policy, checks);
  const testing = fieldOf(fieldOf(payload, 'testingDetails'), 'isTestingResponse');
  // Anything but a plain no is a test.
  const real = testing === undefined || testing === false;
  if (policy.allowTesting === true && !real)
    checks.skip('P9.testing', 'an answer of Play’s test mode, taken by policy');
  else checks.check('P9.testing', real, real ? 'a real answer' : 'an answer of Play’s test mode', 'testing-response');
  return { payload: plain(payload) };
}

/** P1 to P3: who asked, for what, and when. */
function checkRequest(details: Json | undefined, policy: PlayIntegrityPolicy, checks: CheckList): void {
  const name = textOf(details, 'requestPackageName');
  checks.check('P1.package', name === policy.packageName, name ?? 'not stated', 'package-mismatch');
  if (policy.challenge === 'not-checked')
    checks.skip('P2.challenge', 'no challenge was given: the statement may be an old one');
  else {
    const [key, wanted] =
      'nonce' in policy.challenge
        ? (['nonce', policy.challenge.nonce] as const)
        : (['requestHash', policy.challenge.requestHash] as const);
    const stated = textOf(details, key);
    // An empty challenge was never asked for.
    const same = stated !== null && wanted !== '' && sameText(stated, wanted);
    checks.check('P2.challenge', same, stated ?? 'not stated', 'challenge-mismatch');
  }
  const at = millisecondsOf(fieldOf(details, 'timestampMillis'));
  if (
    !checks.check(
      'P3.stated',
      at !== null,
      at === null ? 'no time' : new Date(at).toISOString(),
      'timestamp-missing',
    ) ||
    at === null
  )
    return;
  checks.check(
    'P3.age',
    policy.at - at <= (policy.maxAgeMs ?? TEN_MINUTES),
    new Date(at).toISOString(),
    'timestamp-old',
  );
  checks.check('P3.future', at - policy.at <= CLOCK_SKEW_MS, new Date(at).toISOString(), 'timestamp-future');
}

/** P4: the app as Play knows it. */
function checkApp(app: Json | undefined, policy: PlayIntegrityPolicy, checks: CheckList): void {
  const verdict = textOf(app, 'appRecognitionVerdict');
  const recognised =
    verdict === 'PLAY_RECOGNIZED' || (policy.allowUnrecognized === true && verdict === 'UNRECOGNIZED_VERSION');
  checks.check('P4.recognised', recognised, verdict ?? 'not stated', 'app-not-recognized');
  const name = textOf(app, 'packageName');
  // Play leaves these out where it did not evaluate the app.
  if (name !== null || recognised)
    checks.check('P4.package', name === policy.packageName, name ?? 'not stated', 'app-package-mismatch');
  const { signers, minVersionCode } = policy;
  if (signers !== undefined) {
    const stated = listOf(app, 'certificateSha256Digest').map((digest) =>
      toHex(decodeBase64Url(digest.replace(/=+$/, '')) ?? new Uint8Array(0)),
    );
    const known = stated.length > 0 && stated.every((digest) => signers.includes(digest));
    checks.check('P4.signers', known, stated.join(', ') || 'not stated', 'application-mismatch');
  }
  if (minVersionCode !== undefined) {
    const version = millisecondsOf(fieldOf(app, 'versionCode'));
    checks.check(
      'P4.version',
      version !== null && version >= minVersionCode,
      String(version ?? 'not stated'),
      'version-old',
    );
  }
}

/** P5 and P6: the device. A set of tiers; what the older field says never lifts it. */
function checkDevice(device: Json | undefined, policy: PlayIntegrityPolicy, checks: CheckList): void {
  const tiers = new Set(listOf(device, 'deviceRecognitionVerdict'));
  for (const tier of policy.device ?? ['MEETS_DEVICE_INTEGRITY'])
    checks.check(`P5.${tier}`, tiers.has(tier), [...tiers].join(', ') || 'no tier', 'device-integrity');
  if (tiers.has('MEETS_VIRTUAL_INTEGRITY')) checks.skip('P5.virtual', 'an emulator that Google Play powers');
  const activity = textOf(fieldOf(device, 'recentDeviceActivity'), 'deviceActivityLevel');
  if (activity !== null)
    checks.skip('P6.activity', `${activity}${activity === 'LEVEL_4' ? ': far more requests than one app makes' : ''}`);
  if (isObject(fieldOf(device, 'deviceRecall'))) checks.skip('P6.recall', 'what was noted of this device before');
}

const ACCESS = /^UNKNOWN_(?:CAPTURING|OVERLAYS|CONTROLLING)$/;

/** P8: what else runs on the device. */
function checkEnvironment(environment: Json | undefined, policy: PlayIntegrityPolicy, checks: CheckList): void {
  const protect = textOf(environment, 'playProtectVerdict');
  if (policy.requirePlayProtect === true)
    checks.check('P8.play-protect', protect === 'NO_ISSUES', protect ?? 'not stated', 'play-protect');
  else checks.skip('P8.play-protect', protect ?? 'not stated');
  const risk = fieldOf(environment, 'appAccessRiskVerdict');
  const apps = listOf(risk, 'appsDetected');
  const stated = Array.isArray(fieldOf(risk, 'appsDetected'));
  if (policy.refuseAccessRisk === true)
    checks.check(
      'P8.access-risk',
      stated && !apps.some((app) => ACCESS.test(app)),
      stated ? apps.join(', ') || 'none' : 'not stated',
      'app-access-risk',
    );
  else checks.skip('P8.access-risk', stated ? apps.join(', ') || 'none' : 'not stated');
}

function textOf(value: Json | undefined, key: string): string | null {
  const found = fieldOf(value, key);
  return typeof found === 'string' && found !== '' ? found.slice(0, 1000) : null;
}

/** Texts of a list; anything else in it makes it none. */
function listOf(value: Json | undefined, key: string): readonly string[] {
  const found = fieldOf(value, key);
  return Array.isArray(found) && found.length <= 100 && found.every((one) => typeof one === 'string') ? found : [];
}

/** Google writes 64-bit numbers as texts, and some answers as numbers. */
function millisecondsOf(value: Json | undefined): number | null {
  if (typeof value === 'string') return /^\d{1,15}$/.test(value) ? Number(value) : null;
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/** Compares without telling by its time where they differ. */
function sameText(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let index = 0; index < a.length; index++)
    difference |= a.charCodeAt(index) ^ b.charCodeAt(index % Math.max(b.length, 1));
  return difference === 0;
}

/** JSON as fields of a report: the same shapes, typed apart. */
function plain(value: Json): FieldValue {
  if (Array.isArray(value)) return value.map(plain);
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
    : primitive(value);
}

function primitive(value: Json): FieldValue {
  return typeof value === 'object' ? null : value;
}
