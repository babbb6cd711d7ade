import type { Host } from '@vedette/bytes';
import {
  booleanAt,
  dataAt,
  dictionaryAt,
  type PlistValue,
  plistAt,
  readPlist,
  readProvisioningProfile,
  textAt,
} from '@vedette/formats';
import type { IphoneAnswers } from './iphone-questions.ts';
import { type PlistPlain, plistDict, writePlist } from './write-plist.ts';

/** Signs the apps that Apple hands out: those of its store and, in the European Union, those of marketplaces. */
const APPLE_SIGNER = 'Apple iPhone OS Application Signing';
const MAX_PROVISIONING_BYTES = 1024 * 1024;

/**
 * What a phone answered, in the shape of Apple's answers to device management, by file name: readers of those need not learn another language. A fact that the phone did not state has no key.
 * `applications.plist` is in the shape of a backup's `Info.plist`, which says where apps came from.
 */
export function mdmShapes(udid: string, answers: IphoneAnswers, host: Host): ReadonlyMap<string, Uint8Array> {
  const shapes: readonly (readonly [string, Readonly<Record<string, PlistPlain | null>> | null])[] = [
    ['device-information.plist', deviceInformation(answers)],
    ['security-info.plist', securityInfo(answers)],
    ['installed-application-list.plist', answers.apps === undefined ? null : installedApplications(answers.apps)],
    ['applications.plist', answers.apps === undefined ? null : storeApplications(answers.apps)],
    ['profile-list.plist', profileList(answers)],
    ['provisioning-profile-list.plist', provisioningList(answers, host)],
  ];
  const files = new Map<string, Uint8Array>();
  for (const [name, shape] of shapes)
    if (shape !== null) files.set(name, writePlist(plistDict({ UDID: udid, ...shape })));
  return files;
}

type Shape = Readonly<Record<string, PlistPlain | null>> | null;

function deviceInformation({ device, backup, supervision }: IphoneAnswers): Shape {
  return {
    QueryResponses: plistDict({
      OSVersion: textAt(device, 'ProductVersion'),
      BuildVersion: textAt(device, 'BuildVersion'),
      ProductName: textAt(device, 'ProductType'),
      ModelName: textAt(device, 'DeviceClass'),
      IsSupervised: booleanAt(supervision, 'CloudConfiguration', 'IsSupervised'),
      IsCloudBackupEnabled: booleanAt(backup, 'CloudBackupEnabled'),
    }),
  };
}

/** `PasswordProtected` says that the phone is locked now: then it has a passcode. An unlocked one may have one or not. */
function securityInfo({ device }: IphoneAnswers): Shape {
  if (booleanAt(device, 'PasswordProtected') !== true) return null;
  return { SecurityInfo: plistDict({ PasscodePresent: true }) };
}

function installedApplications(apps: readonly PlistValue[]): Shape {
  return {
    InstalledApplicationList: apps.flatMap((app) => {
      const identifier = textAt(app, 'CFBundleIdentifier');
      if (identifier === null) return [];
      const signer = textAt(app, 'SignerIdentity');
      const isBeta = booleanAt(app, 'Entitlements', 'beta-reports-active') === true;
      const fromStore = signer === APPLE_SIGNER && !isBeta && !namesSource(app);
      return [
        plistDict({
          Identifier: identifier,
          Name: textAt(app, 'CFBundleDisplayName') ?? textAt(app, 'CFBundleName'),
          ShortVersion: textAt(app, 'CFBundleShortVersionString'),
          Version: textAt(app, 'CFBundleVersion'),
          AppStoreVendable: fromStore ? true : null,
          BetaApp: isBeta ? true : null,
          IsValidated: booleanAt(app, 'ProfileValidated'),
          SignerIdentity: signer,
        }),
      ];
    }),
  };
}

/** Whether what the store wrote down says where an app came from; that then counts alone. */
function namesSource(app: PlistValue): boolean {
  const metadata = dataAt(app, 'iTunesMetadata');
  const value = metadata === null ? null : readPlist(metadata).value;
  return textAt(value, 'sourceApp') !== null || plistAt(value, 'distributorInfo') !== null;
}

function storeApplications(apps: readonly PlistValue[]): Shape {
  const known = apps.flatMap((app): [string, PlistPlain][] => {
    const [identifier, metadata] = [textAt(app, 'CFBundleIdentifier'), dataAt(app, 'iTunesMetadata')];
    return identifier === null || metadata === null ? [] : [[identifier, plistDict({ iTunesMetadata: metadata })]];
  });
  return known.length === 0 ? null : { Applications: new Map(known) };
}

const PROFILE_KEYS = [
  'PayloadDisplayName',
  'PayloadDescription',
  'PayloadOrganization',
  'PayloadUUID',
  'PayloadVersion',
  'PayloadRemovalDisallowed',
] as const;

/** The phone names its profiles, not what is in them, nor who installed them. */
function profileList({ profiles }: IphoneAnswers): Shape {
  if (profiles === undefined) return null;
  const metadata = dictionaryAt(profiles, 'ProfileMetadata')?.entries ?? new Map<string, PlistValue>();
  const list = [...metadata].map(([identifier, about]) =>
    plistDict({
      PayloadIdentifier: identifier,
      ...Object.fromEntries(PROFILE_KEYS.map((key) => [key, plainAt(about, key)])),
    }),
  );
  return { ProfileList: list };
}

/** A text, number or truth; null for all else, which has no business there and may be endless: binary lists share their parts. */
function plainAt(about: PlistValue, key: string): PlistValue | null {
  const value = plistAt(about, key);
  return value?.kind === 'string' || value?.kind === 'integer' || value?.kind === 'boolean' ? value : null;
}

function provisioningList({ provisioning }: IphoneAnswers, host: Host): Shape {
  if (provisioning === undefined) return null;
  const list = provisioning.flatMap((bytes) => {
    const profile = bytes.length > MAX_PROVISIONING_BYTES ? null : readProvisioningProfile(bytes, host).value;
    if (profile === null) return [];
    return [
      plistDict({
        Name: profile.name,
        UUID: profile.uuid,
        ExpiryDate: profile.expires === null ? null : { kind: 'date', value: profile.expires },
        TeamName: profile.teamName,
        AppID: profile.appId,
        ProvisionsAllDevices: profile.allDevices ? true : null,
        Kind: profile.kind === 'unknown' ? null : profile.kind,
      }),
    ];
  });
  return { ProvisioningProfileList: list };
}
