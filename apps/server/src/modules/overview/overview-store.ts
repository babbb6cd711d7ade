import { Compliance, type Overview, RiskLevel, SEVERITIES, Severity, ThreatKind, Verdict } from '@vedette/contracts';
import type { Tx } from '@vedette/store';
import { sql } from 'kysely';

export interface OverviewMoment {
  readonly now: Date;
  /** Active devices last heard before this are silent. */
  readonly silentBefore: Date;
}

const DAY_MS = 86_400_000;
const DAYS = 14;
const MOST_TYPES = 8;

type Counts = Record<string, number>;

/** Every key of the enumeration, with 0 where nothing was counted. */
function complete<K extends string>(keys: readonly K[], counts: Counts): Record<K, number> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every key is there by construction
  return Object.fromEntries(keys.map((key) => [key, counts[key] ?? 0])) as Record<K, number>;
}

export async function countDevices(tx: Tx, { silentBefore }: OverviewMoment): Promise<Overview['devices']> {
  const { rows } = await sql<{
    total: number;
    android: number;
    ios: number;
    simulated: number;
    silent: number;
    by_risk: Counts;
    by_compliance: Counts;
  }>`
    with active as (select * from devices where state = 'active')
    select count(*) as total, count(*) filter (where platform = 'android') as android, count(*) filter (where platform = 'ios') as ios,
      count(*) filter (where simulated) as simulated,
      count(*) filter (where coalesce(last_report_at, enrolled_at) < ${silentBefore}) as silent,
      (select coalesce(jsonb_object_agg(risk_level, n), '{}') from (select risk_level, count(*) as n from active group by 1) r) as by_risk,
      (select coalesce(jsonb_object_agg(compliance, n), '{}') from (select compliance, count(*) as n from active group by 1) c) as by_compliance
    from active`.execute(tx);
  const row = rows[0];
  return {
    total: row?.total ?? 0,
    android: row?.android ?? 0,
    ios: row?.ios ?? 0,
    simulated: row?.simulated ?? 0,
    silent: row?.silent ?? 0,
    byRisk: complete(RiskLevel.options, row?.by_risk ?? {}),
    byCompliance: complete(Compliance.options, row?.by_compliance ?? {}),
  };
}

/** Threats of active devices; ignored ones do not count. */
export async function countThreats(tx: Tx, moment: OverviewMoment): Promise<Overview['threats']> {
  const dayAgo = new Date(moment.now.getTime() - DAY_MS);
  const { rows } = await sql<{
    open: number;
    opened: number;
    resolved: number;
    by_severity: Counts;
    by_kind: Counts;
  }>`
    with known as (
        select t.state, t.severity, t.kind, t.opened_at, t.resolved_at from threats t join devices d on d.id = t.device_id
        where d.state = 'active' and t.state <> 'ignored' and (t.state = 'open' or t.opened_at >= ${dayAgo} or t.resolved_at >= ${dayAgo})),
      live as (select * from known where state = 'open')
    select (select count(*) from live) as open,
      (select count(*) from known where opened_at >= ${dayAgo}) as opened,
      (select count(*) from known where state = 'resolved' and resolved_at >= ${dayAgo}) as resolved,
      (select coalesce(jsonb_object_agg(severity, n), '{}') from (select severity, count(*) as n from live group by 1) s) as by_severity,
      (select coalesce(jsonb_object_agg(kind, n), '{}') from (select kind, count(*) as n from live group by 1) k) as by_kind`.execute(
    tx,
  );
  const row = rows[0];
  return {
    open: row?.open ?? 0,
    openedLastDay: row?.opened ?? 0,
    resolvedLastDay: row?.resolved ?? 0,
    bySeverity: complete(Severity.options, row?.by_severity ?? {}),
    byKind: complete(ThreatKind.options, row?.by_kind ?? {}),
    topTypes: await topTypes(tx),
    perDay: await threatsPerDay(tx, moment.now),
  };
}

