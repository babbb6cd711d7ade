import { deflateSync } from 'node:zlib';
import { createNodeHost } from '@vedette/bytes/node';
import type { EvidenceRecord, Finding, Observable } from '@vedette/contracts';
import { readDeviceEvidence, treeFromFiles } from '@vedette/forensics';
import {
  buildAdbAnswers,
  buildAndroidqf,
  buildBugReport,
  describePhone,
  sideloadedApp,
} from '@vedette/forensics/fixtures';
import { createIndicatorSet } from '@vedette/indicators';
import { describe, expect, it } from 'vitest';
import { checkDevice } from '../check-device.ts';
import { CONTEXT } from '../testing/evidence.ts';
import { ARTEFACT_RULES } from './artefact-rules.ts';
import { createRecordJudge } from './record-judge.ts';

/**
 * Every artefact of Android evidence that the best forensic tools parse, from its bytes to what a responder reads: the row
 * is named as in the table of the field (A1 to A27). Each has something wrong in it that is found with its place, something
 * that a list of indicators names, or both, and the same artefact with nothing wrong, which stays silent.
 */
const now = '2026-11-20T12:00:00.000Z';
type Files = ReadonlyMap<string, Uint8Array>;

function check(files: Files, bad: readonly Observable[] = []): readonly Finding[] {
  const list = {
    name: 'campaign',
    indicators: bad.map((observable) => ({ all: [observable], name: 'Spy', reference: null, at: null })),
  };
  const judge = createRecordJudge(ARTEFACT_RULES, createIndicatorSet([list]).matchRecord);
  const onRecord = (record: EvidenceRecord): boolean => judge.see(record);
  const parsed = readDeviceEvidence(treeFromFiles(new Map(files)), { now, onRecord, host: createNodeHost() });
  const result = checkDevice(parsed, {
    ...CONTEXT,
    now,
    path: 'x',
    engineVersion: '0',
    recordFindings: () => judge.findings(),
  });
  if (result === null) throw new Error('the evidence was not recognised');
  return result.findings;
}

const HEALTHY = describePhone({ systemPackages: 6, apps: [] });
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
/** A healthy phone's answers over ADB, one of them replaced. */
const adb = (name: string, text: string): Files =>
  new Map([...buildAdbAnswers(HEALTHY), [`adb/${name}.txt`, encode(text)]]);
/** A healthy phone's bug report with one more service at its end. */
function bugReport(service: string, text: string): Files {
  const files = buildBugReport(HEALTHY, { logLines: 1 });
  const [name, body] = [...files].find(([path]) => path.startsWith('bugreport-')) ?? ['', new Uint8Array()];
  const more = `-------------------------------------------------------------------------------\nDUMP OF SERVICE ${service}:\n${text}\n`;
  return new Map([...files, [name, encode(new TextDecoder().decode(body) + more)]]);
}
const bundle = (files: Readonly<Record<string, string | Uint8Array>>): Files => {
  const all = buildAndroidqf(HEALTHY);
  const folder = [...all.keys()][0]?.split('/')[0] ?? '';
  for (const [name, content] of Object.entries(files))
    all.set(`${folder}/${name}`, typeof content === 'string' ? encode(content) : content);
  return all;
};

const ACCESSIBILITY = (services: string): string =>
  `ACCESSIBILITY MANAGER (dumpsys accessibility)\n\nUser state[\n     attributes:{id=0}\n     Enabled services:{${services}}\n     ]\n`;
