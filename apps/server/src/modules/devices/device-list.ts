import {
  AttestationStanding,
  Compliance,
  type DeviceList,
  type FleetStrip,
  Platform,
  RiskLevel,
} from '@vedette/contracts';
import type { Tx } from '@vedette/store';
import { sql } from 'kysely';
import { z } from 'zod';
import { containsPattern, decodeCursor, pageOf, pageQuery } from '../../http/cursor.ts';
import { DEVICE_COLUMNS, viewDevice } from './views.ts';

export const DeviceListQuery = z.object({
  q: z.string().trim().max(200).optional(),
  platform: Platform.optional(),
  risk: RiskLevel.optional(),
  compliance: Compliance.optional(),
  attestation: AttestationStanding.optional(),
  state: z.enum(['active', 'retired']).default('active'),
  /** `risk`: worst first. `name`: alphabetical. `lastReport`: newest first, those that never reported last. */
  sort: z.enum(['risk', 'name', 'lastReport']).default('risk'),
  ...pageQuery,
});
type Query = z.infer<typeof DeviceListQuery>;

function filtered(tx: Tx, query: Query) {
  let list = tx.selectFrom('devices as d').where('d.state', '=', query.state);
  if (query.platform !== undefined) list = list.where('d.platform', '=', query.platform);
  if (query.risk !== undefined) list = list.where('d.risk_level', '=', query.risk);
  if (query.compliance !== undefined) list = list.where('d.compliance', '=', query.compliance);
  if (query.attestation !== undefined) list = list.where('d.attestation', '=', query.attestation);
  if (query.q !== undefined && query.q !== '') {
    const pattern = containsPattern(query.q);
    list = list.where(
      sql<boolean>`(d.name ilike ${pattern} or d.owner ilike ${pattern} or d.facts->>'model' ilike ${pattern} or d.facts->>'osVersion' ilike ${pattern})`,
    );
  }
  return list;
}

/** One page of the devices. Index: `devices_by_risk`, `devices_by_name` or `devices_by_report`. */
export async function listDevices(tx: Tx, query: Query): Promise<DeviceList> {
  const { total } = await filtered(tx, query)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await ordered(tx, query)
    .select(DEVICE_COLUMNS)
    .select(['d.risk_rank', sql<string>`lower(d.name)`.as('sort_name')])
    .limit(query.limit + 1)
    .execute();
  const { shown, nextCursor } = pageOf(rows, query.limit, (row) => {
    if (query.sort === 'risk') return [row.risk_rank, row.id];
    if (query.sort === 'name') return [row.sort_name, row.id];
    return [row.last_report_at?.toISOString() ?? null, row.id];
  });
  return { items: shown.map(viewDevice), nextCursor, total };
}

function ordered(tx: Tx, query: Query) {
  const list = filtered(tx, query);
  const { cursor } = query;
  if (query.sort === 'risk') {
    const sorted = list.orderBy('d.risk_rank').orderBy('d.id');
    if (cursor === undefined) return sorted;
    const [rank, id] = decodeCursor(cursor, z.tuple([z.number().int(), z.uuid()]));
    return sorted.where(sql<boolean>`(d.risk_rank, d.id) > (${rank}, ${id}::uuid)`);
  }
  if (query.sort === 'name') {
    const sorted = list.orderBy(sql`lower(d.name)`).orderBy('d.id');
    if (cursor === undefined) return sorted;
    const [name, id] = decodeCursor(cursor, z.tuple([z.string(), z.uuid()]));
    return sorted.where(sql<boolean>`(lower(d.name), d.id) > (${name}, ${id}::uuid)`);
  }
  const sorted = list.orderBy(sql`d.last_report_at desc nulls last`).orderBy('d.id');
  if (cursor === undefined) return sorted;
  const [at, id] = decodeCursor(cursor, z.tuple([z.iso.datetime().nullable(), z.uuid()]));
  return at === null
    ? sorted.where(sql<boolean>`d.last_report_at is null and d.id > ${id}::uuid`)
    : sorted.where(
        sql<boolean>`(d.last_report_at < ${at}::timestamptz or d.last_report_at is null or (d.last_report_at = ${at}::timestamptz and d.id > ${id}::uuid))`,
      );
}

/** Every active device in few bytes, worst risk first. */
export async function fleetStrip(tx: Tx): Promise<FleetStrip> {
  const rows = await tx
    .selectFrom('devices as d')
    .where('d.state', '=', 'active')
    .select(['d.id', 'd.name', 'd.risk_level', 'd.compliance'])
    .orderBy('d.risk_rank')
    .orderBy('d.id')
    .execute();
  return {
    devices: rows.map((row) => ({ id: row.id, name: row.name, riskLevel: row.risk_level, compliance: row.compliance })),
  };
}
