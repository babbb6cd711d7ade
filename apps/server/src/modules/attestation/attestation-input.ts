import type { AttestationInput, KeyInFleet } from '@vedette/assessment';
import { AttestationSettings } from '@vedette/contracts';
import type { Tx } from '@vedette/store';
import { sql } from 'kysely';
import { newestStatements } from './statement-store.ts';

/** What assessing a device needs of the statements about it. */
export async function readAttestation(tx: Tx, deviceId: string): Promise<AttestationInput> {
  const row = await tx.selectFrom('attestation_settings').select('settings').executeTakeFirst();
  const settings = AttestationSettings.parse(row?.settings ?? {});
  const rows = await newestStatements(tx, deviceId);
  return {
    newest: rows.map(({ kind, received_at, accepted, reasons, grade, source, trust, facts }) => ({
      kind,
      receivedAt: received_at.toISOString(),
      accepted,
      reasons,
      grade,
      source,
      trust,
      facts,
    })),
    maxAgeHours: settings.maxAgeHours,
    key: await keyInFleet(tx, deviceId, settings.keyAttestation.sharedKeyLimit),
  };
}

async function keyInFleet(tx: Tx, deviceId: string, limit: number): Promise<KeyInFleet | null> {
  const own = await tx
    .selectFrom('devices')
    .where('id', '=', deviceId)
    .select(['attested_key', 'attested_provisioning', sql<string | null>`facts->>'model'`.as('model')])
    .executeTakeFirst();
  if (own === undefined || own.attested_key === null) return null;
  const shown = await tx
    .selectFrom('devices')
    .where('attested_key', '=', own.attested_key)
    .where('state', '=', 'active')
    .select(({ fn }) => fn.countAll<string>().as('devices'))
    .select(sql<string>`count(distinct lower(facts->>'model'))`.as('models'))
    .executeTakeFirstOrThrow();
  const peers = await tx
    .selectFrom('devices')
    .where('attested_key', 'is not', null)
    .where('state', '=', 'active')
    .where('id', '!=', deviceId)
    .where(sql<boolean>`facts->>'model' = ${own.model}`)
    .select(({ fn }) => fn.countAll<string>().as('all'))
    .select(sql<string>`count(*) filter (where attested_provisioning = 'remote')`.as('remote'))
    .executeTakeFirstOrThrow();
  return {
    serial: own.attested_key,
    provisioning: own.attested_provisioning ?? 'unknown',
    devices: Number(shown.devices),
    models: Number(shown.models),
    remotePeers: Number(peers.remote),
    peers: Number(peers.all),
    limit,
  };
}
