import { DEVICE_THREAT_TYPES } from './device-threats.ts';
import { NETWORK_THREAT_TYPES } from './network-threats.ts';

/**
 * Every type a threat can have, for policies that ask `t.type == "…"`. A device rule that belongs to no signal makes a type of its own name, of which `contradiction` is the only one now.
 */
export const THREAT_TYPES: readonly string[] = [
  ...DEVICE_THREAT_TYPES,
  'contradiction',
  'malicious-app',
  'suspicious-app',
  'risky-app',
  ...NETWORK_THREAT_TYPES,
];
