import { describe, expect, it } from 'vitest';
import { createEvidenceBuilder } from '../evidence-builder.ts';
import { readText } from '../testing/read-text.ts';
import { readAndroidqfPackages } from './androidqf-packages.ts';
import { createDumpsysPackageReader } from './dumpsys-package.ts';
import { createPackageListReader } from './pm-list-packages.ts';

const DUMP = `Permissions:
  Permission [x] (1):
Packages:
  Package [com.example.app] (d1e2f3a):
    appId=10250
    versionCode=42 minSdk=24 targetSdk=36
    versionName=4.2
    flags=[ HAS_CODE ALLOW_CLEAR_USER_DATA ]
    lastUpdateTime=2026-11-02 04:12:33
    installerPackageName=com.android.vending
    initiatingPackageName=com.android.shell
    signatures=PackageSignatures{d1e2f3a version:3, signatures:[bb1234ab, cc55], past signatures:[]}
    install permissions:
      android.permission.INTERNET: granted=true
    User 0: ceDataInode=1 installed=true hidden=false enabled=3 instant=false
      firstInstallTime=2026-03-01 09:30:00
      runtime permissions:
        android.permission.CAMERA: granted=true, flags=[ USER_SET]
        android.permission.READ_SMS: granted=false, flags=[ ]
    User 10: ceDataInode=1 installed=true enabled=0
      firstInstallTime=2026-05-05 00:00:00
      runtime permissions:
        android.permission.RECORD_AUDIO: granted=true, flags=[ USER_SET]
  Package [com.android.settings] (aaaaaaa):
    versionCode=36 minSdk=36 targetSdk=36
    pkgFlags=[ SYSTEM HAS_CODE ]
    User 0: ceDataInode=1 installed=true enabled=0
  Package [com.gone] (bbbbbbb):
    versionCode=1
    User 0: ceDataInode=1 installed=false enabled=0

Hidden system packages:
  Package [com.android.settings] (ccccccc):
    versionCode=1 minSdk=30 targetSdk=30
    flags=[ HAS_CODE ]
`;

describe('dumpsys package', () => {
  it('reads what it says of an app, for user 0', () => {
    const { evidence } = readText(DUMP, createDumpsysPackageReader);
    expect(evidence.apps.find((app) => app.package === 'com.example.app')).toEqual({
      package: 'com.example.app',
      label: null,
      versionName: '4.2',
      versionCode: 42,
      system: false,
      enabled: false,
      installer: 'com.android.vending',
      initiator: 'com.android.shell',
      sha256: null,
      signers: [],
      signerHints: ['bb1234ab', 'cc55'],
      grantedPermissions: ['android.permission.INTERNET', 'android.permission.CAMERA'],
      firstInstalledAt: '2026-03-01T09:30:00.000Z',
      updatedAt: '2026-11-02T04:12:33.000Z',
      rawRef: 'answer.txt:4',
    });
  });

  it('keeps the version in use, not the hidden factory one, and leaves out what is not installed', () => {
    const { evidence } = readText(DUMP, createDumpsysPackageReader);
    expect(evidence.apps.map((app) => [app.package, app.versionCode, app.system])).toEqual([
      ['com.android.settings', 36, true],
      ['com.example.app', 42, false],
    ]);
    expect(evidence.appsComplete).toBe(true);
  });

  it('has no inventory where the service was refused', () => {
    const read = readText("Permission Denial: can't dump package from pid=1\n", createDumpsysPackageReader);
    expect(read.evidence.appsComplete).toBe(false);
    expect(read.values('denied.packages')).toHaveLength(1);
  });

  it('does not call a dump whole that was cut off by a timeout', () => {
    const cut = `${DUMP.slice(0, DUMP.indexOf('  Package [com.gone]'))}*** SERVICE 'package' DUMP TIMEOUT (60000ms) EXPIRED ***\n`;
    const { evidence } = readText(cut, createDumpsysPackageReader);
    expect(evidence.apps).toHaveLength(2);
    expect(evidence.appsComplete).toBe(false);
  });

  it('does not call a dump whole that ends within the list', () => {
    const cut = DUMP.slice(0, DUMP.indexOf('Hidden system packages'));
    expect(readText(cut, createDumpsysPackageReader).evidence.appsComplete).toBe(false);
  });
});

describe('pm list packages', () => {
  it('reads paths with = in them, version codes, installers and uids in any order', () => {
    const text = [
      'package:/data/app/~~Ab==/com.example.app-Cd==/base.apk=com.example.app versionCode:42  installer=com.android.chrome uid:10250',
      'package:/system/app/Settings/Settings.apk=com.android.settings  installer=null uid:1000 versionCode:36',
      'package:com.bare.name',
    ].join('\n');
    const { evidence } = readText(text, (builder, file) => createPackageListReader(builder, file, 'all'));
    expect(evidence.apps.map((app) => [app.package, app.versionCode, app.installer, app.system])).toEqual([
      ['com.android.settings', 36, null, true],
      ['com.bare.name', null, null, false],
      ['com.example.app', 42, 'com.android.chrome', false],
    ]);
    expect(evidence.appsComplete).toBe(true);
  });

  it('takes a filtered list for no inventory', () => {
    const { evidence } = readText('package:com.example.app\n', (b, f) => createPackageListReader(b, f, 'third-party'));
    expect(evidence.appsComplete).toBe(false);
    expect(evidence.apps).toHaveLength(1);
  });
});

const read = (text: string) => {
  const builder = createEvidenceBuilder('androidqf');
  readAndroidqfPackages(builder, 'packages.json', new TextEncoder().encode(text));
  return builder.finish({ now: '2026-11-20T12:00:00.000Z' }).evidence;
};

describe('androidqf packages.json', () => {
  const APP = {
    name: 'com.example.app',
    files: [
      { path: '/data/app/x/split_config.apk', sha256: 'b'.repeat(64) },
      { path: '/data/app/x/base.apk', sha256: 'A'.repeat(64), certificate: { Sha256: 'c'.repeat(64) } },
    ],
    installer: 'null',
    disabled: true,
    system: false,
  };
  it.each([
    ['an array', JSON.stringify([APP])],
    ['lines', `${JSON.stringify(APP)}\n`],
  ])('reads %s', (_, text) => {
    const { apps, appsComplete } = read(text);
    expect(apps).toMatchObject([
      {
        package: 'com.example.app',
        sha256: 'a'.repeat(64),
        signers: ['c'.repeat(64)],
        installer: null,
        enabled: false,
      },
    ]);
    expect(appsComplete).toBe(true);
  });

  it('calls a cut list incomplete', () => {
    const { apps, appsComplete } = read(`${JSON.stringify(APP)}\n${JSON.stringify(APP).slice(0, 40)}`);
    expect(apps).toHaveLength(1);
    expect(appsComplete).toBe(false);
    expect(read(JSON.stringify([APP]).slice(0, 60)).appsComplete).toBe(false);
  });
});
