import type { EvidenceBuilder } from '../evidence-builder.ts';
import { stateIphone } from '../ios/state-iphone.ts';
import { type Fields, fieldsOf, flagOf, isFields, listOf, textOf } from './mdm-answer.ts';
import { readCertificates, readProfiles, readRestrictions } from './read-apple-trust.ts';
import { readUpdateStatus, readUpdates } from './read-apple-updates.ts';

/** What is known of managed apps before the list of installed ones is read. */
export type Managed = ReadonlySet<string>;

/** Apps that management installed (`ManagedApplicationList`): bundle identifiers whose status is one of those that are there. */
export function managedApps(value: Fields): Managed {
  const list = fieldsOf(value, 'ManagedApplicationList');
  const there = Object.entries(list ?? {}).filter(([, about]) =>
    /^Managed$/.test((isFields(about) ? textOf(about, 'Status') : null) ?? ''),
  );
  return new Set(there.map(([bundle]) => bundle));
}

/** Reads an answer of an iPhone or iPad to a command (Apple, MDM protocol: DeviceInformation, SecurityInfo, InstalledApplicationList, ProfileList, ProvisioningProfileList, CertificateList). */
export function readAppleAnswer(builder: EvidenceBuilder, file: string, value: Fields, managed: Managed): void {
  const device = fieldsOf(value, 'QueryResponses');
  if (device !== null) readDevice(builder, file, device);
  const security = fieldsOf(value, 'SecurityInfo');
  if (security !== null) readSecurity(builder, file, security);
  if (Array.isArray(value['InstalledApplicationList'])) {
    for (const app of listOf(value, 'InstalledApplicationList')) readApp(builder, file, app, managed);
    builder.inventoryRead({ file });
  }
  if (Array.isArray(value['ProfileList'])) readProfiles(builder, file, listOf(value, 'ProfileList'));
  for (const profile of listOf(value, 'ProvisioningProfileList')) readProvisioning(builder, file, profile);
  if (Array.isArray(value['CertificateList'])) readCertificates(builder, file, listOf(value, 'CertificateList'));
  if (Array.isArray(value['AvailableOSUpdates'])) readUpdates(builder, file, listOf(value, 'AvailableOSUpdates'));
  readRestrictions(builder, file, fieldsOf(value, 'GlobalRestrictions'));
}

function readDevice(builder: EvidenceBuilder, file: string, device: Fields): void {
  stateIphone(builder, file, {
    version: textOf(device, 'OSVersion'),
    model: textOf(device, 'ProductName'),
    name: textOf(device, 'ModelName'),
    build: textOf(device, 'BuildVersion'),
  });
  observeFlag(builder, file, 'ios.supervised', flagOf(device, 'IsSupervised'));
  observeFlag(builder, file, 'ios.cloud-backup', flagOf(device, 'IsCloudBackupEnabled'));
  observeFlag(builder, file, 'ios.activation-lock', flagOf(device, 'IsActivationLockEnabled'));
  observeFlag(builder, file, 'ios.device-locator', flagOf(device, 'IsDeviceLocatorServiceEnabled'));
}

function readSecurity(builder: EvidenceBuilder, file: string, security: Fields): void {
  const caps = security['HardwareEncryptionCaps'];
  if (typeof caps === 'number') builder.observe('ios.hardware-encryption-caps', String(caps), { file });
  observeFlag(builder, file, 'ios.passcode.present', flagOf(security, 'PasscodePresent'));
  observeFlag(builder, file, 'ios.passcode.compliant', flagOf(security, 'PasscodeCompliant'));
}

/** Where an app came from, by what Apple says of it: the store sells it, management brought it, it is a beta, or a marketplace did. */
function sourceOf(app: Fields, bundle: string, managed: Managed): string | null {
  const distributor = textOf(app, 'DistributorIdentifier');
  if (distributor !== null && distributor !== 'com.apple.AppStore') return distributor;
  if (flagOf(app, 'BetaApp') === true) return 'com.apple.TestFlight';
  if (managed.has(bundle) || flagOf(app, 'DeviceBasedVPP') === true) return 'com.apple.dmd';
  return flagOf(app, 'AppStoreVendable') === true ? 'com.apple.AppStore' : null;
}

