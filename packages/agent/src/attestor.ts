import type { AgentPublicKey, Challenge, Statement, StatementKind } from '@vedette/contracts';

/**
 * What can vouch for a device: the keystore and Play Services of an Android phone, DeviceCheck of an iPhone. The agent of a platform brings one; where there is none, a server that asks
 * gets no statement and reads `unknown`.
 */
export interface Attestor {
  /** The kinds it can make, the one that proves most first. */
  readonly kinds: readonly StatementKind[];
  /**
   * Has a statement made over a challenge. Of a key attestation at enrolment the key that is described must be the agent's own, or the server refuses it.
   * @returns null when the platform would not, this time
   */
  make(challenge: Challenge, agentKey: AgentPublicKey): Promise<Statement | null>;
}

/** The kind to make of those that a server can judge; null: none. */
export function chooseKind(attestor: Attestor, wanted: readonly StatementKind[]): StatementKind | null {
  return attestor.kinds.find((kind) => wanted.includes(kind)) ?? null;
}
