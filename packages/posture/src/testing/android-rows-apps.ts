import {
  buildAdbAnswers,
  buildAndroidqf,
  buildBugReport,
  describePhone,
  sideloadedApp,
} from '@vedette/forensics/fixtures';
import { adb, bundle, encode, HEALTHY, TOMBSTONE } from './android-evidence.ts';
import { type ArtefactRow, app } from './artefact-row.ts';

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

export const ANDROID_APP_ROWS: readonly ArtefactRow[] = [
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
];
