import { createNodeHost } from '@vedette/bytes/node';
import { describe, expect, it } from 'vitest';
import { fieldOf, isObject, type Json, type JsonObject } from '../jose/strict-json.ts';
import { MINT_SIGNER } from '../testing/mint-key-attestation.ts';
import {
  MINT_PLAY_NONCE,
  MINT_PLAY_PACKAGE,
  mintPlayKeys,
  mintPlayToken,
  playPayload,
} from '../testing/mint-play-integrity.ts';
import { DEVICE_TIERS, type PlayIntegrityPolicy } from './play-integrity-policy.ts';
import { verifyPlayIntegrityAnswer, verifyPlayIntegrityToken } from './verify-play-integrity.ts';

const host = createNodeHost();
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const at = Date.parse('2026-06-01T00:00:00Z');
const POLICY: PlayIntegrityPolicy = { at, packageName: MINT_PLAY_PACKAGE, challenge: { nonce: MINT_PLAY_NONCE } };
const SIGNER = Buffer.from(MINT_SIGNER).toString('hex');

/** The payload of a healthy device with one value put elsewhere; undefined takes it away. */
function payloadWith(path: string, value: Json | undefined): JsonObject {
  const put = (at_: JsonObject, [key = '', ...rest]: readonly string[]): JsonObject => {
    const inner = fieldOf(at_, key);
    const next = rest.length === 0 ? value : put(isObject(inner) ? inner : {}, rest);
    return Object.fromEntries([
      ...Object.entries(at_).filter(([name]) => name !== key),
      ...(next === undefined ? [] : [[key, next]]),
    ]);
  };
  return path === '' ? playPayload(at) : put(playPayload(at), path.split('.'));
}
const judge = (payload: JsonObject, policy: Partial<PlayIntegrityPolicy> = {}) =>
  verifyPlayIntegrityAnswer(JSON.stringify({ tokenPayloadExternal: payload }), { ...POLICY, ...policy }).value;

