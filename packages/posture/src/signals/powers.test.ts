import { readDeviceEvidence, treeFromFiles } from '@vedette/forensics';
import {
  buildAdbAnswers,
  buildAndroidqf,
  buildBugReport,
  describePhone,
  type PhoneDescription,
  sideloadedApp,
  USUAL_APPS,
} from '@vedette/forensics/fixtures';
import { describe, expect, it } from 'vitest';
import { judge } from '../judge.ts';
import { app, CONTEXT, evidenceOf, seen, signalIn, withApps } from '../testing/evidence.ts';
import { POWERS } from './powers.ts';

const now = '2026-11-20T18:00:00.000Z';
const SPY = 'com.example.spy';
const APPS = [...USUAL_APPS, sideloadedApp(SPY)];

/** From the bytes of a capture to the judged cell and its findings. */
function judged(
  overrides: Partial<PhoneDescription>,
  build: (phone: PhoneDescription) => ReadonlyMap<string, Uint8Array>,
) {
  const phone = describePhone({ systemPackages: 8, apps: APPS, ...overrides });
  const { value } = readDeviceEvidence(treeFromFiles(build(phone)), { now });
  if (value === null) throw new Error('the capture was not recognised');
  return judge(value.evidence, { ...CONTEXT, now });
}

const SOURCES = [
  ['a bug report', (phone: PhoneDescription) => buildBugReport(phone, { logLines: 2 })],
  ['an androidqf bundle', (phone: PhoneDescription) => buildAndroidqf(phone)],
  ['ADB answers', (phone: PhoneDescription) => buildAdbAnswers(phone)],
] as const;

/** Per signal: what gives the power to the app from nowhere, the rule that fires, and what gives it to an app of a store, with what that is judged. */
const CASES = [
  [
    'apps.notification-access',
    { notificationListeners: [`${SPY}/.L`] },
    'device.app.notification-access',
    { notificationListeners: ['com.whatsapp/.L'] },
    'ok',
  ],
  [
    'apps.device-admin',
    { deviceAdmins: [`${SPY}/.A`] },
    'device.app.device-admin',
    { deviceAdmins: ['com.whatsapp/.A'] },
    'ok',
  ],
  [
    'apps.overlay',
    { operations: { SYSTEM_ALERT_WINDOW: [SPY] } },
    'device.app.overlay',
    { operations: { SYSTEM_ALERT_WINDOW: ['com.whatsapp'] } },
    'ok',
  ],
  [
    'apps.usage-access',
    { operations: { GET_USAGE_STATS: [SPY] } },
    'device.app.usage-access',
    { operations: { GET_USAGE_STATS: ['com.whatsapp'] } },
    'ok',
  ],
  [
    'apps.defaults',
    { settings: { 'secure/sms_default_application': SPY } },
    'device.app.default',
    { settings: { 'secure/sms_default_application': 'com.whatsapp' } },
    'ok',
  ],
  [
    'network.always-on-vpn',
    { settings: { 'secure/always_on_vpn_app': SPY } },
    'device.network.always-on-vpn',
    { settings: { 'secure/always_on_vpn_app': 'com.whatsapp' } },
    'ok',
  ],
  ['apps.screen-capture', { capturing: SPY }, 'device.app.screen-capture', { capturing: 'com.whatsapp' }, 'bad'],
  [
    'developer.mock-location',
    { operations: { MOCK_LOCATION: [SPY] } },
    'device.developer.mock-location',
    { operations: { MOCK_LOCATION: ['com.whatsapp'] } },
    'bad',
  ],
  [
    'lock.timeout',
    { settings: { 'system/screen_off_timeout': '1800000' } },
    'device.lock.late',
    { settings: { 'system/screen_off_timeout': '300000' } },
    'ok',
  ],
  [
    'os.vendor-patch',
    { vendorPatchLevel: '2025-01-05' },
    'device.vendor-patch.old',
    { vendorPatchLevel: '2026-05-05' },
    'ok',
  ],
  [
    'network.private-dns',
    { settings: { 'global/private_dns_mode': 'hostname', 'global/private_dns_specifier': 'dns.evil.test' } },
    'device.network.private-dns',
    { settings: { 'global/private_dns_mode': 'hostname', 'global/private_dns_specifier': 'dns.quad9.net' } },
    'ok',
  ],
] as const;

describe.each(SOURCES)('powers and settings in %s', (_, build) => {
  it.each(CASES)('%s', (id, bad, rule, usual, status) => {
    const found = judged(bad, build);
    expect(signalIn(found, id).status).toBe('bad');
    const finding = found.findings.find(({ ruleId }) => ruleId === rule);
    expect(finding?.evidence[0]).toHaveProperty('rawRef');
    expect(signalIn(judged({}, build), id)).toMatchObject({ status: 'ok' });
    expect(signalIn(judged(usual, build), id).status).toBe(status);
  });
});

describe('powers', () => {
  it.each(POWERS.map((power) => [power.id, power] as const))(
    '%s is unknown where nothing tells, or the device refuses',
    (id, { artefacts }) => {
      expect(signalIn(judge(evidenceOf([]), CONTEXT), id).status).toBe('unknown');
      const refused = seen(`denied.${artefacts[0] ?? ''}`, 'Permission Denial: no');
      const signal = signalIn(judge(evidenceOf([refused]), CONTEXT), id);
      expect(signal).toMatchObject({
        status: 'unknown',
        reason: 'The device refused to answer: Permission Denial: no',
      });
    },
  );

  it('are unknown where a holder came from nowhere that is known', () => {
    const judgement = judge(
      evidenceOf([seen('device-policy.admin', 'com.example.x'), seen('device-policy.admin.count', '1')]),
      CONTEXT,
    );
    expect(signalIn(judgement, 'apps.device-admin')).toMatchObject({
      status: 'unknown',
      reason: 'com.example.x is an administrator of the device, and where it came from is not known.',
    });
  });

  it('are unknown where a count says that holders were lost on the way', () => {
    const evidence = withApps(
      [app('com.a')],
      [seen('appops.system-alert-window', 'com.a'), seen('appops.system-alert-window.count', '3')],
    );
    expect(signalIn(judge(evidence, CONTEXT), 'apps.overlay')).toMatchObject({
      status: 'unknown',
      reason: 'It is not known whether there are more.',
    });
  });

  it('are no matter where an administrator approved the app', () => {
    const evidence = withApps(
      [app('com.a', { installer: null })],
      [seen('device-policy.admin', 'com.a'), seen('device-policy.admin.count', '1')],
    );
    expect(signalIn(judge(evidence, CONTEXT), 'apps.device-admin').status).toBe('bad');
    const approving = { ...CONTEXT, approvedPackages: ['com.a'] };
    expect(signalIn(judge(evidence, approving), 'apps.device-admin').status).toBe('ok');
  });

  it('say nothing of iPhones', () => {
    const evidence = { ...evidenceOf([]), facts: { ...evidenceOf([]).facts, platform: 'ios' as const } };
    for (const { id } of POWERS)
      expect(signalIn(judge(evidence, CONTEXT), id).reason).toBe('iOS gives no evidence of this.');
  });
});
