import { type Overview, SEVERITIES } from '@vedette/contracts';
import type { Tx } from '@vedette/store';
import { sql } from 'kysely';
import type { OverviewMoment } from './overview-store.ts';

type Item = Overview['attention'][number];

const MOST = 10;
/** Of one kind at most this many, so that many threats do not hide the action that failed. */
const MOST_OF_A_KIND = { threats: 6, actions: 3, devices: 3 } as const;

/** What needs a person now, worst first. */
export async function listAttention(tx: Tx, moment: OverviewMoment): Promise<Item[]> {
  const items = [
    ...(await severeThreats(tx)),
    ...(await failedActions(tx)),
    ...(await missingConnectors(tx, moment)),
    ...(await silentDevices(tx, moment)),
    ...(await emptyFleet(tx)),
  ];
  const rank = (item: Item) => SEVERITIES.indexOf(item.severity);
  return items.sort((a, b) => rank(a) - rank(b)).slice(0, MOST);
}

/** One row a device, its worst threat: devices the policy judges worst come first, then what is new. */
async function severeThreats(tx: Tx): Promise<Item[]> {
  const { rows } = await sql<{
    id: string;
    title: string;
    severity: Item['severity'];
    subject: string | null;
    openedAt: Date;
    name: string;
    others: number;
  }>`
    select * from (
      select t.id, t.title, t.severity, t.severity_rank, t.subject, t.opened_at as "openedAt", d.name, d.risk_rank,
        row_number() over (partition by d.id order by t.severity_rank, t.opened_at desc, t.id) as place,
        count(*) over (partition by d.id) - 1 as others
      from threats t join devices d on d.id = t.device_id
      where t.state = 'open' and d.state = 'active' and t.severity in ('critical', 'high')
    ) worst
    where worst.place = 1 order by worst.severity_rank, worst.risk_rank, worst."openedAt" desc, worst.id limit ${MOST_OF_A_KIND.threats}`.execute(
    tx,
  );
  return rows.map((row) => ({
    kind: 'threat',
    id: row.id,
    severity: row.severity,
    title: row.title,
    detail: `on ${row.name}${row.others === 0 ? '' : row.others === 1 ? ', with another threat' : `, with ${row.others} more threats`}`,
    at: row.openedAt.toISOString(),
  }));
}

async function failedActions(tx: Tx): Promise<Item[]> {
  const rows = await tx
    .selectFrom('actions as a')
    .innerJoin('devices as d', 'd.id', 'a.device_id')
    .where('a.state', '=', 'failed')
    .select(['a.id', 'a.effect', 'a.connector', 'a.last_detail', 'a.wanted_at', 'd.name'])
    .orderBy('a.wanted_at')
    .limit(MOST_OF_A_KIND.actions)
    .execute();
  return rows.map((row) => ({
    kind: 'action',
    id: row.id,
    severity: 'high',
    title: `An action failed: ${row.effect} by ${row.connector} for ${row.name}`,
    detail: row.last_detail ?? 'The other side did not say why',
    at: row.wanted_at.toISOString(),
  }));
}

/** Actions whose time has come and that nothing can carry. */
async function missingConnectors(tx: Tx, { now }: OverviewMoment): Promise<Item[]> {
  const { rows } = await sql<{ connector: string; count: number; since: Date }>`
    select a.connector, count(*) as count, min(a.not_before) as since from actions a
    where a.state in ('waiting', 'pending') and a.not_before <= ${now} and not exists (select from connectors c where c.kind = a.connector)
    group by a.connector`.execute(tx);
  return rows.map((row) => ({
    kind: 'connector',
    id: row.connector,
    severity: 'high',
    title: `Set up the ${row.connector} connector`,
    detail:
      row.count === 1 ? '1 action of your policy waits for it' : `${row.count} actions of your policy wait for it`,
    at: row.since.toISOString(),
  }));
}

async function silentDevices(tx: Tx, { silentBefore }: OverviewMoment): Promise<Item[]> {
  const heard = sql<Date>`coalesce(last_report_at, enrolled_at)`;
  const rows = await tx
    .selectFrom('devices')
    .where('state', '=', 'active')
    .where(heard, '<', silentBefore)
    .select(['id', 'name', 'last_report_at', heard.as('heard_at')])
    .orderBy(heard)
    .limit(MOST_OF_A_KIND.devices)
    .execute();
  return rows.map((row) => ({
    kind: 'device',
    id: row.id,
    severity: 'medium',
    title: `${row.name} is silent`,
    detail: row.last_report_at === null ? 'It was enrolled and has not reported yet' : 'Its reports are overdue',
    at: row.heard_at.toISOString(),
  }));
}

async function emptyFleet(tx: Tx): Promise<Item[]> {
  const device = await tx.selectFrom('devices').select('id').limit(1).executeTakeFirst();
  return device !== undefined
    ? []
    : [
        {
          kind: 'enrolment',
          id: null,
          severity: 'info',
          title: 'Enrol the first device',
          detail: 'Make an enrolment token and open its link on the device',
          at: null,
        },
      ];
}