describe('a verdict of Play Integrity', () => {
  it.each([
    ['of a healthy device', '', undefined, {}],
    ['with fields of tomorrow', 'weather', 'fine', {}],
    ['of a standard request', 'requestDetails.requestHash', 'abc', { challenge: { requestHash: 'abc' } }],
    ['with the time as a number', 'requestDetails.timestampMillis', at - 1000, {}],
    [
      'of an app that management installed',
      'appIntegrity',
      { appRecognitionVerdict: 'UNRECOGNIZED_VERSION', packageName: MINT_PLAY_PACKAGE },
      { allowUnrecognized: true },
    ],
    ['of our signer', '', undefined, { signers: [SIGNER], minVersionCode: 42 }],
    ['with Play Protect and no risk', '', undefined, { requirePlayProtect: true, refuseAccessRisk: true }],
    ['of all tiers', '', undefined, { device: [...DEVICE_TIERS] }],
    ['of a test, where that is taken', 'testingDetails', { isTestingResponse: true }, { allowTesting: true }],
  ] satisfies readonly [string, string, Json | undefined, Partial<PlayIntegrityPolicy>][])(
    '%s is accepted',
    (_, path, value, policy) => {
      expect(judge(payloadWith(path, value), policy)?.reasons).toEqual([]);
    },
  );

  const REFUSED: readonly (readonly [
    string,
    string,
    Json | undefined,
    Partial<PlayIntegrityPolicy>,
    readonly string[],
  ])[] = [
    ['P1 another app asked', 'requestDetails.requestPackageName', 'com.evil', {}, ['package-mismatch']],
    ['P1 nobody asked', 'requestDetails.requestPackageName', undefined, {}, ['package-mismatch']],
    ['P2 another nonce', 'requestDetails.nonce', 'b3RoZXI', {}, ['challenge-mismatch']],
    [
      'P2 a nonce of which ours is the beginning',
      'requestDetails.nonce',
      `${MINT_PLAY_NONCE}x`,
      {},
      ['challenge-mismatch'],
    ],
    ['P2 no nonce', 'requestDetails.nonce', undefined, {}, ['challenge-mismatch']],
    ['P2 a nonce that is a number', 'requestDetails.nonce', 1, {}, ['challenge-mismatch']],
    [
      'P2 another hash of the request',
      'requestDetails.requestHash',
      'abd',
      { challenge: { requestHash: 'abc' } },
      ['challenge-mismatch'],
    ],
    ['P3 too old', 'requestDetails.timestampMillis', String(at - 11 * 60_000), {}, ['timestamp-old']],
    ['P3 of the future', 'requestDetails.timestampMillis', String(at + 120_000), {}, ['timestamp-future']],
    ['P3 no time', 'requestDetails.timestampMillis', undefined, {}, ['timestamp-missing']],
    ['P3 a time in words', 'requestDetails.timestampMillis', 'now', {}, ['timestamp-missing']],
    ['P3 a fraction of a time', 'requestDetails.timestampMillis', 1.5, {}, ['timestamp-missing']],
    [
      'P4 an app that Play does not know',
      'appIntegrity.appRecognitionVerdict',
      'UNRECOGNIZED_VERSION',
      {},
      ['app-not-recognized'],
    ],
    [
      'P4 an app that was not looked at',
      'appIntegrity',
      { appRecognitionVerdict: 'UNEVALUATED' },
      {},
      ['app-not-recognized'],
    ],
    ['P4 a verdict of tomorrow', 'appIntegrity.appRecognitionVerdict', 'PLAY_RECOGNISED', {}, ['app-not-recognized']],
    ['P4 another package', 'appIntegrity.packageName', 'com.evil', {}, ['app-package-mismatch']],
    [
      'P4 another signer',
      'appIntegrity.certificateSha256Digest',
      ['AAAA'],
      { signers: [SIGNER] },
      ['application-mismatch'],
    ],
    ['P4 no signer', 'appIntegrity.certificateSha256Digest', [], { signers: [SIGNER] }, ['application-mismatch']],
    ['P4 an older version', 'appIntegrity.versionCode', '41', { minVersionCode: 42 }, ['version-old']],
    ['P5 no tier', 'deviceIntegrity.deviceRecognitionVerdict', [], {}, ['device-integrity']],
    ['P5 nothing of the device', 'deviceIntegrity', undefined, {}, ['device-integrity']],
    [
      'P5 a tier below',
      'deviceIntegrity.deviceRecognitionVerdict',
      ['MEETS_BASIC_INTEGRITY'],
      {},
      ['device-integrity'],
    ],
    [
      'P5 an emulator',
      'deviceIntegrity.deviceRecognitionVerdict',
      ['MEETS_VIRTUAL_INTEGRITY'],
      {},
      ['device-integrity'],
    ],
    [
      'P5 a tier that is a text',
      'deviceIntegrity.deviceRecognitionVerdict',
      'MEETS_DEVICE_INTEGRITY',
      {},
      ['device-integrity'],
    ],
    [
      'P6 an old verdict that is better',
      'deviceIntegrity',
      {
        deviceRecognitionVerdict: ['MEETS_BASIC_INTEGRITY'],
        legacyDeviceRecognitionVerdict: ['MEETS_STRONG_INTEGRITY'],
      },
      {},
      ['device-integrity'],
    ],
    [
      'P8 Play Protect found something',
      'environmentDetails.playProtectVerdict',
      'MEDIUM_RISK',
      { requirePlayProtect: true },
      ['play-protect'],
    ],
    [
      'P8 Play Protect is off',
      'environmentDetails.playProtectVerdict',
      'POSSIBLE_RISK',
      { requirePlayProtect: true },
      ['play-protect'],
    ],
    ['P8 Play Protect says nothing', 'environmentDetails', undefined, { requirePlayProtect: true }, ['play-protect']],
    [
      'P8 an unknown app controls',
      'environmentDetails.appAccessRiskVerdict.appsDetected',
      ['UNKNOWN_CONTROLLING'],
      { refuseAccessRisk: true },
      ['app-access-risk'],
    ],
    [
      'P8 risk not stated',
      'environmentDetails.appAccessRiskVerdict',
      {},
      { refuseAccessRisk: true },
      ['app-access-risk'],
    ],
    ['P9 an answer of the test mode', 'testingDetails', { isTestingResponse: true }, {}, ['testing-response']],
    ['P9 a test that is no plain yes', 'testingDetails', { isTestingResponse: 'true' }, {}, ['testing-response']],
  ];
  it.each(REFUSED)('%s is refused', (_, path, value, policy, expected) => {
    expect(judge(payloadWith(path, value), policy)?.reasons).toEqual(expected);
  });

  it('over every combination of verdicts never takes what is unknown for good', () => {
    const words = {
      app: ['PLAY_RECOGNIZED', 'UNRECOGNIZED_VERSION', 'UNEVALUATED', '', 'TOMORROW', null],
      device: [
        [],
        ['MEETS_BASIC_INTEGRITY'],
        ['MEETS_DEVICE_INTEGRITY'],
        ['MEETS_STRONG_INTEGRITY'],
        ['MEETS_VIRTUAL_INTEGRITY'],
        ['TOMORROW'],
        null,
      ],
      protect: ['NO_ISSUES', 'NO_DATA', 'POSSIBLE_RISK', 'MEDIUM_RISK', 'HIGH_RISK', 'UNEVALUATED', 'TOMORROW', null],
      risk: [
        [],
        ['KNOWN_INSTALLED'],
        ['UNKNOWN_INSTALLED'],
        ['UNKNOWN_CAPTURING'],
        ['KNOWN_CONTROLLING', 'UNKNOWN_OVERLAYS'],
        null,
      ],
    };
    let tried = 0;
    for (const app of words.app)
      for (const device of words.device)
        for (const protect of words.protect)
          for (const risk of words.risk) {
            const payload = {
              ...playPayload(at),
              appIntegrity: { appRecognitionVerdict: app, packageName: MINT_PLAY_PACKAGE },
              deviceIntegrity: { deviceRecognitionVerdict: device },
              environmentDetails: { playProtectVerdict: protect, appAccessRiskVerdict: { appsDetected: risk } },
            };
            const ok = judge(payload, { requirePlayProtect: true, refuseAccessRisk: true })?.ok;
            const good =
              app === 'PLAY_RECOGNIZED' &&
              device?.includes('MEETS_DEVICE_INTEGRITY') === true &&
              protect === 'NO_ISSUES' &&
              risk !== null &&
              !risk.some((one) => /^UNKNOWN_(?:CAPTURING|OVERLAYS|CONTROLLING)$/.test(one));
            expect(ok, JSON.stringify([app, device, protect, risk])).toBe(good);
            tried++;
          }
    expect(tried).toBe(6 * 7 * 8 * 6);
  });
});

