import type { SignalId } from '@vedette/contracts';
import { describe, expect, it } from 'vitest';
import { judge } from '../judge.ts';
import { app, CONTEXT, evidenceOf, iosEvidence, rulesOf, seen, signalIn, withApps } from '../testing/evidence.ts';

type Pairs = readonly (readonly [string, string])[];
const observations = (pairs: Pairs) => pairs.map(([key, value]) => seen(key, value));
const android = (pairs: Pairs) => judge(evidenceOf(observations(pairs)), CONTEXT);
const iphone = (pairs: Pairs) => judge(iosEvidence(observations(pairs)), CONTEXT);

/** Signal, evidence, status, rule. */
type Row = readonly [id: SignalId, pairs: Pairs, status: 'ok' | 'bad' | 'unknown', rule?: string];
const ANDROID: readonly Row[] = [
  ['os.update', [['system-update.state', 'up-to-date']], 'ok'],
  ['os.update', [['system-update.state', 'security']], 'bad', 'device.update.pending'],
  ['os.update', [['system-update.state', 'soon']], 'unknown'],
  ['os.update', [['system-update.failure', 'no space']], 'bad', 'device.update.pending'],
  ['os.device-support', [['getprop.ro.product.model', 'Pixel 9']], 'ok'],
  ['os.device-support', [['getprop.ro.product.model', 'Pixel 3']], 'bad', 'device.model.unsupported'],
  ['os.device-support', [['getprop.ro.product.model', 'Toaster 2']], 'unknown'],
  ['os.hardened-mode', [['settings.secure.advanced_protection_mode', '1']], 'ok'],
  ['os.hardened-mode', [['agent.advanced_protection', 'false']], 'ok'],
  // “null”: the system does not have it, or nobody ever asked.
  ['os.hardened-mode', [['settings.secure.advanced_protection_mode', 'null']], 'unknown'],
  ['os.clock', [['clock.skew', '-299']], 'ok'],
  ['os.clock', [['clock.skew', '-301']], 'bad', 'device.clock'],
  ['os.clock', [['clock.skew', 'late']], 'unknown'],
  ['lock.quality', [['agent.password_complexity', 'medium']], 'ok'],
  ['lock.quality', [['agent.password_complexity', 'low']], 'bad', 'device.lock.weak'],
  ['lock.quality', [['agent.password_complexity', '7']], 'unknown'],
  ['lock.trust-agents', [['trust.agent.count', '0']], 'ok'],
  [
    'lock.trust-agents',
    [
      ['trust.agent', 'com.google.android.gms/.T'],
      ['trust.agent.count', '1'],
    ],
    'ok',
  ],
  [
    'lock.trust-agents',
    [
      ['trust.agent', 'com.evil/.T'],
      ['trust.agent.count', '1'],
    ],
    'bad',
    'device.lock.trust-agent',
  ],
  ['lock.trust-agents', [['trust.agent.count', '2']], 'unknown'],
  ['developer.usb-mode', [['getprop.sys.usb.state', 'adb']], 'ok'],
  ['developer.usb-mode', [['getprop.sys.usb.state', 'mtp,adb']], 'bad', 'device.developer.usb-data'],
  ['developer.usb-mode', [['agent.usb_mode', 'ptp']], 'bad', 'device.developer.usb-data'],
  ['developer.usb-mode', [['getprop.sys.usb.state', '?']], 'unknown'],
  ['integrity.emulator', [['getprop.ro.build.fingerprint', 'google/tokay/tokay:16/B/1:user/release-keys']], 'ok'],
  ['integrity.emulator', [['getprop.ro.hardware', 'ranchu']], 'bad', 'device.emulator'],
  ['integrity.emulator', [['getprop.ro.kernel.qemu', '1']], 'bad', 'device.emulator'],
  ['integrity.emulator', [['agent.emulator', 'no sensors']], 'bad', 'device.emulator'],
  ['integrity.emulator', [['getprop.ro.hardware', 'tensor']], 'unknown'],
  ['apps.cloud-backup', [['backup.enabled', 'true']], 'ok'],
  [
    'apps.cloud-backup',
    [
      ['backup.enabled', 'true'],
      ['device-policy.device-owner', 'com.emm'],
    ],
    'bad',
    'device.backup.cloud',
  ],
  ['apps.cloud-backup', [['backup.enabled', 'perhaps']], 'unknown'],
  ['network.user-ca', [['agent.user_ca.count', '0']], 'ok'],
  [
    'network.user-ca',
    [
      ['agent.user_ca', 'Evil Root'],
      ['agent.user_ca.count', '1'],
    ],
    'bad',
    'device.network.user-ca',
  ],
  ['network.user-ca', [['agent.user_ca.count', '1']], 'unknown'],
  ['agent.management', [['management.compliant', 'true']], 'ok'],
  ['agent.management', [['management.compliant', 'false']], 'bad', 'device.management.non-compliant'],
  ['agent.management', [['management.compliant', 'soon']], 'unknown'],
];

