import { z } from 'zod';

/** Where an observation came from. `simulated` marks devices of the fleet simulator. */
export const EvidenceSource = z.enum([
  'agent',
  'adb',
  'bugreport',
  'androidqf',
  'backup',
  'sysdiagnose',
  'usb',
  'android-management-api',
  'apple-mdm',
  'play-integrity',
  'key-attestation',
  'app-attest',
  'managed-device-attestation',
  'network-probe',
]);
export type EvidenceSource = z.infer<typeof EvidenceSource>;

/** The grade of evidence, best first. A heuristic alone never makes a device "compromised". */
export const Trust = z.enum(['hardware-attested', 'server-verified', 'os-reported', 'heuristic']);
export type Trust = z.infer<typeof Trust>;

/** What a signal says: never `ok` without evidence. */
export const SignalStatus = z.enum(['ok', 'bad', 'unknown']);
export type SignalStatus = z.infer<typeof SignalStatus>;

export const SignalGroup = z.enum(['system', 'lock', 'developer', 'integrity', 'apps', 'network', 'agent']);
export type SignalGroup = z.infer<typeof SignalGroup>;

/** Every signal of the posture board: its group, its short name, and how the holder of the device fixes it. */
export const SIGNALS = {
  'os.version': { group: 'system', title: 'OS version', remedy: 'Install the system update offered in Settings.' },
  'os.patch-level': {
    group: 'system',
    title: 'Security patch level',
    remedy: 'Install the security update offered in Settings > Security & privacy.',
  },
  'os.vendor-patch': {
    group: 'system',
    title: 'Patch level of drivers',
    remedy: 'Install the system update offered in Settings; if none is offered, replace the device.',
  },
  'os.exploited': {
    group: 'system',
    title: 'Exploited weaknesses',
    remedy: 'Install the system update offered in Settings; if none is offered, replace the device.',
  },
  'os.modules': {
    group: 'system',
    title: 'System modules',
    remedy: 'Install the Google Play system update offered in Settings > Security & privacy.',
  },
  'os.update': {
    group: 'system',
    title: 'Pending update',
    remedy: 'Install the update that waits in Settings.',
  },
  'os.device-support': {
    group: 'system',
    title: 'Support of the model',
    remedy: 'Plan to replace the device: its maker publishes no more updates for it.',
  },
  'os.hardened-mode': {
    group: 'system',
    title: 'Hardened mode',
    remedy: 'Turn on Advanced Protection (Android) or Lockdown Mode (iOS) if you may be a target.',
  },
  'os.clock': {
    group: 'system',
    title: 'Clock',
    remedy: 'Turn on automatic date and time in Settings.',
  },
  'os.profiles': {
    group: 'system',
    title: 'Configuration profiles',
    remedy:
      'Remove the profile in Settings > General > VPN & Device Management, unless your organisation installed it.',
  },
  'storage.encryption': {
    group: 'system',
    title: 'Storage encryption',
    remedy: 'Turn on storage encryption in Settings > Security, or set a passcode on iOS.',
  },
  'lock.screen': {
    group: 'lock',
    title: 'Screen lock',
    remedy: 'Set a PIN, password or pattern in Settings > Security.',
  },
  'lock.quality': {
    group: 'lock',
    title: 'Passcode rules',
    remedy: 'Choose a longer passcode in Settings > Face ID & Passcode.',
  },
  'lock.find-my': {
    group: 'lock',
    title: 'Find My',
    remedy: 'Turn on Find My in Settings > your name > Find My.',
  },
  'lock.timeout': {
    group: 'lock',
    title: 'Lock delay',
    remedy: 'Set a shorter time in Settings > Display > Screen timeout, and lock at once after it.',
  },
  'lock.trust-agents': {
    group: 'lock',
    title: 'Automatic unlocking',
    remedy: 'Turn the trust agent off in Settings > Security > More security > Trust agents.',
  },
  'developer.options': {
    group: 'developer',
    title: 'Developer options',
    remedy: 'Turn off Developer options in Settings > System.',
  },
  'developer.usb-debugging': {
    group: 'developer',
    title: 'USB debugging',
    remedy: 'Turn off USB debugging in Settings > System > Developer options.',
  },
  'developer.wireless-debugging': {
    group: 'developer',
    title: 'Wireless debugging',
    remedy: 'Turn off Wireless debugging in Settings > System > Developer options.',
  },
  'developer.trusted-hosts': {
    group: 'developer',
    title: 'Trusted computers',
    remedy: 'Revoke USB debugging authorisations in Settings > System > Developer options.',
  },
  'developer.usb-mode': {
    group: 'developer',
    title: 'USB mode',
    remedy:
      'Choose “No data transfer” in the USB notification, or keep USB accessories off while the device is locked.',
  },
  'developer.mock-location': {
    group: 'developer',
    title: 'Made-up location',
    remedy: 'Choose no app in Settings > System > Developer options > Select mock location app.',
  },
  'integrity.verified-boot': {
    group: 'integrity',
    title: 'Verified boot',
    remedy: 'Lock the bootloader and restore the manufacturer’s system image.',
  },
  'integrity.bootloader': {
    group: 'integrity',
    title: 'Bootloader',
    remedy: 'Lock the bootloader. This erases the device.',
  },
  'integrity.build': {
    group: 'integrity',
    title: 'System build',
    remedy: 'Restore the manufacturer’s release build of the system.',
  },
  'integrity.selinux': {
    group: 'integrity',
    title: 'SELinux',
    remedy: 'Restore the manufacturer’s system image; SELinux must be enforcing.',
  },
  'integrity.root': {
    group: 'integrity',
    title: 'Root or jailbreak',
    remedy: 'Restore the manufacturer’s system image. Ask your administrator before using the device for work.',
  },
  'integrity.system-mounts': {
    group: 'integrity',
    title: 'System partitions',
    remedy: 'Restore the manufacturer’s system image; system partitions must be read-only.',
  },
  'integrity.planted-files': {
    group: 'integrity',
    title: 'Planted executables',
    remedy: 'Ask your administrator to look at the files in /data/local/tmp.',
  },
  'integrity.attestation': {
    group: 'integrity',
    title: 'Attestation',
    remedy: 'Open the Vedette agent while the device is online, so that its hardware can vouch for it.',
  },
  'integrity.emulator': {
    group: 'integrity',
    title: 'Emulator',
    remedy: 'Use a real device for work: an emulator can be read and changed by the computer that runs it.',
  },
  'apps.unknown-sources': {
    group: 'apps',
    title: 'Unknown sources',
    remedy: 'Turn off “Install unknown apps” for every app in Settings > Apps > Special app access.',
  },
  'apps.verifier': {
    group: 'apps',
    title: 'App verification',
    remedy: 'Turn on Play Protect scanning in the Play Store’s menu.',
  },
  'apps.sideloaded': {
    group: 'apps',
    title: 'Sideloaded apps',
    remedy: 'Remove the apps that did not come from a store, or ask your administrator to approve them.',
  },
  'apps.accessibility': {
    group: 'apps',
    title: 'Accessibility services',
    remedy: 'Turn off accessibility services you do not need in Settings > Accessibility.',
  },
  'apps.protection-disabled': {
    group: 'apps',
    title: 'Protection disabled',
    remedy: 'Switch the app on again in Settings > Apps.',
  },
  'apps.notification-access': {
    group: 'apps',
    title: 'Notification access',
    remedy: 'Turn it off for the app in Settings > Apps > Special app access > Notification read, reply & control.',
  },
  'apps.device-admin': {
    group: 'apps',
    title: 'Device administrators',
    remedy: 'Turn it off for the app in Settings > Security > Device admin apps, then remove the app.',
  },
  'apps.overlay': {
    group: 'apps',
    title: 'Drawing over apps',
    remedy: 'Turn it off for the app in Settings > Apps > Special app access > Display over other apps.',
  },
  'apps.usage-access': {
    group: 'apps',
    title: 'Usage access',
    remedy: 'Turn it off for the app in Settings > Apps > Special app access > Usage access.',
  },
  'apps.defaults': {
    group: 'apps',
    title: 'Default apps',
    remedy: 'Choose another app in Settings > Apps > Default apps, or another keyboard in Settings > System.',
  },
  'apps.screen-capture': {
    group: 'apps',
    title: 'Screen capture',
    remedy: 'End the capture in the notification shade, and remove the app if you did not start it.',
  },
  'apps.usage': {
    group: 'apps',
    title: 'Use by apps',
    remedy: 'Remove the app, or restrict it in Settings > Apps > Battery and > Mobile data.',
  },
  'apps.cloud-backup': {
    group: 'apps',
    title: 'Cloud backup',
    remedy: 'Turn off backup for work devices in Settings, or let management forbid it.',
  },
  'apps.appraised': { group: 'apps', title: 'Appraised apps', remedy: 'Remove the app that was found harmful.' },
  'network.tampering': {
    group: 'network',
    title: 'Network tampering',
    remedy: 'Leave this network. Use mobile data or the company VPN.',
  },
  'network.proxy': {
    group: 'network',
    title: 'Global proxy',
    remedy: 'Remove the proxy in the Wi-Fi settings, unless your organisation set it.',
  },
  'network.always-on-vpn': {
    group: 'network',
    title: 'Always-on VPN',
    remedy: 'Turn Always-on VPN off for the app in Settings > Network & internet > VPN, and remove the app.',
  },
  'network.private-dns': {
    group: 'network',
    title: 'Private DNS',
    remedy: 'Set Private DNS to Automatic in the network settings, unless your organisation chose the provider.',
  },
  'network.user-ca': {
    group: 'network',
    title: 'Added certificates',
    remedy:
      'Remove the certificate in Settings > Security > Encryption & credentials, or the profile that brought it, unless your organisation installed it.',
  },
  'agent.contact': {
    group: 'agent',
    title: 'Last contact',
    remedy: 'Open the Vedette agent while the device is online.',
  },
  'agent.reports': {
    group: 'agent',
    title: 'Report sequence',
    remedy: 'Open the Vedette agent; if this stays, enrol the device again.',
  },
  'agent.management': {
    group: 'agent',
    title: 'Management',
    remedy: 'Open the management app and follow what it asks for.',
  },
} as const satisfies Record<string, { group: SignalGroup; title: string; remedy: string }>;

