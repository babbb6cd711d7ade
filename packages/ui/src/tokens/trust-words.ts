import type { EvidenceSource, SignalGroup, Trust } from '@vedette/contracts';

export const TRUST_WORDS: Record<Trust, string> = {
  'hardware-attested': 'attested by hardware',
  'server-verified': 'verified by the server',
  'os-reported': 'reported by the system',
  heuristic: 'heuristic',
};

export const SOURCE_WORDS: Record<EvidenceSource, string> = {
  agent: 'agent',
  adb: 'ADB',
  bugreport: 'bug report',
  androidqf: 'androidqf',
  backup: 'backup',
  sysdiagnose: 'sysdiagnose',
  usb: 'iPhone over USB',
  'android-management-api': 'Android Management API',
  'apple-mdm': 'Apple MDM',
  'play-integrity': 'Play Integrity',
  'key-attestation': 'key attestation',
  'app-attest': 'App Attest',
  'managed-device-attestation': 'managed device attestation',
  'network-probe': 'network probe',
};

export const GROUP_WORDS: Record<SignalGroup, string> = {
  system: 'System',
  lock: 'Lock',
  developer: 'Developer',
  integrity: 'Integrity',
  apps: 'Apps',
  network: 'Network',
  agent: 'Agent',
};