function readApp(builder: EvidenceBuilder, file: string, app: Fields, managed: Managed): void {
  const bundle = textOf(app, 'Identifier');
  if (bundle === null) return;
  const source = sourceOf(app, bundle, managed);
  const version = textOf(app, 'ShortVersion') ?? textOf(app, 'Version');
  const place = { file: `${file}#${bundle}` };
  // Management does not say who signed an app; a phone that is asked over USB does.
  const signer = textOf(app, 'SignerIdentity');
  builder.app({
    package: bundle.slice(0, 300),
    label: textOf(app, 'Name')?.slice(0, 300) ?? null,
    versionName: version?.slice(0, 200) ?? null,
    installer: source?.slice(0, 300) ?? null,
    ...(signer === null ? {} : { signerHints: [signer.slice(0, 128)] }),
    rawRef: place.file.slice(-500),
  });
  const adHoc = flagOf(app, 'AdHocCodeSigned') === true;
  builder.record({
    artefact: 'ios.managed-app',
    text: `${bundle}${version === null ? '' : ` ${version}`}: ${adHoc ? 'signed for single devices' : (source ?? (signer === null ? 'neither the store nor management' : `signed by ${signer}`))}`,
    place,
    fields: {
      bundle,
      source: source ?? '',
      'ad-hoc': String(adHoc),
      validated: String(flagOf(app, 'IsValidated') ?? ''),
      signer: signer ?? '',
    },
    observables: [{ kind: 'app', value: bundle }],
    transient: true,
  });
}

/** A licence to run apps that come from no store: for listed phones, or for any (`ProvisionsAllDevices`, which companies get). */
function readProvisioning(builder: EvidenceBuilder, file: string, profile: Fields): void {
  const name = textOf(profile, 'Name') ?? 'without a name';
  const [id, team, app] = [textOf(profile, 'UUID'), textOf(profile, 'TeamName'), textOf(profile, 'AppID')];
  const anyDevice = flagOf(profile, 'ProvisionsAllDevices') === true;
  builder.record({
    artefact: 'ios.provisioning-profile',
    text: `Provisioning profile ${name}${team === null ? '' : ` of ${team}`}${app === null ? '' : ` for ${app}`}${anyDevice ? ', for any phone' : ''}`,
    place: { file: `${file}#${id ?? name}` },
    fields: { name, team: team ?? '', app: app ?? '', 'any-device': String(anyDevice) },
    observables: id === null ? [] : [{ kind: 'profile', value: id }],
  });
}

/** Reads a declarative status report: the items are nested by their dotted names. */
export function readAppleStatus(builder: EvidenceBuilder, file: string, items: Fields): void {
  const device = fieldsOf(items, 'device');
  const system = fieldsOf(device, 'operating-system');
  const model = fieldsOf(device, 'model');
  stateIphone(builder, file, {
    version: textOf(system, 'version'),
    model: textOf(model, 'identifier'),
    name: textOf(model, 'marketing-name'),
    build: textOf(system, 'build-version'),
  });
  const passcode = fieldsOf(items, 'passcode');
  observeFlag(builder, file, 'ios.passcode.present', flagOf(passcode, 'is-present'));
  observeFlag(builder, file, 'ios.passcode.compliant', flagOf(passcode, 'is-compliant'));
  readUpdateStatus(builder, file, fieldsOf(items, 'softwareupdate'));
  const certificates = fieldsOf(fieldsOf(items, 'security'), 'certificate');
  if (Array.isArray(certificates?.['list'])) readCertificates(builder, file, listOf(certificates, 'list'));
}

function observeFlag(builder: EvidenceBuilder, file: string, key: string, value: boolean | null): void {
  if (value !== null) builder.observe(key, String(value), { file });
}