export type SignalId = keyof typeof SIGNALS;
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- keys of a literal
export const SIGNAL_IDS = Object.keys(SIGNALS) as readonly SignalId[];
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the literal above is not empty
export const SignalId = z.enum(SIGNAL_IDS as [SignalId, ...SignalId[]]);

/** Signals that only a server can judge: a check away from it does not miss them. */
export const SERVER_SIGNALS: readonly SignalId[] = [
  'integrity.attestation',
  'apps.appraised',
  'agent.contact',
  'agent.reports',
];

/** One fact about a device from one source. `value` is the raw value as text: judging it is posture's work, not the collector's. */
export const Observation = z.object({
  /** What was observed. Free-form dotted key such as `settings.global.adb_enabled` or `getprop.ro.build.version.release`; `posture` knows the ones it judges. */
  key: z.string().min(1).max(200),
  value: z.string().max(4096),
  source: EvidenceSource,
  trust: Trust,
  /** When it was so on the device; null when the evidence does not say. */
  observedAt: z.iso.datetime().nullable(),
  /** When it was collected. */
  collectedAt: z.iso.datetime(),
  /** Where in the raw evidence: `getprop.txt:12`, `bugreport/dumpstate.txt:10421`. */
  rawRef: z.string().max(500).optional(),
});
export type Observation = z.infer<typeof Observation>;

