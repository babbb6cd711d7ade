import type { EvidenceSource } from '@vedette/contracts';
import { type EvidenceTree, treeFromFiles } from '@vedette/forensics';
import {
  buildAdbAnswers,
  buildAndroidqf,
  buildBugReport,
  describePhone,
  type PhoneDescription,
  sideloadedApp,
  storeApp,
  USUAL_APPS,
} from '@vedette/forensics/fixtures';
import { buildBinaryPlist, buildCertificate, buildXmlPlist, type PlistSpec } from '@vedette/formats/builders';
import { backup, lines, sysdiagnose } from './ios-evidence.ts';

/** One kind of evidence, as bytes: of a phone on which all is well, of phones on which it is not, and with nothing in it. */
export interface Capture {
  readonly source: EvidenceSource;
  readonly good: EvidenceTree;
  /** Each with something wrong; together with all that this kind of evidence can show. */
  readonly bad: readonly EvidenceTree[];
  /** Recognised as this kind, with as good as nothing in it. */
  readonly bare: EvidenceTree;
}

const tree = (files: Readonly<Record<string, string | Uint8Array>>): EvidenceTree =>
  treeFromFiles(
    new Map(
      Object.entries(files).map(([name, content]) => [
        name,
        typeof content === 'string' ? new TextEncoder().encode(content) : content,
      ]),
    ),
  );

const GOOD: Partial<PhoneDescription> = { systemPackages: 6, settings: { 'secure/advanced_protection_mode': '1' } };
const switchedOff = { ...storeApp('com.android.vending', '48', 48), system: true, enabled: false };

/** What can be wrong with an Android phone, in as few phones as it goes. */
const BAD: readonly Partial<PhoneDescription>[] = [
  {
    systemPackages: 6,
    osVersion: '12',
    sdkLevel: 32,
    patchLevel: '2023-01-05',
    vendorPatchLevel: '2022-01-05',
    model: 'Pixel 3',
    encrypted: false,
    lock: 'NONE',
    developerOptions: true,
    usbDebugging: true,
    wirelessDebugging: true,
    verifierConsent: '-1',
    httpProxy: '10.0.0.1:8080',
    selinux: 'Permissive',
    rootBinaries: ['/system/xbin/su'],
    extraMounts: ['magisk on /debug_ramdisk type tmpfs (rw,seclabel,relatime,size=3812k,mode=755)'],
    systemWritable: true,
    extraProcesses: ['magiskd', '/data/local/tmp/x'],
    plantedFiles: ['x'],
    verifiedBootState: 'orange',
    bootloaderLocked: false,
    buildTags: 'test-keys',
    manufacturer: 'Generic',
    usbFunctions: 'rndis,adb',
    accessibilityServices: ['com.evil/.S'],
    mayInstall: ['com.evil'],
    notificationListeners: ['com.evil/.L'],
    deviceAdmins: ['com.evil/.A'],
    operations: { SYSTEM_ALERT_WINDOW: ['com.evil'], GET_USAGE_STATS: ['com.evil'], MOCK_LOCATION: ['com.evil'] },
    capturing: 'com.evil',
    modulesDate: '2024-01-01',
    trustedHosts: ['anna@desk', 'mallory@lab'],
    trustAgents: ['com.evil/.Trust'],
    clockSkew: 7_200,
    settings: {
      'secure/sms_default_application': 'com.evil',
      'secure/always_on_vpn_app': 'com.evil',
      'global/private_dns_mode': 'hostname',
      'global/private_dns_specifier': 'dns.evil.test',
      'system/screen_off_timeout': '1800000',
    },
    apps: [...USUAL_APPS, sideloadedApp('com.evil'), switchedOff],
  },
];

const BARE: readonly string[] = ['[ro.product.locale]: [de-DE]'];

function android(
  source: EvidenceSource,
  build: (phone: PhoneDescription) => Map<string, Uint8Array>,
): Omit<Capture, 'bare'> {
  const capture = (overrides: Partial<PhoneDescription>) => treeFromFiles(build(describePhone(overrides)));
  return { source, good: capture(GOOD), bad: BAD.map(capture) };
}

const DEVICE = {
  name: 'enterprises/e/devices/1',
  state: 'ACTIVE',
  lastStatusReportTime: '2026-11-20T10:00:00Z',
  hardwareInfo: { manufacturer: 'Google', model: 'Pixel 9' },
};
const managedApi = (source: object): EvidenceTree => tree({ 'device.json': JSON.stringify({ ...DEVICE, ...source }) });
const appReport = (packageName: string, versionName: string, more: object = {}): object => ({
  packageName,
  versionName,
  versionCode: 1,
  state: 'INSTALLED',
  applicationSource: 'INSTALLED_FROM_PLAY_STORE',
  installerPackageName: 'com.android.vending',
  ...more,
});

