import { judgeKey } from '@vedette/assessment';
import { type AttestationHealth, AttestationSettings, AttestationStanding, type ReusedKey } from '@vedette/contracts';
import type { Tx } from '@vedette/store';
import { sql } from 'kysely';
import { compare } from './device-attestations.ts';
import type { DatedList } from './server-revocations.ts';

const MOST_KEYS = 100;
const MOST_SHOWN = 20;
const MOST_LISTED = 200;
const FRESH_MS = 24 * 3_600_000;

const MODEL = sql<string | null>`d.facts->>'model'`;

/** How the fleet stands by what hardware said of it. */
export async function readHealth(tx: Tx, revocations: DatedList | null, now: Date): Promise<AttestationHealth> {
  const standings = await tx
    .selectFrom('devices')
    .where('state', '=', 'active')
    .groupBy('attestation')
    .select(['attestation'])
    .select(({ fn }) => fn.countAll<string>().as('devices'))
    .execute();
  const counts = new Map(standings.map((row) => [row.attestation, Number(row.devices)]));
  const refused = await refusedDevices(tx);
  const reasons = new Map<string, number>();
  for (const reason of refused.flatMap((device) => device.reasons)) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  return {
    devices: [...counts.values()].reduce((sum, count) => sum + count, 0),
    standings: AttestationStanding.options.map((standing) => ({ standing, devices: counts.get(standing) ?? 0 })),
    reasons: [...reasons]
      .map(([reason, devices]) => ({ reason, devices }))
      .sort((a, b) => b.devices - a.devices || (a.reason < b.reason ? -1 : 1)),
    refused: refused.slice(0, MOST_LISTED),
    reusedKeys: await reusedKeys(tx),
    contradictions: await contradictions(tx),
    revocations: {
      entries: revocations?.list.entries.size ?? null,
      fetchedAt: revocations === null ? null : new Date(revocations.fetchedAt).toISOString(),
      fresh: revocations !== null && now.getTime() - revocations.fetchedAt <= FRESH_MS,
    },
  };
}

/** Devices whose newest statement of some kind was refused, with all the reasons; the latest first. */
async function refusedDevices(tx: Tx): Promise<AttestationHealth['refused']> {
  const newest = tx
    .selectFrom('device_attestations')
    .distinctOn(['device_id', 'kind'])
    .select(['device_id', 'kind', 'accepted', 'reasons', 'received_at'])
    .orderBy('device_id')
    .orderBy('kind')
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc');
  const rows = await tx
    .selectFrom(newest.as('s'))
    .innerJoin('devices as d', 'd.id', 's.device_id')
    .where('s.accepted', '=', false)
    .where('d.state', '=', 'active')
    .where('d.attestation', '=', 'refused')
    .select(['d.id', 'd.name', MODEL.as('model'), 's.reasons', 's.received_at'])
    .orderBy('s.received_at', 'desc')
    .orderBy('d.id')
    .execute();
  const devices = new Map<string, AttestationHealth['refused'][number]>();
  for (const { id, name, model, reasons, received_at } of rows) {
    const known = devices.get(id);
    devices.set(id, {
      id,
      name,
      model,
      reasons: [...new Set([...(known?.reasons ?? []), ...reasons])],
      receivedAt: known?.receivedAt ?? received_at.toISOString(),
    });
  }
  return [...devices.values()];
}

/** Attestation keys that more than one device shows, the suspicious ones first. */
async function reusedKeys(tx: Tx): Promise<ReusedKey[]> {
  const row = await tx.selectFrom('attestation_settings').select('settings').executeTakeFirst();
  const { sharedKeyLimit } = AttestationSettings.parse(row?.settings ?? {}).keyAttestation;
  const keys = await tx
    .selectFrom('devices as d')
    .where('d.state', '=', 'active')
    .where('d.attested_key', 'is not', null)
    .groupBy('d.attested_key')
    .having(sql<boolean>`count(*) > 1`)
    .select(['d.attested_key', sql<string>`min(d.attested_provisioning)`.as('provisioning')])
    .select(({ fn }) => fn.countAll<string>().as('devices'))
    .select(sql<string>`count(distinct lower(d.facts->>'model'))`.as('models'))
    .orderBy('devices', 'desc')
    .limit(MOST_KEYS)
    .execute();
  const found: ReusedKey[] = [];
  for (const key of keys) {
    const serial = key.attested_key ?? '';
    const shown = await tx
      .selectFrom('devices as d')
      .where('d.attested_key', '=', serial)
      .where('d.state', '=', 'active')
      .select(['d.id', 'd.name', MODEL.as('model')])
      .orderBy('d.name')
      .limit(MOST_SHOWN)
      .execute();
    const counted = { devices: Number(key.devices), models: Number(key.models) };
    const judged = judgeKey({
      serial,
      provisioning: key.provisioning,
      ...counted,
      remotePeers: 0,
      peers: 0,
      limit: sharedKeyLimit,
    });
    found.push({
      serial,
      provisioning: key.provisioning,
      ...counted,
      suspicious: judged !== null,
      why: judged?.why ?? 'A key of the factory, shared by devices of one model, as is usual.',
      shown,
    });
  }
  return found.sort((a, b) => Number(b.suspicious) - Number(a.suspicious) || b.devices - a.devices);
}

/** Devices whose hardware states another value than their system reports. */
async function contradictions(tx: Tx): Promise<AttestationHealth['contradictions']> {
  const rows = await tx
    .selectFrom('devices as d')
    .innerJoin('device_evidence as e', 'e.device_id', 'd.id')
    .innerJoinLateral(
      (nested) =>
        nested
          .selectFrom('device_attestations as a')
          .whereRef('a.device_id', '=', 'd.id')
          .where(sql<boolean>`jsonb_array_length(a.facts) > 0`)
          .select('a.facts')
          .orderBy('a.received_at', 'desc')
          .limit(1)
          .as('s'),
      (join) => join.onTrue(),
    )
    .where('d.state', '=', 'active')
    .select(['d.id', 'd.name', MODEL.as('model'), 'd.facts as reported', 'e.observations', 's.facts'])
    .orderBy('d.name')
    .execute();
  return rows
    .flatMap(({ id, name, model, reported, observations, facts }) =>
      compare(facts, reported, observations).flatMap(({ title, attested, reported: seen, agrees }) =>
        agrees === false && seen !== null ? [{ id, name, model, title, attested, reported: seen }] : [],
      ),
    )
    .slice(0, MOST_LISTED);
}