/** One judged cell of the posture board. */
export const Signal = z.object({
  id: SignalId,
  status: SignalStatus,
  /** What was seen, for people: `2024-05-05 (18 months old)`, `off`, `Magisk (magisk tmpfs mount)`. */
  value: z.string(),
  /** Why it is bad or unknown, one sentence; absent when ok. */
  reason: z.string().optional(),
  source: EvidenceSource.nullable(),
  trust: Trust.nullable(),
  observedAt: z.iso.datetime().nullable(),
  /** Age of the evidence at the time of judging, in seconds; null when there is none. */
  ageSeconds: z.number().int().nonnegative().nullable(),
  rawRef: z.string().optional(),
});
export type Signal = z.infer<typeof Signal>;

/** Ends the reason of a signal that the platform has no public source for. */
export const NO_SOURCE = 'gives no evidence of this.';

/** Whether the platform has a source for a signal at all. */
export function hasSource({ status, reason }: Pick<Signal, 'status' | 'reason'>): boolean {
  return !(status === 'unknown' && reason?.endsWith(NO_SOURCE) === true);
}

/** Whether evidence could have answered a signal: those that only a server judges, and those that the platform has no source for, are no gap of a check. */
export function isAskable(signal: Pick<Signal, 'id' | 'status' | 'reason'>): boolean {
  return !SERVER_SIGNALS.includes(signal.id) && hasSource(signal);
}
