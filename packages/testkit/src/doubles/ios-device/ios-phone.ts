import {
  buildCertificate,
  buildSignedData,
  buildXmlPlist,
  type PlistSpec,
  type ProfileSpec,
  profilePlist,
} from '@vedette/formats/builders';

/** A dictionary of a property list, in plain values. */
export type PlistFields = { readonly [key: string]: PlistSpec };

/** One crash report on the phone. */
export interface CrashFile {
  readonly bytes: Uint8Array;
  readonly modified: Date;
}

/** What a phone of the double is and says. */
export interface IosPhone {
  readonly udid: string;
  /** How usbmuxd sees it. Default: `USB`. */
  readonly connection?: 'USB' | 'Network';
  /**
   * Default `trusted`. `stranger`: this computer never paired with it; the first that asks to makes the phone show its question, the second is trusted. `forgotten`: this computer did, but the phone does not know it any more (`InvalidHostID`). `locked`: it was started and not unlocked since, so that it
   * cannot read its own records (`PasswordProtected`).
   */
  readonly trust?: 'trusted' | 'stranger' | 'forgotten' | 'locked';
  /** What lockdownd knows, by domain; the empty domain is the device itself. */
  readonly values: Readonly<Record<string, PlistFields>>;
  /** As the installation proxy describes them. */
  readonly apps: readonly PlistFields[];
  /** `ProfileMetadata` of configuration profiles, by identifier. */
  readonly profiles: Readonly<Record<string, PlistFields>>;
  /** What supervision says; left out: the phone does not answer it. */
  readonly cloudConfiguration?: PlistFields;
  /** Provisioning profiles, as files. */
  readonly provisioningProfiles: readonly Uint8Array[];
  /** By path below the folder of crash reports: `Retired/App-2026-11-01-120000.ips`. */
  readonly crashReports: ReadonlyMap<string, CrashFile>;
}

/** An iPhone XR with three apps of a user, a profile, a company’s licence to install and two crash reports. Everything of it is made up. */
export function describeIosPhone(over: Partial<IosPhone> = {}): IosPhone {
  const udid = over.udid ?? '00008020-001A2B3C4D5E002E';
  return {
    udid,
    values: {
      '': {
        DeviceName: 'Kim’s iPhone',
        DeviceClass: 'iPhone',
        ProductType: 'iPhone11,8',
        ProductName: 'iPhone OS',
        ProductVersion: '18.7.1',
        BuildVersion: '22H20',
        ModelNumber: 'MT0W2',
        SerialNumber: 'C7CZZ0000000',
        UniqueDeviceID: udid,
        WiFiAddress: '02:00:00:00:00:01',
        PasswordProtected: false,
        DeviceCertificate: new TextEncoder().encode('not of this list'),
        ActivationState: 'Activated',
      },
      'com.apple.mobile.battery': { BatteryCurrentCapacity: 81, BatteryIsCharging: true },
      'com.apple.mobile.chaperone': { DeviceIsChaperoned: false },
      'com.apple.mobile.backup': { CloudBackupEnabled: true, WillEncrypt: true },
    },
    apps: [
      {
        CFBundleIdentifier: 'com.example.notes',
        CFBundleDisplayName: 'Notes & More',
        CFBundleName: 'Notes',
        CFBundleShortVersionString: '3.1',
        CFBundleVersion: '310',
        ApplicationType: 'User',
        SignerIdentity: 'Apple iPhone OS Application Signing',
        Path: '/private/var/containers/Bundle/Application/11111111-1111-1111-1111-111111111111/Notes.app',
      },
      {
        CFBundleIdentifier: 'com.example.family-watch',
        CFBundleDisplayName: 'System Service',
        CFBundleShortVersionString: '1.0',
        CFBundleVersion: '1',
        ApplicationType: 'User',
        SignerIdentity: 'iPhone Distribution: Example Holding',
        ProfileValidated: true,
        Entitlements: { 'application-identifier': 'A1B2C3D4E5.com.example.family-watch', 'get-task-allow': false },
        Path: '/private/var/containers/Bundle/Application/22222222-2222-2222-2222-222222222222/Watch.app',
      },
      {
        CFBundleIdentifier: 'com.example.try-out',
        CFBundleDisplayName: 'Try out',
        CFBundleShortVersionString: '0.9',
        CFBundleVersion: '9',
        ApplicationType: 'User',
        SignerIdentity: 'TestFlight Beta Distribution',
        Entitlements: { 'beta-reports-active': true },
        Path: '/private/var/containers/Bundle/Application/33333333-3333-3333-3333-333333333333/Try.app',
      },
      {
        CFBundleIdentifier: 'com.apple.mobilesafari',
        CFBundleDisplayName: 'Safari',
        CFBundleShortVersionString: '18.7',
        CFBundleVersion: '1',
        ApplicationType: 'System',
        SignerIdentity: 'Apple iPhone OS Application Signing',
        Path: '/private/var/containers/Bundle/Application/44444444-4444-4444-4444-444444444444/MobileSafari.app',
      },
    ],
    profiles: {
      'net.example.free-vpn': {
        PayloadDisplayName: 'Free VPN',
        PayloadDescription: 'Surf freely',
        PayloadOrganization: 'Example Net',
        PayloadUUID: '5F2B6C2E-0000-4000-8000-000000000001',
        PayloadRemovalDisallowed: false,
        PayloadVersion: 1,
      },
    },
    cloudConfiguration: { IsSupervised: false, ConfigurationWasApplied: true },
    provisioningProfiles: [describeProvisioning({ appId: 'A1B2C3D4E5.com.example.family-watch', allDevices: true })],
    crashReports: new Map([
      ['Watch-2026-11-01-120000.ips', crash('Watch', '/private/var/db/stage/Watch', '2026-11-01T12:00:00Z')],
      ['Retired/Notes-2026-10-01-090000.ips.synced', crash('Notes', '/Applications/Notes', '2026-10-01T09:00:00Z')],
      ['DiagnosticLogs/readme.txt', { bytes: new TextEncoder().encode('no report\n'), modified: new Date(0) }],
    ]),
    ...over,
  };
}

/** A provisioning profile as a file; its signature is none. */
export function describeProvisioning(spec: ProfileSpec): Uint8Array {
  const certificate = buildCertificate({ subject: { CN: 'Made up' } });
  const content = buildXmlPlist(profilePlist(spec));
  return buildSignedData({ certificates: [certificate], content, signers: [{ certificate }] });
}

function crash(name: string, path: string, at: string): CrashFile {
  const time = `${at.slice(0, 10)} ${at.slice(11, 19)}.00 +0000`;
  const head = { app_name: name, timestamp: time, bug_type: '309', os_version: 'iPhone OS 18.7.1 (22H20)' };
  const body = { procName: name, procPath: path, captureTime: time };
  return {
    bytes: new TextEncoder().encode(`${JSON.stringify(head)}\n${JSON.stringify(body, null, 2)}\n`),
    modified: new Date(at),
  };
}