const IPHONE: readonly Row[] = [
  ['os.hardened-mode', [['ios.lockdown-mode', 'true']], 'ok'],
  ['os.profiles', [['ios.profile.count', '0']], 'ok'],
  [
    'os.profiles',
    [
      ['ios.profile.unmanaged', 'Wi-Fi: com.apple.wifi.managed'],
      ['ios.profile.count', '1'],
    ],
    'bad',
    'device.profile.unmanaged',
  ],
  [
    'os.profiles',
    [
      ['ios.profile.unmanaged', 'VPN: com.apple.vpn.managed'],
      ['ios.profile.count', '1'],
    ],
    'bad',
    'device.profile.intercepts',
  ],
  // Over USB nobody says who installed it.
  ['os.profiles', [['ios.profile.unstated', 'VPN: com.apple.vpn.managed']], 'unknown'],
  [
    'network.user-ca',
    [
      ['ios.added-root', 'Corp Root'],
      ['ios.added-root.count', '1'],
    ],
    'bad',
    'device.network.user-ca',
  ],
  [
    'network.user-ca',
    [
      ['ios.added-root', 'Corp Root'],
      ['ios.added-root.count', '1'],
      ['ios.managed-roots', 'true'],
    ],
    'ok',
  ],
  [
    'apps.cloud-backup',
    [
      ['ios.cloud-backup', 'true'],
      ['ios.supervised', 'true'],
    ],
    'bad',
    'device.backup.cloud',
  ],
  ['apps.cloud-backup', [['ios.cloud-backup', 'true']], 'ok'],
  ['developer.usb-mode', [['ios.usb-restricted', 'false']], 'bad', 'device.developer.usb-data'],
];

/** Named, since rows of unlike length confuse the types of `it.each`. */
const cases = (rows: readonly Row[]) =>
  rows.map(([id, pairs, status, rule]) => ({ id, pairs, status, rules: rule === undefined ? [] : [rule] }));

describe('signals of management, updates and surroundings', () => {
  it.each(cases(ANDROID))('Android: $id with $pairs is $status', ({ id, pairs, status, rules }) => {
    expect(signalIn(android(pairs), id).status).toBe(status);
    expect(rulesOf(android(pairs))).toEqual(rules);
  });

  it.each(cases(IPHONE))('iOS: $id with $pairs is $status', ({ id, pairs, status, rules }) => {
    expect(signalIn(iphone(pairs), id).status).toBe(status);
    expect(rulesOf(iphone(pairs))).toEqual(rules);
  });

  it('an update that repairs and waits for more than a month weighs more', () => {
    const waiting = android([
      ['system-update.state', 'security'],
      ['system-update.since', '2026-09-01T00:00:00Z'],
    ]);
    expect(signalIn(waiting, 'os.update').value).toBe('a security update, for 82 days');
    expect(waiting.findings).toMatchObject([{ ruleId: 'device.update.pending', severity: 'medium' }]);
  });

  it('a computer that may debug is one too many in a bug report, and the one that asks over USB', () => {
    const hosts = (source: 'adb' | 'bugreport', count: string) =>
      signalIn(
        judge(evidenceOf([seen('adb.trusted-host.count', count, { source })]), CONTEXT),
        'developer.trusted-hosts',
      );
    expect(hosts('bugreport', '0')).toMatchObject({ status: 'ok', value: 'none' });
    expect(hosts('adb', '1')).toMatchObject({ status: 'ok', value: '1, for this check' });
    expect(hosts('bugreport', '1').status).toBe('bad');
    expect(hosts('adb', '2').status).toBe('bad');
    expect(hosts('adb', 'many').status).toBe('unknown');
  });

  it.each([
    ['2026-10-01', 'ok', '2026-10-01 (52 days old), WebView 142.0.1'],
    ['2026-10', 'ok', '2026-10-01 (52 days old), WebView 142.0.1'],
    ['2024-01-01', 'bad', '2024-01-01 (34 months old), WebView 142.0.1'],
    ['33', 'unknown', '33'],
    ['2031-01-01', 'unknown', '2031-01-01'],
  ])('modules dated %s are %s', (versionName, status, value) => {
    const judged = judge(
      withApps([
        app('com.google.android.modulemetadata', { versionName, system: true }),
        app('com.google.android.webview', { versionName: '142.0.1', system: true }),
      ]),
      CONTEXT,
    );
    expect(signalIn(judged, 'os.modules')).toMatchObject({ status, value });
    expect(rulesOf(judged)).toEqual(status === 'bad' ? ['device.modules.old'] : []);
  });
});