const UDID = '00008030-000000000000002E';
const answer = (value: { readonly [key: string]: PlistSpec }): Uint8Array =>
  buildXmlPlist({ Status: 'Acknowledged', UDID, ...value });
const managedIphone = (bad: boolean): EvidenceTree =>
  tree({
    'device.plist': answer({
      QueryResponses: {
        OSVersion: bad ? '14.8.1' : '26.6.1',
        BuildVersion: bad ? '18H107' : '23G93',
        ProductName: 'iPhone14,5',
        IsSupervised: true,
        IsCloudBackupEnabled: bad,
        IsActivationLockEnabled: !bad,
        IsDeviceLocatorServiceEnabled: !bad,
      },
    }),
    'security.plist': answer({
      SecurityInfo: { HardwareEncryptionCaps: bad ? 0 : 3, PasscodePresent: !bad, PasscodeCompliant: !bad },
    }),
    'apps.plist': answer({
      InstalledApplicationList: [
        bad
          ? { Identifier: 'com.example.dev', AdHocCodeSigned: true, AppStoreVendable: false }
          : { Identifier: 'com.example.store', AppStoreVendable: true },
      ],
    }),
    'profiles.plist': answer({
      ProfileList: bad
        ? [
            {
              PayloadDisplayName: 'Free VPN',
              PayloadUUID: 'AAAA',
              IsManaged: false,
              PayloadContent: [{ PayloadType: 'com.apple.vpn.managed' }],
            },
          ]
        : [],
    }),
    'certificates.plist': answer({
      CertificateList: bad
        ? [{ CommonName: 'Evil Root', IsIdentity: false, Data: buildCertificate({ subject: { CN: 'Evil Root' } }) }]
        : [],
    }),
    'updates.plist': answer({
      AvailableOSUpdates: bad ? [{ ProductKey: 'iOSUpdate', Version: '14.9', IsCritical: true }] : [],
    }),
    'restrictions.plist': answer({
      GlobalRestrictions: { restrictedBool: { allowUSBRestrictedMode: { value: !bad } } },
    }),
  });

const usbIndex = JSON.stringify({
  schema: 'vedette.usb/1',
  udid: UDID,
  collectedAt: '2026-11-20T10:00:00Z',
  unanswered: [],
});
const overUsb = (bad: boolean): EvidenceTree =>
  tree({
    'usb/index.json': usbIndex,
    'usb/device-information.plist': buildXmlPlist({
      UDID,
      QueryResponses: { OSVersion: bad ? '14.8' : '26.6.1', BuildVersion: '23G93', ProductName: 'iPhone14,5' },
    }),
    ...(bad ? {} : { 'usb/security-info.plist': buildXmlPlist({ UDID, SecurityInfo: { PasscodePresent: true } }) }),
    'usb/profile-list.plist': buildXmlPlist({
      UDID,
      ProfileList: bad
        ? [
            {
              PayloadDisplayName: 'Free VPN',
              PayloadUUID: 'A',
              PayloadContent: [{ PayloadType: 'com.apple.vpn.managed' }],
            },
          ]
        : [],
    }),
    'usb/installed-application-list.plist': buildXmlPlist({
      UDID,
      InstalledApplicationList: [
        bad
          ? { Identifier: 'com.example.dev', SignerIdentity: 'iPhone Developer: x' }
          : {
              Identifier: 'com.example.store',
              SignerIdentity: 'Apple iPhone OS Application Signing',
              AppStoreVendable: true,
            },
      ],
    }),
  });

const LOCKDOWN = [
  'HomeDomain',
  'Library/Preferences/.GlobalPreferences.plist',
  buildBinaryPlist({ LDMGlobalEnabled: true }),
] as const;
const fromStore = (source: string): PlistSpec => ({
  'com.example.store': {
    iTunesMetadata: buildBinaryPlist({
      softwareVersionBundleId: 'com.example.store',
      sourceApp: source,
      bundleShortVersionString: '1',
    }),
  },
});
const processes = (path: string): Uint8Array =>
  lines(
    'USER             UID PRSNA   PID  PPID        F  %CPU %MEM PRI NI      VSZ    RSS WCHAN    TT  STAT STARTED      TIME COMMAND',
    `root               0     -     1     0     4004   0.0  0.5  37  0 407920000  10000 -        ??  Ss   10Nov26   1:02.03 ${path}`,
  );

