import type { EvidenceBuilder } from '../evidence-builder.ts';
import { type Fields, fieldsOf, flagOf, listOf, textOf } from './mdm-answer.ts';

/** States of `encryptionStatus` that are none, and those that are (Android Management API, `DeviceSettings.EncryptionStatus`). */
const NOT_ENCRYPTED: ReadonlySet<string> = new Set(['UNSUPPORTED', 'INACTIVE']);

/**
 * Reads a device resource of the Android Management API: settings, versions, apps. What Google says of the posture (`securityPosture`) is its own judgement and goes onto the timeline with its words.
 * Settings that are missing are not reported: only those that the policy asks for are there.
 */
export function readAndroidDevice(builder: EvidenceBuilder, file: string, device: Fields): void {
  const [hardware, software, settings] = [
    fieldsOf(device, 'hardwareInfo'),
    fieldsOf(device, 'softwareInfo'),
    fieldsOf(device, 'deviceSettings'),
  ];
  const at = Date.parse(textOf(device, 'lastStatusReportTime') ?? textOf(device, 'lastPolicySyncTime') ?? '');
  if (!Number.isNaN(at)) builder.setCollectedAt(new Date(at).toISOString());
  builder.fact('platform', 'android');
  builder.fact('manufacturer', textOf(hardware, 'manufacturer') ?? textOf(hardware, 'brand') ?? '');
  builder.fact('model', textOf(hardware, 'model') ?? '');
  builder.fact('osVersion', textOf(software, 'androidVersion') ?? '');
  builder.fact('build', textOf(software, 'androidBuildNumber') ?? '');
  const observe = (key: string, value: string | null): void => {
    if (value !== null) builder.observe(key, value, { file });
  };
  observe('agent.os_version', textOf(software, 'androidVersion'));
  observe('agent.patch_level', textOf(software, 'securityPatchLevel'));
  const flags: readonly (readonly [string, string])[] = [
    ['agent.screen_lock', 'isDeviceSecure'],
    ['agent.unknown_sources', 'unknownSourcesEnabled'],
    ['agent.developer_options', 'developmentSettingsEnabled'],
    ['agent.usb_debugging', 'adbEnabled'],
    ['agent.app_verifier', 'verifyAppsEnabled'],
  ];
  for (const [key, field] of flags) {
    const value = flagOf(settings, field);
    observe(key, value === null ? null : String(value));
  }
  const encryption = textOf(settings, 'encryptionStatus');
  if (encryption !== null && encryption !== 'ENCRYPTION_STATUS_UNSPECIFIED')
    observe(
      'agent.storage_encryption',
      NOT_ENCRYPTED.has(encryption) ? 'inactive' : encryption === 'ACTIVATING' ? null : 'active',
    );
  readUpdate(builder, file, fieldsOf(software, 'systemUpdateInfo'));
  readCompliance(builder, file, device);
  observe('agent.model', textOf(hardware, 'model'));
  const reports = listOf(device, 'applicationReports');
  for (const app of reports) readApp(builder, file, app);
  if (reports.length > 0) builder.inventoryRead({ file });
  for (const detail of listOf(fieldsOf(device, 'securityPosture'), 'postureDetails')) {
    const risk = textOf(detail, 'securityRisk') ?? '';
    builder.record({
      artefact: 'android.management-posture',
      text: `Google’s management says: ${risk.toLowerCase().replaceAll('_', ' ')}`,
      at: Number.isNaN(at) ? null : new Date(at).toISOString(),
      place: { file: `${file}#securityPosture` },
      fields: { risk },
    });
  }
}

const UPDATE_STATES: ReadonlyMap<string, string> = new Map([
  ['UP_TO_DATE', 'up-to-date'],
  ['UNKNOWN_UPDATE_AVAILABLE', 'available'],
  ['SECURITY_UPDATE_AVAILABLE', 'security'],
  ['OS_UPDATE_AVAILABLE', 'upgrade'],
]);

/** `SoftwareInfo.systemUpdateInfo`: whether an update waits, and since when. */
function readUpdate(builder: EvidenceBuilder, file: string, update: Fields | null): void {
  const place = { file: `${file}#systemUpdateInfo` };
  const state = UPDATE_STATES.get(textOf(update, 'updateStatus') ?? '');
  if (state !== undefined) builder.observe('system-update.state', state, place);
  const since = Date.parse(textOf(update, 'updateReceivedTime') ?? '');
  if (!Number.isNaN(since)) builder.observe('system-update.since', new Date(since).toISOString(), place);
}

const MAX_VIOLATIONS = 20;

/** `policyCompliant` and `nonComplianceDetails`: what of its policy the device does not follow. */
function readCompliance(builder: EvidenceBuilder, file: string, device: Fields): void {
  const compliant = flagOf(device, 'policyCompliant');
  if (compliant !== null)
    builder.observe('management.compliant', String(compliant), { file: `${file}#policyCompliant` });
  for (const detail of listOf(device, 'nonComplianceDetails').slice(0, MAX_VIOLATIONS)) {
    const setting = textOf(detail, 'settingName') ?? 'a setting';
    const reason = (textOf(detail, 'nonComplianceReason') ?? '').toLowerCase().replaceAll('_', ' ');
    const app = textOf(detail, 'packageName');
    const text = `${setting}${app === null ? '' : ` (${app})`}${reason === '' ? '' : `: ${reason}`}`;
    builder.observe('management.violation', text.slice(0, 300), { file: `${file}#nonComplianceDetails` });
  }
}

function readApp(builder: EvidenceBuilder, file: string, app: Fields): void {
  const name = textOf(app, 'packageName');
  if (name === null || textOf(app, 'state') === 'REMOVED') return;
  const hash = textOf(app, 'packageSha256Hash')?.toLowerCase();
  const code = app['versionCode'];
  const signers = app['signingKeyCertFingerprints'];
  builder.app({
    package: name.slice(0, 300),
    label: textOf(app, 'displayName')?.slice(0, 300) ?? null,
    versionName: textOf(app, 'versionName')?.slice(0, 200) ?? null,
    versionCode: typeof code === 'number' && Number.isSafeInteger(code) ? code : null,
    installer: textOf(app, 'installerPackageName')?.slice(0, 300) ?? null,
    system:
      textOf(app, 'applicationSource') === 'SYSTEM_APP_FACTORY_VERSION' ||
      textOf(app, 'applicationSource') === 'SYSTEM_APP_UPDATED_VERSION',
    sha256: hash !== undefined && /^[0-9a-f]{64}$/.test(hash) ? hash : null,
    signers: Array.isArray(signers)
      ? signers.flatMap((one) => (typeof one === 'string' && /^[0-9a-f]{64}$/i.test(one) ? [one.toLowerCase()] : []))
      : [],
    rawRef: `${file}#${name}`.slice(-500),
  });
}
