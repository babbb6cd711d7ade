import {
  compareSeverity,
  type Finding,
  isAtLeast,
  type Severity,
  type SignalId,
  type ThreatDraft,
} from '@vedette/contracts';

/** Name and titles of the threat that stands for a signal. `title` when a finding is at least `high`, else `milder` where there is one. */
interface ThreatName {
  readonly type: string;
  readonly title: string;
  readonly milder?: string;
}

const THREAT_NAMES: Partial<Record<SignalId, ThreatName>> = {
  'os.version': { type: 'outdated-os', title: 'OS version is out of date' },
  'os.patch-level': { type: 'outdated-patch', title: 'Security patches are out of date' },
  'os.exploited': { type: 'exploited-weakness', title: 'Weaknesses that attackers use are open' },
  'storage.encryption': { type: 'unencrypted', title: 'Storage is not encrypted' },
  'lock.screen': { type: 'no-screen-lock', title: 'Screen lock is off' },
  'developer.options': { type: 'developer-options', title: 'Developer options are on' },
  'developer.usb-debugging': { type: 'usb-debugging', title: 'USB debugging is on' },
  'developer.wireless-debugging': { type: 'wireless-debugging', title: 'Wireless debugging is on' },
  'integrity.verified-boot': { type: 'boot-not-verified', title: 'System was not verified at boot' },
  'integrity.bootloader': { type: 'bootloader-unlocked', title: 'Bootloader is unlocked' },
  'integrity.build': { type: 'unofficial-build', title: 'System is not a release build' },
  'integrity.selinux': { type: 'selinux-permissive', title: 'SELinux does not enforce' },
  'integrity.root': { type: 'rooted', title: 'Device is rooted', milder: 'Signs of root' },
  'integrity.system-mounts': { type: 'system-modified', title: 'System partitions are writable' },
  'integrity.planted-files': { type: 'planted-files', title: 'Planted executable found' },
  'apps.unknown-sources': { type: 'unknown-sources', title: 'Apps from unknown sources are allowed' },
  'apps.verifier': { type: 'app-verification-off', title: 'App verification is off' },
  'apps.sideloaded': { type: 'sideloaded-apps', title: 'Apps from outside a store' },
  'apps.accessibility': { type: 'accessibility-abuse', title: 'An app may read and control the screen' },
  'os.vendor-patch': { type: 'outdated-drivers', title: 'Drivers and firmware are out of date' },
  'lock.quality': { type: 'weak-passcode', title: 'Passcode does not meet the rules' },
  'lock.find-my': { type: 'find-my-off', title: 'Find My is off' },
  'apps.protection-disabled': { type: 'protection-disabled', title: 'An app that protects the device is switched off' },
  'lock.timeout': { type: 'late-lock', title: 'Device stays open for long' },
  'developer.mock-location': { type: 'mock-location', title: 'Location may be made up' },
  'apps.notification-access': { type: 'notification-access', title: 'An app may read every notification' },
  'apps.device-admin': { type: 'device-admin', title: 'An app is an administrator of the device' },
  'apps.overlay': { type: 'overlay', title: 'An app may draw over other apps' },
  'apps.usage-access': { type: 'usage-access', title: 'An app may see which apps are used' },
  'apps.defaults': { type: 'default-app', title: 'An app from no store handles keys, messages or calls' },
  'apps.screen-capture': { type: 'screen-capture', title: 'Screen was being captured' },
  'network.always-on-vpn': { type: 'always-on-vpn', title: 'An app carries all traffic of the device' },
  'network.private-dns': { type: 'private-dns', title: 'Names are looked up at an unknown server' },
  'os.modules': { type: 'outdated-modules', title: 'System modules are out of date' },
  'os.update': { type: 'update-pending', title: 'An update waits to be installed' },
  'os.device-support': { type: 'unsupported-model', title: 'The maker publishes no more updates for this model' },
  'os.clock': { type: 'wrong-clock', title: 'Clock is wrong' },
  'os.profiles': {
    type: 'unmanaged-profile',
    title: 'A profile from elsewhere can see or redirect traffic',
    milder: 'A profile that management did not install',
  },
  'lock.trust-agents': { type: 'trust-agent', title: 'An app may keep the device unlocked' },
  'developer.trusted-hosts': { type: 'trusted-computers', title: 'Computers may debug the device without asking' },
  'developer.usb-mode': { type: 'usb-data', title: 'Device is open over USB' },
  'integrity.attestation': {
    type: 'attestation-refused',
    title: 'Hardware does not vouch for the device',
    milder: 'Attestation does not hold',
  },
  'integrity.emulator': { type: 'emulator', title: 'Device is an emulator' },
  'apps.cloud-backup': { type: 'cloud-backup', title: 'Company device is backed up to a private cloud' },
  'network.user-ca': { type: 'added-root', title: 'A root certificate was added' },
  'agent.management': { type: 'non-compliant', title: 'Device does not meet the rules of its management' },
  'apps.usage': { type: 'unusual-use', title: 'An app uses unusually much' },
  'network.tampering': { type: 'network-tampering', title: 'Network traffic was changed or intercepted' },
  'network.proxy': { type: 'global-proxy', title: 'All web traffic goes through a proxy' },
  'agent.contact': { type: 'silent-device', title: 'Device is silent' },
  'agent.reports': { type: 'report-anomaly', title: 'Reports do not add up' },
};

