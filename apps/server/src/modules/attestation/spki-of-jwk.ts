import { createPublicKey } from 'node:crypto';
import type { AgentPublicKey } from '@vedette/contracts';

/** SubjectPublicKeyInfo, DER, of an agent's key. */
export function spkiOfJwk(key: AgentPublicKey): Uint8Array {
  return new Uint8Array(createPublicKey({ key: { ...key }, format: 'jwk' }).export({ format: 'der', type: 'spki' }));
}
