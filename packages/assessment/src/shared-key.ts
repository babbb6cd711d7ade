import type { KeyInFleet } from './attestation-input.ts';

/** Whether a key is where it should not be, and why in a sentence; null: nothing speaks against it. */
export interface KeyJudgement {
  readonly rule: 'attestation.key-shared' | 'attestation.factory-among-remote';
  readonly severity: 'high' | 'medium';
  readonly why: string;
}

/** So many of its model must be there before one of them is the odd one. */
const PEERS_TO_COMPARE = 3;

/**
 * Judges one key among those of a fleet. A key that was certified remotely is one device's; one of the factory is in every device of a batch, which are of one model and many
 * thousands: seen in two models, or in more devices of a small fleet than chance gives, it was taken out of one of them, as those do who make rooted phones pass. A factory key where the
 * others of the model have remote ones is the same, seen earlier.
 */
export function judgeKey(key: KeyInFleet): KeyJudgement | null {
  if (key.provisioning === 'remote' && key.devices > 1)
    return {
      rule: 'attestation.key-shared',
      severity: 'high',
      why: `A key that was certified for one device is shown by ${key.devices}.`,
    };
  if (key.models > 1)
    return {
      rule: 'attestation.key-shared',
      severity: 'high',
      why: `A key of the factory is shown by ${key.devices} devices of ${key.models} models.`,
    };
  if (key.devices > key.limit)
    return {
      rule: 'attestation.key-shared',
      severity: 'medium',
      why: `A key of the factory is shown by ${key.devices} devices, more than the ${key.limit} that are allowed for.`,
    };
  if (key.provisioning === 'factory' && key.peers >= PEERS_TO_COMPARE && key.remotePeers * 2 > key.peers)
    return {
      rule: 'attestation.factory-among-remote',
      severity: 'medium',
      why: `A key of the factory, where ${key.remotePeers} of ${key.peers} other devices of this model have keys that were certified remotely.`,
    };
  return null;
}
