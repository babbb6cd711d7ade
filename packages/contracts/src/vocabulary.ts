/** Words of the contracts without their schemas, for programs that start often and must start fast: no import of a schema library. */

/** Worst first: an index into this list is a rank, smaller is worse. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
/** How bad one finding or threat is. `info` never changes compliance; it is recorded. */
export type Severity = (typeof SEVERITIES)[number];

/**
 * Orders severities, worst first.
 * @returns negative when `a` is worse than `b`, positive when it is milder, 0 when equal
 */
export function compareSeverity(a: Severity, b: Severity): number {
  return SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b);
}

/** True when `severity` is as bad as `threshold`, or worse. */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return compareSeverity(severity, threshold) <= 0;
}

/** Threat classes in the field's vocabulary. */
export const THREAT_CLASSES = [
  'trojan',
  'spyware',
  'surveillance',
  'dropper',
  'adware',
  'riskware',
  'ransomware',
  'backdoor',
  'toll-fraud',
  'click-fraud',
  'root-enabler',
  'exploit',
  'vulnerability',
  'data-leak',
  'sideloaded',
  'test-build',
  'tampered',
  'denylisted',
] as const;

/** What a third-party library is for. The last one stands for what fits no other. */
export const LIBRARY_CATEGORIES = [
  'analytics',
  'advertising',
  'attribution',
  'crash-reporting',
  'location',
  'profiling',
  'push',
  'social',
  'identity',
  'payment',
  'networking',
  'crypto',
  'security',
  'storage',
  'media',
  'image',
  'maps',
  'chat',
  'engine',
  'framework',
  'interface',
  'language',
  'platform',
  'serialisation',
  'logging',
  'machine-learning',
  'testing',
  'other',
] as const;

/** What a piece of evidence about a device can be, and how people call it. `several`: a folder that holds more than one. */
export const EVIDENCE_KINDS = {
  bugreport: 'bug report',
  androidqf: 'androidqf bundle',
  adb: 'ADB answers',
  'android-backup': 'Android backup',
  'ios-backup': 'iOS backup',
  'ios-files': 'iOS file system',
  sysdiagnose: 'sysdiagnose',
  'ios-usb': 'answers of an iPhone over USB',
  mdm: 'answers of device management',
  several: 'several pieces of evidence',
} as const;
export type EvidenceKind = keyof typeof EVIDENCE_KINDS;
