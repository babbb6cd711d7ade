import type { AttestationGrade, EvidenceSource, StatementKind, Trust } from '@vedette/contracts';

/** The newest statement of its kind that a device handed in, as it was judged when it came. */
export interface NewestStatement {
  readonly kind: StatementKind;
  /** ISO 8601. */
  readonly receivedAt: string;
  readonly accepted: boolean;
  readonly reasons: readonly string[];
  readonly grade: AttestationGrade | null;
  readonly source: EvidenceSource;
  readonly trust: Trust;
  /** What it says of the device, with the keys of posture. */
  readonly facts: readonly { readonly key: string; readonly value: string }[];
}

/** How the attestation key of a device stands among those of the fleet. */
export interface KeyInFleet {
  /** Serial number of its certificate, lower-case hex. */
  readonly serial: string;
  readonly provisioning: string;
  /** Devices that show this key, this one included. */
  readonly devices: number;
  /** Different models among them. */
  readonly models: number;
  /** Other devices of the same model whose keys were certified remotely, and how many there are in all. */
  readonly remotePeers: number;
  readonly peers: number;
  /** From how many devices of one model on a key of the factory counts as reused. */
  readonly limit: number;
}

/** What a server has of the word of hardware about one device. */
export interface AttestationInput {
  /** One per kind. */
  readonly newest: readonly NewestStatement[];
  /** Statements older than this vouch no longer. */
  readonly maxAgeHours: number;
  /** Null: no key was shown. */
  readonly key: KeyInFleet | null;
}

export const NO_ATTESTATION: AttestationInput = { newest: [], maxAgeHours: 24, key: null };
