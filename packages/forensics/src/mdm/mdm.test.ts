import { buildBinaryPlist, buildXmlPlist, type PlistSpec } from '@vedette/formats/builders';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { treeFromFiles } from '../evidence-tree.ts';
import { readDeviceEvidence } from '../read-device-evidence.ts';

const now = '2026-11-22T18:00:00.000Z';
const read = (files: Readonly<Record<string, Uint8Array | object>>) =>
  readDeviceEvidence(
    treeFromFiles(
      new Map(
        Object.entries(files).map(([name, value]) => [
          name,
          value instanceof Uint8Array ? value : new TextEncoder().encode(JSON.stringify(value)),
        ]),
      ),
    ),
    { now, onRecord: () => true },
  );
const UDID = '00008030-000000000000002E';
const answer = (value: { readonly [key: string]: PlistSpec }): Uint8Array =>
  buildXmlPlist({ Status: 'Acknowledged', UDID, ...value });
const DEVICE = answer({
  QueryResponses: {
    OSVersion: '18.7.10',
    BuildVersion: '22H374',
    ProductName: 'iPhone11,8',
    ModelName: 'iPhone',
    IsSupervised: true,
    IsActivationLockEnabled: true,
    IsDeviceLocatorServiceEnabled: false,
  },
});
const SECURITY = answer({
  SecurityInfo: { HardwareEncryptionCaps: 3, PasscodePresent: false, PasscodeCompliant: false },
});
const APPS = answer({
  InstalledApplicationList: [
    { Identifier: 'com.example.store', ShortVersion: '1.2', AppStoreVendable: true },
    { Identifier: 'com.example.managed', AppStoreVendable: false },
    { Identifier: 'com.example.bought', DeviceBasedVPP: true },
    { Identifier: 'com.example.beta', BetaApp: true },
    { Identifier: 'com.example.market', AppStoreVendable: true, DistributorIdentifier: 'com.example.marketplace' },
    { Identifier: 'com.example.enterprise', AppStoreVendable: false },
    { Identifier: 'com.example.dev', AdHocCodeSigned: true },
    { Name: 'without an identifier' },
  ],
});
const MANAGED = answer({
  ManagedApplicationList: {
    'com.example.managed': { Status: 'Managed' },
    'com.example.enterprise': { Status: 'ManagedButUninstalled' },
  },
});
const PROFILES = answer({
  ProfileList: [
    {
      PayloadDisplayName: 'Free VPN',
      PayloadUUID: 'AAAA',
      IsManaged: false,
      PayloadContent: [{ PayloadType: 'com.apple.vpn.managed' }],
    },
  ],
});

describe('answers of device management about an iPhone', () => {
  const { value, diagnostics } = read({
    'device.plist': DEVICE,
    'security.xml': SECURITY,
    'apps.plist': APPS,
    'managed.plist': MANAGED,
    'profiles.plist': PROFILES,
  });
  const said = new Map(value?.evidence.observations.map(({ key, value: text }) => [key, text]));

  it('say what management asks of the passcode, and whether a lost device can be found', () => {
    expect(said.get('ios.activation-lock')).toBe('true');
    expect(said.get('ios.device-locator')).toBe('false');
    expect(said.get('ios.passcode.compliant')).toBe('false');
  });

  it('are read as one device, from the source that they are', () => {
    expect(value?.kind).toBe('mdm');
    expect(value?.evidence.facts).toMatchObject({ platform: 'ios', osVersion: '18.7.10', build: '22H374' });
    expect(new Set(value?.evidence.observations.map(({ source }) => source))).toEqual(new Set(['apple-mdm']));
    expect(diagnostics.map(({ id }) => id)).toEqual(['evidence.undated']);
  });

  it('say what signals ask', () => {
    expect(said.get('ios.version')).toBe('18.7.10');
    expect(said.get('ios.model')).toBe('iPhone11,8');
    expect(said.get('ios.passcode.present')).toBe('false');
    expect(said.get('ios.hardware-encryption-caps')).toBe('3');
    expect(said.get('ios.supervised')).toBe('true');
  });

  it('say of each app where it came from, by Apple’s keys and the list of managed ones', () => {
    expect(Object.fromEntries(value?.evidence.apps.map((app) => [app.package, app.installer]) ?? [])).toEqual({
      'com.example.store': 'com.apple.AppStore',
      'com.example.managed': 'com.apple.dmd',
      'com.example.bought': 'com.apple.dmd',
      'com.example.beta': 'com.apple.TestFlight',
      'com.example.market': 'com.example.marketplace',
      'com.example.enterprise': null,
      'com.example.dev': null,
    });
    expect(value?.evidence.appsComplete).toBe(true);
  });

  it('name profiles as records that rules and lists look at', () => {
    const [profile] = value?.records.filter(({ artefact }) => artefact === 'ios.profile') ?? [];
    expect(profile).toMatchObject({
      text: 'Configuration profile Free VPN: com.apple.vpn.managed, not from management',
      rawRef: 'profiles.plist#AAAA',
      fields: { types: 'com.apple.vpn.managed', managed: 'false' },
    });
  });

  it('come in webhooks, too, and as binary lists', () => {
    const payload = Buffer.from(buildBinaryPlist({ UDID, QueryResponses: { OSVersion: '18.6' } })).toString('base64');
    const found = read({
      'event.json': { topic: 'mdm.Connect', acknowledge_event: { udid: UDID, raw_payload: payload } },
    }).value;
    expect(found?.evidence.facts.osVersion).toBe('18.6');
  });

  it('come as declarative status reports', () => {
    const found = read({
      'status.json': {
        StatusItems: {
          device: {
            'operating-system': { version: '26.1', 'build-version': '23B85' },
            model: { identifier: 'iPhone15,2' },
          },
          passcode: { 'is-present': true },
        },
      },
    }).value;
    expect(found?.evidence.facts).toMatchObject({ osVersion: '26.1', build: '23B85' });
    expect(found?.evidence.observations.map(({ key, value: text }) => `${key} ${text}`)).toContain(
      'ios.passcode.present true',
    );
  });

  it('of another device are another piece, and left out', () => {
    const other = buildXmlPlist({ UDID: 'other', QueryResponses: { OSVersion: '26.1', ModelName: 'iPad' } });
    const mixed = read({ 'a.plist': DEVICE, 'b.plist': SECURITY, 'c.plist': other });
    expect(mixed.value?.evidence.facts.osVersion).toBe('18.7.10');
    expect(mixed.diagnostics.map(({ id }) => id)).toContain('evidence.other-phone');
  });
});

