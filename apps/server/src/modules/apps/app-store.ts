import { type AppDetail, type AppList, type AppSummary, Verdict } from '@vedette/contracts';
import type { Tx } from '@vedette/store';
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { containsPattern, decodeCursor, pageOf, pageQuery } from '../../http/cursor.ts';
import { readReputation } from './app-reputation.ts';
import { suppressionsFor } from './suppression-store.ts';

export const AppListQuery = z.object({
  q: z.string().trim().max(200).optional(),
  verdict: Verdict.optional(),
  /** Scores, devices and dates: highest first. `name`: alphabetical. */
  sort: z.enum(['malice', 'dataRisk', 'devices', 'name', 'appraised']).default('malice'),
  ...pageQuery,
});
type Query = z.infer<typeof AppListQuery>;

interface Row {
  sha256: string;
  platform: AppSummary['platform'];
  package: string;
  label: string | null;
  version_name: string | null;
  version_code: number | null;
  verdict: AppSummary['verdict'];
  malice: number;
  data_risk: number;
  devices: number;
  appraised_at: Date;
  sort_name: string;
}

/** Every build appraised here, with how many active devices have it. */
const BUILDS = sql`
  select p.sha256, p.platform, p.package, p.label, p.version_name, p.version_code, p.verdict, p.malice, p.data_risk, p.appraised_at,
    lower(coalesce(p.label, p.package)) as sort_name,
    (select count(distinct i.device_id) from device_apps i join devices d on d.id = i.device_id
      where i.tenant_id = p.tenant_id and i.sha256 = p.sha256 and d.state = 'active') as devices
  from appraisals p`;

interface Order {
  readonly by: RawBuilder<unknown>;
  readonly after: (cursor: string) => RawBuilder<boolean>;
  readonly cursorOf: (row: Row) => readonly (string | number)[];
}

const NumberCursor = z.tuple([z.number(), z.string()]);
const TextCursor = z.tuple([z.string(), z.string()]);

function numeric(column: 'malice' | 'data_risk' | 'devices', type: 'real' | 'bigint'): Order {
  const name = sql.ref(column);
  return {
    by: sql`${name} desc, sha256`,
    after: (cursor) => {
      const [value, sha256] = decodeCursor(cursor, NumberCursor);
      return sql<boolean>`(${name} < ${value}::${sql.raw(type)} or (${name} = ${value}::${sql.raw(type)} and sha256 > ${sha256}))`;
    },
    cursorOf: (row) => [row[column], row.sha256],
  };
}

const ORDERS: Readonly<Record<Query['sort'], Order>> = {
  malice: numeric('malice', 'real'),
  dataRisk: numeric('data_risk', 'real'),
  devices: numeric('devices', 'bigint'),
  name: {
    by: sql`sort_name, sha256`,
    after: (cursor) => {
      const [name, sha256] = decodeCursor(cursor, TextCursor);
      return sql<boolean>`(sort_name, sha256) > (${name}, ${sha256})`;
    },
    cursorOf: (row) => [row.sort_name, row.sha256],
  },
  appraised: {
    by: sql`appraised_at desc, sha256`,
    after: (cursor) => {
      const [at, sha256] = decodeCursor(cursor, z.tuple([z.iso.datetime(), z.string()]));
      return sql<boolean>`(appraised_at < ${at}::timestamptz or (appraised_at = ${at}::timestamptz and sha256 > ${sha256}))`;
    },
    cursorOf: (row) => [row.appraised_at.toISOString(), row.sha256],
  },
};

/** One page of the builds appraised here. */
export async function listApps(tx: Tx, query: Query): Promise<AppList> {
  const order = ORDERS[query.sort];
  const pattern = query.q === undefined || query.q === '' ? null : containsPattern(query.q);
  const matches = sql`(${pattern}::text is null or package ilike ${pattern} or label ilike ${pattern} or sha256 ilike ${pattern})
    and (${query.verdict ?? null}::text is null or verdict = ${query.verdict ?? null})`;
  const after = query.cursor === undefined ? sql<boolean>`true` : order.after(query.cursor);
  const { rows } = await sql<Row>`
    select * from (${BUILDS}) builds where ${matches} and ${after} order by ${order.by} limit ${query.limit + 1}`.execute(
    tx,
  );
  const counted = await sql<{ total: number }>`select count(*) as total from appraisals where ${matches}`.execute(tx);
  const { shown, nextCursor } = pageOf(rows, query.limit, order.cursorOf);
  return { items: shown.map(viewApp), nextCursor, total: counted.rows[0]?.total ?? 0 };
}

/** One build, with the devices that have it and what the policy in force says of its scores; null when it was not appraised here. */
export async function readApp(tx: Tx, sha256: string, now: Date): Promise<AppDetail | null> {
  const { rows } = await sql<Row>`select * from (${BUILDS}) builds where sha256 = ${sha256}`.execute(tx);
  const row = rows[0];
  if (row === undefined) return null;
  const { report } = await tx
    .selectFrom('appraisals')
    .where('sha256', '=', sha256)
    .select('report')
    .executeTakeFirstOrThrow();
  const devices = await tx
    .selectFrom('device_apps as i')
    .innerJoin('devices as d', 'd.id', 'i.device_id')
    .where('i.sha256', '=', sha256)
    .where('d.state', '=', 'active')
    .select(['d.id', 'd.name'])
    .distinct()
    .orderBy('d.name')
    .orderBy('d.id')
    .limit(500)
    .execute();
  const policy = await tx
    .selectFrom('policies')
    .select('document')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  return {
    summary: viewApp(row),
    appraisal: report,
    ...(await readReputation(tx, report)),
    suppressions: await suppressionsFor(tx, report, now),
    devices,
    thresholds: policy.document.appThresholds,
  };
}

function viewApp(row: Row): AppSummary {
  return {
    sha256: row.sha256,
    platform: row.platform,
    package: row.package,
    label: row.label,
    versionName: row.version_name,
    versionCode: row.version_code,
    verdict: row.verdict,
    malice: row.malice,
    dataRisk: row.data_risk,
    devices: row.devices,
    appraisedAt: row.appraised_at.toISOString(),
  };
}