describe('a classic token', () => {
  const minted = mintPlayKeys();
  const text = JSON.stringify(playPayload(at));
  const verify = async (token: string, keys = minted.keys) =>
    (await verifyPlayIntegrityToken(token, keys, POLICY, host)).value;

  it('is opened and verified with one’s own keys', async () => {
    expect(await verify(await mintPlayToken(text, minted))).toMatchObject({ ok: true, reasons: [] });
  });

  it.each([
    ['by another signer', { ...minted, signer: mintPlayKeys().signer }, undefined, ['bad-signature']],
    ['with no algorithm', minted, { alg: 'none' }, ['bad-signature']],
    ['with another algorithm', minted, { alg: 'HS256' }, ['bad-signature']],
  ])('%s is refused', async (_, keys, header, expected) => {
    expect((await verify(await mintPlayToken(text, keys, header)))?.reasons).toEqual(expected);
  });

  it('for other keys, or with a header that must be understood, is unreadable', async () => {
    const token = await mintPlayToken(text, minted);
    expect(await verify(token, { ...minted.keys, decryption: new Uint8Array(32) })).toBeNull();
    expect(await verify(await mintPlayToken(text, minted, { alg: 'ES256', crit: ['x'] }))).toBeNull();
    expect(await verify(await mintPlayToken('{"a":1,"a":2}', minted))).toBeNull();
    for (const bad of ['', 'a.b.c.d.e', token.slice(0, -5), token.split('.').slice(0, 4).join('.')])
      expect(await verify(bad)).toBeNull();
  });

  it('is never accepted with a damaged character', { timeout: 120_000 }, async () => {
    const token = await mintPlayToken(text, minted);
    const accepted: number[] = [];
    for (let offset = 0; offset < token.length; offset++) {
      // The lowest bit of a character: where it is behind the last byte of a part, a lenient reader sees no difference.
      const other = ALPHABET[ALPHABET.indexOf(token[offset] ?? '') ^ 1] ?? 'A';
      if ((await verify(token.slice(0, offset) + other + token.slice(offset + 1)))?.ok === true) accepted.push(offset);
    }
    console.log(`play integrity: ${token.length} damaged tokens, ${accepted.length} accepted`);
    expect(accepted).toEqual([]);
  });
});