/** Titles of app threats name the app; where several apps share a type, the type is named instead. */
const COMMON_TITLES: Readonly<Record<string, string>> = {
  'malicious-app': 'A malicious app is installed',
  'suspicious-app': 'An app shows signs of malice',
  'risky-app': 'An app handles data carelessly',
};

async function topTypes(tx: Tx): Promise<Overview['threats']['topTypes']> {
  const { rows } = await sql<{ type: string; title: string; titles: number; severity_rank: number; devices: number }>`
    select t.type, count(distinct t.title) as titles, (array_agg(t.title order by t.severity_rank, t.opened_at desc))[1] as title, min(t.severity_rank) as severity_rank,
      count(distinct t.device_id) as devices
    from threats t join devices d on d.id = t.device_id where t.state = 'open' and d.state = 'active'
    group by t.type order by devices desc, severity_rank, t.type limit ${MOST_TYPES}`.execute(tx);
  return rows.map(({ type, title, titles, severity_rank, devices }) => ({
    type,
    title: titles > 1 ? (COMMON_TITLES[type] ?? title) : title,
    severity: SEVERITIES[severity_rank] ?? 'info',
    devices,
  }));
}

/** The last 14 days in UTC, today the last. What is ignored now is left out of all of them: when it was ignored is not asked here. */
async function threatsPerDay(tx: Tx, now: Date): Promise<Overview['threats']['perDay']> {
  const today = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
  const first = new Date(today.getTime() - (DAYS - 1) * DAY_MS);
  const { rows } = await sql<{ day: Date; open: number; opened: number; resolved: number }>`
    with known as (select t.opened_at, t.resolved_at from threats t join devices d on d.id = t.device_id
        where t.state <> 'ignored' and d.state = 'active' and (t.resolved_at is null or t.resolved_at >= ${first})),
      changes as (
        select date_trunc('day', opened_at, 'UTC') as day, 1 as opened, 0 as resolved from known
        union all select date_trunc('day', resolved_at, 'UTC'), 0, 1 from known where resolved_at is not null),
      -- What was opened before the first day stands at its beginning.
      counted as (select greatest(day, ${first}::timestamptz - interval '1 day') as day, sum(opened) as opened, sum(resolved) as resolved from changes group by 1),
      days as (select generate_series(${first}::timestamptz - interval '1 day', ${today}::timestamptz, interval '1 day') as day),
      running as (
        select day, coalesce(opened, 0)::bigint as opened, coalesce(resolved, 0)::bigint as resolved,
          sum(coalesce(opened, 0) - coalesce(resolved, 0)) over (order by day)::bigint as open
        from days left join counted using (day))
    select * from running where day >= ${first} order by day`.execute(tx);
  return rows.map(({ day, ...counts }) => ({ day: day.toISOString().slice(0, 10), ...counts }));
}

export async function countApps(tx: Tx): Promise<Overview['apps']> {
  const rows = await tx
    .selectFrom('appraisals')
    .select(({ fn }) => ['verdict', fn.countAll<number>().as('count')])
    .groupBy('verdict')
    .execute();
  const counts = Object.fromEntries(rows.map((row) => [row.verdict, row.count]));
  return {
    appraised: rows.reduce((sum, row) => sum + row.count, 0),
    byVerdict: complete(Verdict.options, counts),
  };
}

export async function countActions(tx: Tx): Promise<Overview['actions']> {
  const { rows } = await sql<{ in_force: number; pending: number; failed: number }>`
    select count(*) filter (where state = 'in-force') as in_force,
      count(*) filter (where state in ('pending', 'undo-pending')) as pending,
      count(*) filter (where state = 'failed') as failed
    from actions where state in ('in-force', 'pending', 'undo-pending', 'failed')`.execute(tx);
  return { inForce: rows[0]?.in_force ?? 0, pending: rows[0]?.pending ?? 0, failed: rows[0]?.failed ?? 0 };
}
