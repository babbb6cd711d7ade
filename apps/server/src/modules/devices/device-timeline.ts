import { Delivery, type DeviceTimeline } from '@vedette/contracts';
import type { Tx } from '@vedette/store';
import { sql } from 'kysely';

export interface TimelineRange {
  readonly from: Date;
  readonly to: Date;
}

/** A device may miss this many reports before it counts as silent: a phone sleeps, a train goes through a tunnel. */
export const MISSED_REPORTS_OF_SILENCE = 3;
const MOST_REPORTS = 2000;
const MOST_ACTIONS = 500;
const MOST_THREATS = 500;

/**
 * Everything the threat timeline draws of one device, in the half-open range `[from, to)`; null when the organisation has no such device.
 * @param intervalSeconds how often a device reports when nothing changed
 */
export async function readTimeline(
  tx: Tx,
  deviceId: string,
  range: TimelineRange,
  intervalSeconds: number,
): Promise<DeviceTimeline | null> {
  const device = await tx
    .selectFrom('devices')
    .where('id', '=', deviceId)
    .select(['enrolled_at', 'state', 'last_report_at'])
    .executeTakeFirst();
  if (device === undefined) return null;
  const owedFrom = device.enrolled_at > range.from ? device.enrolled_at : range.from;
  // A retired device owes no report after its last one.
  const owedUntil = device.state === 'active' ? range.to : (device.last_report_at ?? device.enrolled_at);
  return {
    from: range.from.toISOString(),
    to: range.to.toISOString(),
    threats: await threatsIn(tx, deviceId, range),
    actions: await actionsIn(tx, deviceId, range),
    reports: await reportsIn(tx, deviceId, range),
    silences: await silencesIn(tx, {
      deviceId,
      enrolledAt: device.enrolled_at,
      range: { from: owedFrom, to: owedUntil < range.to ? owedUntil : range.to },
      intervalSeconds,
    }),
  };
}

async function threatsIn(tx: Tx, deviceId: string, { from, to }: TimelineRange): Promise<DeviceTimeline['threats']> {
  const rows = await tx
    .selectFrom('threats')
    .where('device_id', '=', deviceId)
    .where('opened_at', '<', to)
    .where((where) => where.or([where('resolved_at', 'is', null), where('resolved_at', '>=', from)]))
    .select(['id', 'title', 'severity', 'state', 'opened_at', 'resolved_at'])
    .orderBy('opened_at')
    .limit(MOST_THREATS)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    severity: row.severity,
    state: row.state,
    openedAt: row.opened_at.toISOString(),
    resolvedAt: row.resolved_at?.toISOString() ?? null,
  }));
}

async function actionsIn(tx: Tx, deviceId: string, { from, to }: TimelineRange): Promise<DeviceTimeline['actions']> {
  const rows = await tx
    .selectFrom('actions')
    .where('device_id', '=', deviceId)
    .where('sent_at', '<', to)
    .where((where) => where.or([where('sent_at', '>=', from), where('undone_at', '>=', from)]))
    .select(['id', 'effect', 'connector', 'rule_title', 'sent_at', 'undone_at', 'delivery'])
    .orderBy('sent_at')
    .limit(MOST_ACTIONS)
    .execute();
  return rows.flatMap((row) => {
    const delivery = Delivery.safeParse(row.delivery);
    const threatIds = delivery.success ? delivery.data.threats.map((threat) => threat.id) : [];
    const label = `${row.effect} by ${row.connector}: ${row.rule_title}`;
    const phases = [
      { phase: 'do' as const, at: row.sent_at },
      { phase: 'undo' as const, at: row.undone_at },
    ];
    return phases.flatMap(({ phase, at }) =>
      at !== null && at >= from && at < to ? [{ id: row.id, at: at.toISOString(), label, phase, threatIds }] : [],
    );
  });
}

async function reportsIn(tx: Tx, deviceId: string, { from, to }: TimelineRange): Promise<DeviceTimeline['reports']> {
  const rows = await tx
    .selectFrom('reports')
    .where('device_id', '=', deviceId)
    .where('received_at', '>=', from)
    .where('received_at', '<', to)
    .select(['report_id', 'received_at', 'type', 'sequence'])
    .orderBy('received_at', 'desc')
    .limit(MOST_REPORTS)
    .execute();
  return rows
    .map((row) => ({ id: row.report_id, at: row.received_at.toISOString(), type: row.type, sequence: row.sequence }))
    .reverse();
}

/** The gaps between reports that are longer than a few missed ones. Each begins when the first missed report was due. */
async function silencesIn(
  tx: Tx,
  query: { deviceId: string; enrolledAt: Date; range: TimelineRange; intervalSeconds: number },
): Promise<DeviceTimeline['silences']> {
  const { deviceId, enrolledAt, intervalSeconds } = query;
  const { from, to } = query.range;
  if (from >= to) return [];
  const { rows } = await sql<{ last: Date; next: Date }>`
    with heard as (
      select received_at as at from reports where device_id = ${deviceId} and received_at >= ${from} and received_at < ${to}
      union all
      -- What was heard last before the range, else the enrolment: its silence may reach into the range.
      (select coalesce(max(received_at), ${enrolledAt}::timestamptz) from reports where device_id = ${deviceId} and received_at < ${from})
      union all select ${to}::timestamptz
    ), gaps as (select lag(at) over (order by at) as last, at as next from heard)
    select last, next from gaps where next - last > ${intervalSeconds * MISSED_REPORTS_OF_SILENCE} * interval '1 second' order by next`.execute(
    tx,
  );
  return rows.map(({ last, next }) => {
    const due = new Date(last.getTime() + intervalSeconds * 1000);
    return { from: (due > from ? due : from).toISOString(), to: next.toISOString() };
  });
}