/** Types of the threats that stand for a signal. */
export const DEVICE_THREAT_TYPES: readonly string[] = Object.values(THREAT_NAMES).map((name) => name.type);

/** Beginnings of rule ids, longest match first, and the signal a finding of such a rule belongs to. */
const SIGNAL_OF_RULE: readonly (readonly [string, SignalId])[] = [
  ['device.os.known-exploited', 'os.exploited'],
  ['device.os.', 'os.version'],
  ['device.update.pending', 'os.update'],
  ['device.update.', 'os.version'],
  ['device.modules.', 'os.modules'],
  ['device.model.', 'os.device-support'],
  ['device.clock', 'os.clock'],
  ['device.profile.', 'os.profiles'],
  ['device.lock.trust-agent', 'lock.trust-agents'],
  ['device.developer.trusted-hosts', 'developer.trusted-hosts'],
  ['device.developer.usb-data', 'developer.usb-mode'],
  ['device.emulator', 'integrity.emulator'],
  ['device.backup.', 'apps.cloud-backup'],
  ['device.network.user-ca', 'network.user-ca'],
  ['device.management.', 'agent.management'],
  ['device.patch-level.', 'os.patch-level'],
  ['device.storage.', 'storage.encryption'],
  ['device.lock.late', 'lock.timeout'],
  ['device.lock.weak', 'lock.quality'],
  ['device.lock.find-my-off', 'lock.find-my'],
  ['device.app.protection-disabled', 'apps.protection-disabled'],
  ['device.lock.', 'lock.screen'],
  ['device.vendor-patch.', 'os.vendor-patch'],
  ['device.developer.mock-location', 'developer.mock-location'],
  ['device.developer.options', 'developer.options'],
  ['device.developer.usb-debugging', 'developer.usb-debugging'],
  ['device.developer.wireless-debugging', 'developer.wireless-debugging'],
  ['device.verified-boot', 'integrity.verified-boot'],
  ['device.verity', 'integrity.verified-boot'],
  ['device.bootloader.', 'integrity.bootloader'],
  ['device.build.', 'integrity.build'],
  ['device.selinux', 'integrity.selinux'],
  ['device.root.', 'integrity.root'],
  ['device.mount.', 'integrity.system-mounts'],
  ['device.planted-file', 'integrity.planted-files'],
  ['device.apps.unknown-sources', 'apps.unknown-sources'],
  ['device.apps.verifier', 'apps.verifier'],
  ['device.app.sideloaded', 'apps.sideloaded'],
  ['device.app.powerful', 'apps.sideloaded'],
  ['device.app.accessibility', 'apps.accessibility'],
  ['device.app.notification-access', 'apps.notification-access'],
  ['device.app.device-admin', 'apps.device-admin'],
  ['device.app.overlay', 'apps.overlay'],
  ['device.app.usage-access', 'apps.usage-access'],
  ['device.app.default', 'apps.defaults'],
  ['device.app.screen-capture', 'apps.screen-capture'],
  ['device.network.always-on-vpn', 'network.always-on-vpn'],
  ['device.network.private-dns', 'network.private-dns'],
  ['device.app.energy', 'apps.usage'],
  ['device.app.network-use', 'apps.usage'],
  ['device.app.kept-awake', 'apps.usage'],
  ['device.network.tampering', 'network.tampering'],
  ['device.network.proxy', 'network.proxy'],
  ['attestation.', 'integrity.attestation'],
  ['agent.silent', 'agent.contact'],
  ['agent.', 'agent.reports'],
];

/** The signal a finding belongs to; null: none, the rule stands for itself. */
export function signalOfRule(ruleId: string): SignalId | null {
  return SIGNAL_OF_RULE.find(([start]) => ruleId.startsWith(start))?.[1] ?? null;
}

/** What grows into a threat: something bad, from `low` on. `unknown` never does. */
export function isThreatening(finding: Finding): boolean {
  return finding.status === 'bad' && isAtLeast(finding.severity, 'low');
}

/** The worst severity of some findings; `info` for none. */
export function worstSeverity(findings: readonly Finding[]): Severity {
  return findings.map((finding) => finding.severity).sort(compareSeverity)[0] ?? 'info';
}

function draftOf(subject: string, name: ThreatName, findings: readonly Finding[]): ThreatDraft {
  const severity = worstSeverity(findings);
  const title = isAtLeast(severity, 'high') ? name.title : (name.milder ?? name.title);
  return {
    key: `device:${subject}`,
    kind: 'device',
    type: name.type,
    title,
    severity,
    subject: null,
    findings: [...findings],
  };
}

/**
 * One threat per signal that has findings (`device:integrity.root` carries all root findings), one per rule for rules that belong to no signal
 * (`device:device.contradiction`). Order follows the findings.
 */
export function deviceDrafts(findings: readonly Finding[]): ThreatDraft[] {
  const groups = new Map<string, { name: ThreatName; findings: Finding[] }>();
  for (const finding of findings) {
    if (!isThreatening(finding)) continue;
    const signal = signalOfRule(finding.ruleId);
    const subject = signal ?? finding.ruleId;
    const known = signal === null ? undefined : THREAT_NAMES[signal];
    const name = known ?? { type: finding.ruleId.replace(/^device\./, '').replaceAll('.', '-'), title: finding.title };
    const group = groups.get(subject) ?? { name, findings: [] };
    group.findings.push(finding);
    groups.set(subject, group);
  }
  return [...groups].map(([subject, group]) => draftOf(subject, group.name, group.findings));
}