describe('a device resource of the Android Management API', () => {
  const RESOURCE = {
    name: 'enterprises/e/devices/d',
    lastStatusReportTime: '2026-11-20T10:11:12Z',
    hardwareInfo: { manufacturer: 'Google', model: 'Pixel 9' },
    softwareInfo: { androidVersion: '16', securityPatchLevel: '2026-10-05', androidBuildNumber: 'BP4A' },
    deviceSettings: { isDeviceSecure: true, adbEnabled: true, encryptionStatus: 'ACTIVE_PER_USER' },
    securityPosture: { devicePosture: 'POTENTIALLY_COMPROMISED', postureDetails: [{ securityRisk: 'COMPROMISED_OS' }] },
    applicationReports: [
      {
        packageName: 'com.example.a',
        versionCode: 7,
        installerPackageName: 'com.android.vending',
        packageSha256Hash: 'AB'.repeat(32),
        applicationSource: 'INSTALLED_FROM_PLAY_STORE',
      },
      { packageName: 'com.example.gone', state: 'REMOVED' },
    ],
  };
  const { value } = read({ 'device.json': RESOURCE });

  it('says what signals ask, and of what it leaves out nothing', () => {
    expect(value).toMatchObject({ kind: 'mdm', collectedAt: '2026-11-20T10:11:12.000Z' });
    expect(value?.evidence.observations.map(({ key, value: text, source }) => [key, text, source])).toEqual([
      ['agent.os_version', '16', 'android-management-api'],
      ['agent.patch_level', '2026-10-05', 'android-management-api'],
      ['agent.screen_lock', 'true', 'android-management-api'],
      ['agent.usb_debugging', 'true', 'android-management-api'],
      ['agent.storage_encryption', 'active', 'android-management-api'],
      ['agent.model', 'Pixel 9', 'android-management-api'],
      ['apps.inventory', '1', 'android-management-api'],
    ]);
    expect(value?.evidence.apps).toMatchObject([
      {
        package: 'com.example.a',
        versionCode: 7,
        installer: 'com.android.vending',
        sha256: 'ab'.repeat(32),
        system: false,
      },
    ]);
  });

  it('tells what Google says of the system', () => {
    expect(value?.records.map(({ text }) => text)).toContain('Google’s management says: compromised os');
  });
});

it('anything else is no answer, and damage costs no exception (fuzz)', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.uint8Array({ maxLength: 60 }), fc.nat(400), (value, noise, at) => {
      const damaged = APPS.slice();
      damaged.set(noise.subarray(0, Math.max(0, damaged.length - at)), Math.min(at, damaged.length));
      read({
        'a.json': {
          deviceSettings: value,
          hardwareInfo: {},
          applicationReports: [value],
          StatusItems: value,
        },
        'b.plist': damaged,
      });
    }),
    { numRuns: 200 },
  );
  expect(read({ 'a.json': { hello: 'world' } }).value).toBeNull();
});