/** Every kind of evidence that a person or a server hands in as files. */
export const CAPTURES: readonly Capture[] = [
  {
    ...android('bugreport', (phone) => buildBugReport(phone, { logLines: 2 })),
    bare: tree({ 'bugreport.txt': '== dumpstate: 2026-11-20 11:11:12\n\n------ UPTIME (uptime) ------\n up 1 day\n' }),
  },
  {
    ...android('androidqf', buildAndroidqf),
    bare: tree({
      'x/acquisition.json': '{"uuid":"x","started":"2026-11-20T10:11:12Z"}',
      'x/getprop.txt': `${BARE.join('\n')}\n`,
    }),
  },
  { ...android('adb', buildAdbAnswers), bare: tree({ 'adb/getprop.txt': `${BARE.join('\n')}\n` }) },
  {
    source: 'android-management-api',
    good: managedApi({
      policyCompliant: true,
      softwareInfo: {
        androidVersion: '16',
        securityPatchLevel: '2026-11-05',
        systemUpdateInfo: { updateStatus: 'UP_TO_DATE' },
      },
      deviceSettings: {
        isDeviceSecure: true,
        unknownSourcesEnabled: false,
        developmentSettingsEnabled: false,
        adbEnabled: false,
        verifyAppsEnabled: true,
        encryptionStatus: 'ACTIVE_PER_USER',
      },
      applicationReports: [
        appReport('com.google.android.modulemetadata', '2026-10-01', {
          applicationSource: 'SYSTEM_APP_FACTORY_VERSION',
        }),
        appReport('com.whatsapp', '2'),
      ],
    }),
    bad: [
      managedApi({
        hardwareInfo: { manufacturer: 'Google', model: 'Pixel 3' },
        policyCompliant: false,
        nonComplianceDetails: [{ settingName: 'passwordPolicies', nonComplianceReason: 'USER_ACTION' }],
        softwareInfo: {
          androidVersion: '12',
          securityPatchLevel: '2023-01-05',
          systemUpdateInfo: { updateStatus: 'SECURITY_UPDATE_AVAILABLE', updateReceivedTime: '2026-09-01T00:00:00Z' },
        },
        deviceSettings: {
          isDeviceSecure: false,
          unknownSourcesEnabled: true,
          developmentSettingsEnabled: true,
          adbEnabled: true,
          verifyAppsEnabled: false,
          encryptionStatus: 'INACTIVE',
        },
        applicationReports: [
          appReport('com.google.android.modulemetadata', '2024-01-01', {
            applicationSource: 'SYSTEM_APP_FACTORY_VERSION',
          }),
          appReport('com.evil', '6', {
            applicationSource: 'INSTALLED_FROM_UNKNOWN_SOURCE',
            installerPackageName: 'com.android.chrome',
          }),
        ],
      }),
    ],
    bare: managedApi({}),
  },
  {
    source: 'apple-mdm',
    good: managedIphone(false),
    bad: [managedIphone(true)],
    bare: tree({ 'device.plist': answer({ QueryResponses: {} }) }),
  },
  {
    source: 'usb',
    good: overUsb(false),
    bad: [overUsb(true)],
    bare: tree({ 'usb/index.json': usbIndex, 'usb/device.plist': buildXmlPlist({ QueryResponses: {} }) }),
  },
  {
    source: 'backup',
    good: treeFromFiles(
      new Map(
        await backup(LOCKDOWN, {
          'Installed Applications': ['com.example.store'],
          Applications: fromStore('com.apple.AppStore'),
        }),
      ),
    ),
    bad: [
      treeFromFiles(
        new Map(
          await backup(null, {
            'Product Version': '14.8',
            'Product Type': 'iPhone14,5',
            'Installed Applications': ['com.example.store'],
            Applications: fromStore('com.evil.market'),
          }),
        ),
      ),
    ],
    bare: treeFromFiles(new Map(await backup(null, { 'Product Version': '', 'Build Version': '' }))),
  },
  {
    source: 'sysdiagnose',
    good: treeFromFiles(new Map(sysdiagnose({ 'ps.txt': processes('/sbin/launchd') }))),
    bad: [
      treeFromFiles(
        new Map(sysdiagnose({ 'ps.txt': processes('/var/jb/usr/sbin/dropbear') }, { version: '14.8', build: '18H17' })),
      ),
    ],
    bare: treeFromFiles(new Map(sysdiagnose({ 'ps.txt': lines('nothing') }, { version: '', build: '' }))),
  },
];
