import type { EvidenceSource, SignalId } from '@vedette/contracts';

const CAPTURES = ['adb', 'bugreport', 'androidqf'] as const;
const IPHONE_FILES = ['usb', 'backup', 'sysdiagnose'] as const;
const MANAGEMENT = ['android-management-api', 'apple-mdm'] as const;
const ANDROID = [...CAPTURES, 'agent'] as const;

/**
 * Which sources can answer each signal at all, whether or not a single capture does. What is not here cannot be known from
 * that source, and the board says so instead of asking for it. A test holds the table against what captures of each kind
 * are judged by.
 */
export const COVERAGE: Readonly<Record<SignalId, readonly EvidenceSource[]>> = {
  'os.version': [...ANDROID, ...MANAGEMENT, ...IPHONE_FILES],
  'os.patch-level': [...ANDROID, ...MANAGEMENT, ...IPHONE_FILES, 'key-attestation'],
  'os.vendor-patch': [...ANDROID, 'key-attestation'],
  'os.exploited': [...ANDROID, ...MANAGEMENT, ...IPHONE_FILES],
  'os.modules': [...ANDROID, 'android-management-api'],
  'os.update': MANAGEMENT,
  'os.device-support': [...ANDROID, 'android-management-api'],
  'os.hardened-mode': [...ANDROID, 'backup'],
  'os.clock': ['adb'],
  'os.profiles': ['apple-mdm', 'usb'],
  'storage.encryption': [...ANDROID, ...MANAGEMENT],
  'lock.screen': [...ANDROID, ...MANAGEMENT, 'usb'],
  'lock.quality': ['agent', 'apple-mdm'],
  'lock.find-my': ['apple-mdm'],
  'lock.timeout': ANDROID,
  'lock.trust-agents': ANDROID,
  'developer.options': [...ANDROID, 'android-management-api'],
  'developer.usb-debugging': [...ANDROID, 'android-management-api'],
  'developer.wireless-debugging': ANDROID,
  'developer.trusted-hosts': CAPTURES,
  'developer.usb-mode': [...ANDROID, 'apple-mdm'],
  'developer.mock-location': ANDROID,
  'integrity.verified-boot': [...ANDROID, 'key-attestation'],
  'integrity.bootloader': [...ANDROID, 'key-attestation'],
  'integrity.build': ANDROID,
  'integrity.selinux': ANDROID,
  'integrity.root': [...ANDROID, 'sysdiagnose', 'key-attestation', 'play-integrity'],
  'integrity.system-mounts': ANDROID,
  'integrity.planted-files': ANDROID,
  'integrity.emulator': ANDROID,
  'apps.unknown-sources': [...ANDROID, 'android-management-api'],
  'apps.verifier': [...ANDROID, 'android-management-api', 'play-integrity'],
  'apps.sideloaded': [...ANDROID, ...MANAGEMENT, 'usb', 'backup'],
  'apps.accessibility': ANDROID,
  'apps.protection-disabled': ANDROID,
  'apps.notification-access': ANDROID,
  'apps.device-admin': ANDROID,
  'apps.overlay': ANDROID,
  'apps.usage-access': ANDROID,
  'apps.defaults': ANDROID,
  'apps.screen-capture': ANDROID,
  'apps.usage': [...ANDROID, 'sysdiagnose'],
  'apps.cloud-backup': [...CAPTURES, 'apple-mdm'],
  // Judged by the server from all that it has.
  'apps.appraised': [],
  'network.tampering': ['agent', 'network-probe'],
  'network.proxy': ANDROID,
  'network.always-on-vpn': ANDROID,
  'network.private-dns': ANDROID,
  'network.user-ca': ['agent', 'apple-mdm'],
  'integrity.attestation': [],
  'agent.contact': [],
  'agent.reports': [],
  'agent.management': ['android-management-api'],
};

/** What an agent can answer on an iPhone: iOS tells an app about itself and little more. */
export const AGENT_ON_IOS: ReadonlySet<SignalId> = new Set<SignalId>([
  'os.version',
  'os.patch-level',
  'os.exploited',
  'storage.encryption',
  'lock.screen',
  'integrity.root',
  'apps.sideloaded',
  'network.tampering',
  'network.proxy',
]);

/** Subjects of the sentence that a source cannot answer. */
export const SOURCE_NAMES: Readonly<Record<EvidenceSource, string>> = {
  agent: 'An agent',
  adb: 'A check over ADB',
  bugreport: 'A bug report',
  androidqf: 'An androidqf bundle',
  backup: 'A backup',
  sysdiagnose: 'A sysdiagnose',
  usb: 'A check over USB',
  'android-management-api': 'Google’s device management',
  'apple-mdm': 'Apple’s device management',
  'play-integrity': 'Play Integrity',
  'key-attestation': 'Key attestation',
  'app-attest': 'App Attest',
  'managed-device-attestation': 'Managed device attestation',
  'network-probe': 'A network probe',
};
