import { patchDate } from '@vedette/attestation';
import type { AgentPublicKey, DeviceFacts } from '@vedette/contracts';
import type { Tx } from '@vedette/store';
import type { StatedDevice } from './judge-statement.ts';
import { spkiOfJwk } from './spki-of-jwk.ts';

/** What is known of a device that a statement is held against. Its row must be locked. */
export async function readStatedDevice(
  tx: Tx,
  device: { readonly id: string; readonly facts: DeviceFacts; readonly public_key: AgentPublicKey },
): Promise<StatedDevice> {
  const last = await tx
    .selectFrom('device_attestations')
    .where('device_id', '=', device.id)
    .where('kind', '=', 'key-attestation')
    .where('accepted', '=', true)
    .select('facts')
    .orderBy('received_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const key = await tx
    .selectFrom('device_attested_keys')
    .where('device_id', '=', device.id)
    .select(['public_key', 'counter'])
    .executeTakeFirst();
  return {
    facts: device.facts,
    agentKey: spkiOfJwk(device.public_key),
    lastPatchLevel:
      patchDate(last?.facts.find((fact) => fact.key === 'attestation.patch-level')?.value)?.slice(0, 7) ?? null,
    attestedKey: key === undefined ? null : { publicKey: new Uint8Array(key.public_key), counter: key.counter },
  };
}