const RESOLVER = (activity: string, receiver: string): string => `Activity Resolver Table:
  Non-Data Actions:
      android.intent.action.MAIN:
        bbb2 ${activity} filter 34
Receiver Resolver Table:
  Non-Data Actions:
      android.provider.Telephony.SMS_RECEIVED:
        ccc3 ${receiver} filter 56
Packages:
  Package [org.app] (abc1234):
    userId=10200
    versionCode=1 minSdk=24 targetSdk=36
    versionName=1
    installerPackageName=com.android.vending
`;
const APPOPS = (app: string, operation: string, use: string): string => `Current AppOps Service state:
  Uid u0a250:
    Package ${app}:
      ${operation} (allow):
        null=[
          ${use}: [fg-s]2026-11-18 08:10:11.123 (-2d3h)
        ]
`;
const DAILY = (...lines: readonly string[]): string =>
  `Daily stats:\n  Daily from 2026-11-02-08-00-00 to 2026-11-03-01-00-00:\n    Update org.example.app vers=7\n  Daily from 2026-11-03-08-00-00 to 2026-11-04-01-00-00:\n${lines.map((line) => `    ${line}`).join('\n')}\n`;
const HISTORY = (app: string): string =>
  `Battery History (2% used):\n          0 (10) RESET:TIME: 2026-11-01-10-00-00\n  +1m5s250ms (2) 098 +job=u0a12:"${app}/.Job"\n`;
const DBINFO = (app: string): string =>
  `Applications Database Info:\n** Database info for pid 42 [${app}] **\nConnection pool for /data/user/0/${app}/databases/a.db:\n  Most recently executed operations:\n        0: [2026-11-01 10:11:12.123] [Pid:(42)] executeForString took 0ms - succeeded, sql="SELECT 1"\n`;
const COMPAT = (app: string): string =>
  `ChangeId(168419799; name=DOWNSCALED; disabled; packageOverrides={}; rawOverrides={${app}=false}; overridable)\n`;
const TOMBSTONE = (process: string, uid: number): string =>
  `*** *** *** *** *** *** *** *** *** *** *** *** *** *** *** ***\nBuild fingerprint: 'example/phone:16/BP1A/1:user/release-keys'\nTimestamp: 2026-11-01 10:11:12.123456789+0100\nCmdline: ${process}\npid: 612, tid: 700, name: worker  >>> ${process} <<<\nuid: ${uid}\nsignal 11 (SIGSEGV), code 1 (SEGV_MAPERR), fault addr 0x0\n`;
const KEY = (mark: string): string => `QAAAA${mark.repeat(690)}==`;
const ADB_STATE = (...hosts: readonly string[]): string =>
  `ADB MANAGER STATE (dumpsys adb):\n{\n  debugging_manager={\n    connected_to_adb=true\n${hosts.map((host, index) => `${index === 0 ? '    user_keys=' : ''}${KEY(String.fromCharCode(65 + index))} ${host}`).join('\n')}\n  }\n}\n`;
const packageOf = (name: string, more: object = {}): object => ({
  name,
  files: [
    {
      path: `/data/app/${name}/base.apk`,
      sha256: 'ab'.repeat(32),
      certificate: { Sha256: 'cd'.repeat(32) },
      verified_certificate: true,
    },
  ],
  installer: 'com.android.vending',
  uid: 10_250,
  disabled: false,
  system: false,
  third_party: true,
  ...more,
});
const event = (value: object): string => `${JSON.stringify(value)}\n`;
const security = (tag: string, fields: object = {}): string =>
  event({ security_event: { event_time: '1793000002000000000', [tag]: fields } });

/** A backup of `adb`, version 1, neither compressed nor encrypted, with one file (POSIX.1-1988 ustar). */
function backup(path: string, content: Uint8Array): Files {
  const header = new Uint8Array(512);
  const put = (at: number, text: string): void => header.set(encode(text), at);
  put(0, path);
  put(100, '0000600\0');
  put(124, `${content.length.toString(8).padStart(11, '0')}\0`);
  put(136, '00000000000\0        0');
  put(257, 'ustar\u000000');
  put(
    148,
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
  );
  const size = Math.ceil(content.length / 512) * 512;
  const head = encode('ANDROID BACKUP\n1\n0\nnone\n');
  const bytes = new Uint8Array(head.length + 512 + size + 1024);
  bytes.set(head);
  bytes.set(header, head.length);
  bytes.set(content, head.length + 512);
  return new Map([['backup.ab', bytes]]);
}
const sms = (body: string): Files =>
  backup(
    'apps/com.android.providers.telephony/d_f/000000_sms_backup',
    deflateSync(JSON.stringify([{ address: '+49', body, date: '1793000000000', type: '1' }])),
  );

