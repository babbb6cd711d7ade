import { Severity, type ThreatDetail, ThreatKind, type ThreatList, ThreatState } from '@vedette/contracts';
import type { Tx } from '@vedette/store';
import { sql } from 'kysely';
import { z } from 'zod';
import { containsPattern, decodeCursor, pageOf, pageQuery } from '../../http/cursor.ts';
import { ACTION_COLUMNS, THREAT_COLUMNS, viewAction, viewThreat } from '../devices/views.ts';

export const ThreatListQuery = z.object({
  state: ThreatState.optional(),
  severity: Severity.optional(),
  kind: ThreatKind.optional(),
  q: z.string().trim().max(200).optional(),
  ...pageQuery,
});
type Query = z.infer<typeof ThreatListQuery>;

function filtered(tx: Tx, query: Query) {
  let list = tx.selectFrom('threats as t').innerJoin('devices as d', 'd.id', 't.device_id');
  if (query.state !== undefined) list = list.where('t.state', '=', query.state);
  if (query.severity !== undefined) list = list.where('t.severity', '=', query.severity);
  if (query.kind !== undefined) list = list.where('t.kind', '=', query.kind);
  if (query.q !== undefined && query.q !== '') {
    const pattern = containsPattern(query.q);
    list = list.where(
      sql<boolean>`(t.title ilike ${pattern} or t.subject ilike ${pattern} or t.type ilike ${pattern} or d.name ilike ${pattern})`,
    );
  }
  return list;
}

/** One page of the threats: worst first, of the same severity newest first. Index: `threats_list`. */
export async function listThreats(tx: Tx, query: Query): Promise<ThreatList> {
  const { total } = await filtered(tx, query)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  let page = filtered(tx, query)
    .select(THREAT_COLUMNS)
    .orderBy('t.severity_rank')
    .orderBy('t.opened_at', 'desc')
    .orderBy('t.id');
  if (query.cursor !== undefined) {
    const [rank, openedAt, id] = decodeCursor(query.cursor, z.tuple([z.number().int(), z.iso.datetime(), z.uuid()]));
    page = page.where(
      sql<boolean>`(t.severity_rank > ${rank} or (t.severity_rank = ${rank} and (t.opened_at < ${openedAt}::timestamptz
        or (t.opened_at = ${openedAt}::timestamptz and t.id > ${id}::uuid))))`,
    );
  }
  const rows = await page.limit(query.limit + 1).execute();
  const { shown, nextCursor } = pageOf(rows, query.limit, (row) => [
    row.severity_rank,
    row.opened_at.toISOString(),
    row.id,
  ]);
  return { items: shown.map(viewThreat), nextCursor, total };
}

/** One threat with its evidence, its history and what was done about its device; null when the organisation has none of this id. */
export async function readThreat(tx: Tx, id: string): Promise<ThreatDetail | null> {
  const row = await tx
    .selectFrom('threats as t')
    .innerJoin('devices as d', 'd.id', 't.device_id')
    .where('t.id', '=', id)
    .select(THREAT_COLUMNS)
    .select('t.findings')
    .executeTakeFirst();
  if (row === undefined) return null;
  const history = await tx
    .selectFrom('threat_history')
    .where('threat_id', '=', id)
    .select(['at', 'change', 'by', 'note'])
    .orderBy('at')
    .orderBy('id')
    .execute();
  const { count } = await tx
    .selectFrom('threats as t')
    .innerJoin('devices as d', 'd.id', 't.device_id')
    .where('d.state', '=', 'active')
    .where('t.state', '=', 'open')
    .where('t.device_id', '<>', row.device_id)
    .where('t.type', '=', row.type)
    .where(sql<boolean>`t.subject is not distinct from ${row.subject}`)
    .select(({ fn }) => fn.count<number>('t.device_id').distinct().as('count'))
    .executeTakeFirstOrThrow();
  return {
    ...viewThreat(row),
    findings: row.findings,
    history: history.map((each) => ({ ...each, at: each.at.toISOString() })),
    actions: await actionsFor(tx, row.device_id, id),
    alsoOn: count,
  };
}

/** Actions on the device that name the threat in what was sent, or are about to be sent while it is open. */
async function actionsFor(tx: Tx, deviceId: string, threatId: string) {
  const rows = await tx
    .selectFrom('actions as a')
    .innerJoin('devices as d', 'd.id', 'a.device_id')
    .where('a.device_id', '=', deviceId)
    .where(
      sql<boolean>`(a.delivery @> ${JSON.stringify({ threats: [{ id: threatId }] })}::jsonb or (a.delivery is null and a.state in ('waiting', 'pending')))`,
    )
    .select(ACTION_COLUMNS)
    .orderBy('a.wanted_at', 'desc')
    .limit(100)
    .execute();
  return rows.map(viewAction);
}