interface Row {
  readonly row: string;
  readonly bad: Files;
  /** Rules that speak without any list. */
  readonly rules?: readonly string[];
  /** What a list names. */
  readonly listed?: Observable;
  /** Where a responder is sent. */
  readonly place: RegExp;
  /** The same artefact of a healthy phone. */
  readonly good: Files;
}

const app = (value: string): Observable => ({ kind: 'app', value });
const ROWS: readonly Row[] = [
  {
    row: 'A1 accessibility services',
    bad: adb('dumpsys_accessibility', ACCESSIBILITY('{org.spy/.Watch}')),
    rules: ['device.app.accessibility'],
    listed: app('org.spy'),
    place: /dumpsys_accessibility\.txt:5/,
    good: adb('dumpsys_accessibility', ACCESSIBILITY('')),
  },
  {
    row: 'A2 accessibility services in a bug report',
    bad: bugReport('accessibility', ACCESSIBILITY('{org.spy/.Watch}')),
    rules: ['device.app.accessibility'],
    listed: app('org.spy'),
    place: /bugreport-.*\.txt:\d+/,
    good: bugReport('accessibility', ACCESSIBILITY('')),
  },
  {
    row: 'A3 activities that answer intents',
    bad: adb('dumpsys_package', RESOLVER('org.spy/.Start', 'org.app/.Sms')),
    listed: app('org.spy'),
    place: /dumpsys_package\.txt:4/,
    good: adb('dumpsys_package', RESOLVER('org.app/.Start', 'org.app/.Sms')),
  },
  {
    row: 'A4 computers that may debug',
    bad: adb('dumpsys_adb', ADB_STATE('anna@desk', 'mallory@lab')),
    rules: ['device.developer.trusted-hosts'],
    place: /dumpsys_adb\.txt/,
    good: adb('dumpsys_adb', ADB_STATE('anna@desk')),
  },
  {
    row: 'A5 operations of apps: installing others',
    bad: adb('dumpsys_appops', APPOPS('org.spy', 'REQUEST_INSTALL_PACKAGES', 'Access')),
    rules: ['device.apps.unknown-sources', 'device.artefact.installs-requested'],
    listed: app('org.spy'),
    place: /dumpsys_appops\.txt:\d/,
    good: adb('dumpsys_appops', APPOPS('org.app', 'CAMERA', 'Access')),
  },
  {
    row: 'A5 operations of the shell',
    bad: adb('dumpsys_appops', APPOPS('com.android.shell', 'READ_CONTACTS', 'Access')),
    rules: ['device.artefact.shell-used-power'],
    place: /dumpsys_appops\.txt:\d/,
    good: adb('dumpsys_appops', APPOPS('com.android.shell', 'READ_CONTACTS', 'Reject')),
  },
  {
    row: 'A6 operations of apps in a bug report',
    bad: bugReport('appops', APPOPS('org.spy', 'REQUEST_INSTALL_PACKAGES', 'Access')),
    rules: ['device.apps.unknown-sources', 'device.artefact.installs-requested'],
    listed: app('org.spy'),
    place: /bugreport-.*\.txt:\d+/,
    good: bugReport('appops', APPOPS('org.app', 'CAMERA', 'Access')),
  },
  {
    row: 'A7 daily changes: a downgrade',
    bad: adb('dumpsys_batterystats', DAILY('Update org.example.app vers=5')),
    rules: ['device.artefact.app-downgraded'],
    listed: app('org.example.app'),
    place: /dumpsys_batterystats\.txt:5/,
    good: adb('dumpsys_batterystats', DAILY('Update org.example.app vers=8').replaceAll('org.example', 'org.other')),
  },
  {
    row: 'A7 daily changes: a removal',
    bad: adb('dumpsys_batterystats', DAILY('Update org.example.app vers=0')),
    rules: ['device.artefact.app-removed'],
    place: /dumpsys_batterystats\.txt:5/,
    good: adb('dumpsys_batterystats', DAILY('Update org.example.app vers=7')),
  },
  {
    row: 'A8 history of the battery',
    bad: adb('dumpsys_batterystats', HISTORY('org.spy')),
    listed: app('org.spy'),
    place: /dumpsys_batterystats\.txt:3/,
    good: adb('dumpsys_batterystats', HISTORY('org.app')),
  },
  {
    row: 'A9 databases that apps have open',
    bad: adb('dumpsys_dbinfo', DBINFO('org.spy')),
    listed: app('org.spy'),
    place: /dumpsys_dbinfo\.txt:5/,
    good: adb('dumpsys_dbinfo', DBINFO('org.app')),
  },
  {
    row: 'A10 properties: an old patch level',
    bad: buildAndroidqf(describePhone({ systemPackages: 6, apps: [], patchLevel: '2025-05-01' })),
    rules: ['device.os.known-exploited', 'device.patch-level.old'],
    place: /getprop\.txt:\d+/,
    good: bundle({}),
  },
  {
    row: 'A10 properties: one that spyware sets',
    bad: adb(
      'getprop',
      '[ro.build.version.sdk]: [36]\n[persist.sys.timezone]: [Europe/Berlin]\n[sys.brand.note]: [1]\n',
    ),
    listed: { kind: 'property', value: 'sys.brand.note' },
    place: /getprop\.txt:3/,
    good: adb('getprop', '[ro.build.version.sdk]: [36]\n[persist.sys.timezone]: [Europe/Berlin]\n'),
  },
  {
    row: 'A11 packages: a manager of root',
    bad: buildAdbAnswers(describePhone({ systemPackages: 6, apps: [sideloadedApp('com.topjohnwu.magisk')] })),
    rules: ['device.app.sideloaded', 'device.root.manager'],
    listed: app('com.topjohnwu.magisk'),
    place: /pm_list_packages|dumpsys_package/,
    good: adb('getenforce', 'Enforcing\n'),
  },
  {
    row: 'A11 packages: an app from no store that reads messages',
    bad: buildAdbAnswers(
      describePhone({
        systemPackages: 6,
        apps: [
          sideloadedApp('org.spy', {
            grantedPermissions: ['android.permission.INTERNET', 'android.permission.RECEIVE_SMS'],
          }),
        ],
      }),
    ),
    rules: ['device.app.powerful', 'device.app.sideloaded'],
    place: /pm_list_packages|dumpsys_package/,
    good: adb('getenforce', 'Enforcing\n'),
  },
  {
    row: 'A12 overrides of apps that are gone',
    bad: adb('dumpsys_platform_compat', COMPAT('org.spy')),
    listed: app('org.spy'),
    place: /dumpsys_platform_compat\.txt:1/,
    good: adb('dumpsys_platform_compat', COMPAT('org.app')),
  },
  {
    row: 'A13 receivers of messages',
    bad: adb('dumpsys_package', RESOLVER('org.app/.Start', 'org.spy/.Sms')),
    listed: app('org.spy'),
    place: /dumpsys_package\.txt:8/,
    good: adb('dumpsys_package', RESOLVER('org.app/.Start', 'org.app/.Sms')),
  },
  {
    row: 'A14 crash reports',
    bad: bundle({ 'tombstones/tombstone_00': TOMBSTONE('/system/bin/bh', 1000) }),
    rules: ['device.artefact.privileged-crash'],
    listed: { kind: 'process', value: 'bh' },
    place: /tombstone_00:5/,
    good: bundle({ 'tombstones/tombstone_00': TOMBSTONE('org.app', 10_123) }),
  },
  {
    row: 'A14 a crash report by itself',
    bad: new Map([['tombstone_07', encode(TOMBSTONE('/system/bin/bh', 2000))]]),
    rules: ['device.artefact.privileged-crash'],
    listed: { kind: 'process', value: 'bh' },
    place: /tombstone_07:5/,
    good: new Map([['tombstone_07', encode(TOMBSTONE('org.app', 10_123))]]),
  },
  {
    row: 'A15 crash reports in a bug report',
    bad: new Map([
      ...buildBugReport(HEALTHY, { logLines: 1 }),
      ['FS/data/tombstones/tombstone_01', encode(TOMBSTONE('/system/bin/bh', 0))],
    ]),
    rules: ['device.artefact.privileged-crash'],
    listed: { kind: 'process', value: 'bh' },
    place: /tombstone_01:5/,
    good: new Map([
      ...buildBugReport(HEALTHY, { logLines: 1 }),
      ['FS/data/tombstones/tombstone_01', encode(TOMBSTONE('org.app', 10_123))],
    ]),
  },
  {
    row: 'A17 packages of a bundle: no installer',
    bad: bundle({ 'packages.json': JSON.stringify([packageOf('org.spy', { installer: 'null' })]) }),
    rules: ['device.app.sideloaded'],
    listed: { kind: 'sha256', value: 'ab'.repeat(32) },
    place: /packages\.json/,
    good: bundle({ 'packages.json': JSON.stringify([packageOf('org.app', { files: [] })]) }),
  },
  {
    row: 'A17 packages of a bundle: a listed signer',
    bad: bundle({ 'packages.json': JSON.stringify([packageOf('org.spy')]) }),
    listed: { kind: 'certificate-sha256', value: 'cd'.repeat(32) },
    place: /packages\.json/,
    good: bundle({ 'packages.json': JSON.stringify([packageOf('org.app', { files: [] })]) }),
  },
  {
    row: 'A17 packages of a bundle: a protecting app switched off',
    bad: bundle({
      'packages.json': JSON.stringify([packageOf('com.android.vending', { disabled: true, system: true })]),
    }),
    rules: ['device.app.protection-disabled'],
    place: /packages\.json/,
    good: bundle({ 'packages.json': JSON.stringify([packageOf('com.android.vending', { system: true })]) }),
  },
  {
    row: 'A18 processes',
    bad: buildAndroidqf(describePhone({ systemPackages: 6, apps: [], extraProcesses: ['bh'] })),
    listed: { kind: 'process', value: 'bh' },
    place: /processes\.txt:\d+/,
    good: bundle({}),
  },
  {
    row: 'A19 settings',
    bad: buildAndroidqf(
      describePhone({ systemPackages: 6, apps: [], verifierConsent: '-1', verifyAdbInstalls: false }),
    ),
    rules: ['device.apps.verifier-adb-off', 'device.apps.verifier-off'],
    place: /settings_global\.txt:\d+/,
    good: bundle({}),
  },
  {
    row: 'A20 files',
    bad: buildAndroidqf(describePhone({ systemPackages: 6, apps: [], plantedFiles: ['bh'] })),
    rules: ['device.planted-file'],
    listed: { kind: 'path', value: '/data/local/tmp/bh' },
    place: /files\.json/,
    good: bundle({}),
  },
  {
    row: 'A21 root programs',
    bad: bundle({ 'root_binaries.json': '["/system/xbin/su"]' }),
    rules: ['device.root.binary'],
    place: /root_binaries\.json/,
    good: bundle({ 'root_binaries.json': '[]' }),
  },
  {
    row: 'A22 mounts',
    bad: buildAndroidqf(describePhone({ systemPackages: 6, apps: [], systemWritable: true })),
    rules: ['device.mount.writable-system'],
    place: /mounts\.json/,
    good: bundle({}),
  },
  {
    row: 'A24 messages in a backup',
    bad: sms('See https://w3.evil.test/x.'),
    listed: { kind: 'domain', value: 'w3.evil.test' },
    place: /sms_backup/,
    good: sms('See https://good.test/x.'),
  },
  {
    row: 'A25 names asked for (intrusion log)',
    bad: bundle({
      'intrusion_logs/1.json': event({
        dns_event: {
          event_time: 1_793_000_000_123,
          hostname: 'c2.evil.test',
          ip_addresses: [],
          package_name: 'org.app',
        },
      }),
    }),
    listed: { kind: 'domain', value: 'evil.test' },
    place: /intrusion_logs\/1\.json:1/,
    good: bundle({
      'intrusion_logs/1.json': event({
        dns_event: { event_time: 1_793_000_000_123, hostname: 'good.test', ip_addresses: [], package_name: 'org.app' },
      }),
    }),
  },
  {
    row: 'A26 connections (intrusion log)',
    bad: bundle({
      'intrusion_logs/1.json': event({
        connect_event: {
          event_time: 1_793_000_001_000,
          ip_address: '/198.51.100.7',
          port: 443,
          package_name: 'org.app',
        },
      }),
    }),
    listed: { kind: 'ip', value: '198.51.100.7' },
    place: /intrusion_logs\/1\.json:1/,
    good: bundle({
      'intrusion_logs/1.json': event({
        connect_event: { event_time: 1_793_000_001_000, ip_address: '/127.0.0.1', port: 443, package_name: 'org.app' },
      }),
    }),
  },
  ...(
    [
      ['cert_authority_installed', 'device.artefact.authority-installed'],
      ['key_integrity_violation', 'device.artefact.key-damaged'],
      ['cert_validation_failure', 'device.artefact.key-damaged'],
      ['wipe_failure', 'device.artefact.wipe-failed'],
      ['adb_shell_interactive', 'device.artefact.shell-session'],
      ['logging_stopped', 'device.artefact.logging-stopped'],
    ] as const
  ).map(
    ([tag, rule]): Row => ({
      row: `A27 security log: ${tag}`,
      bad: bundle({ 'intrusion_logs/1.json': security(tag) }),
      rules: [rule],
      place: /intrusion_logs\/1\.json:1/,
      good: bundle({ 'intrusion_logs/1.json': security('os_startup') }),
    }),
  ),
  {
    row: 'A27 security log: a self-test that failed',
    bad: bundle({ 'intrusion_logs/1.json': security('crypto_self_test_completed', { success: false }) }),
    rules: ['device.artefact.self-test-failed'],
    place: /intrusion_logs\/1\.json:1/,
    good: bundle({ 'intrusion_logs/1.json': security('crypto_self_test_completed', { success: true }) }),
  },
  {
    row: 'A27 security log: a command with a listed app in it (B13)',
    bad: bundle({
      'intrusion_logs/1.json': security('adb_shell_command', { command: 'pm install /sdcard/com.evil.app.apk -r' }),
    }),
    listed: app('com.evil.app'),
    place: /intrusion_logs\/1\.json:1/,
    good: bundle({
      'intrusion_logs/1.json': security('adb_shell_command', { command: 'pm install /sdcard/com.evil.apple.apk -r' }),
    }),
  },
];

describe('artefacts of Android', () => {
  it.each(ROWS)('$row', ({ bad, rules = [], listed, place, good }) => {
    const alone = check(bad);
    expect(alone.map(({ ruleId }) => ruleId).sort()).toEqual([...rules].sort());
    for (const { evidence } of alone.filter(({ ruleId }) => rules.includes(ruleId)))
      expect(
        evidence.some((one) => place.test('rawRef' in one ? (one.rawRef ?? '') : 'source' in one ? one.source : '')),
      ).toBe(true);
    expect(check(good, listed === undefined ? [] : [listed])).toEqual([]);
    if (listed === undefined) return;
    const hit = check(bad, [listed]).find(({ ruleId }) => ruleId === 'device.indicator');
    expect(hit?.severity).toBe('critical');
    expect(hit?.title).toContain('Spy (campaign)');
    expect(hit?.evidence.map((one) => ('source' in one ? one.source : '')).join(' ')).toMatch(place);
  });
});
