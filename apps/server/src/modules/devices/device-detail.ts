import type { DeviceApp, DeviceDetail, DeviceUsage, LedgerEntry } from '@vedette/contracts';
import { usageCurves } from '@vedette/posture';
import type { Tx } from '@vedette/store';
import { readUsage } from './usage-store.ts';
import { ACTION_COLUMNS, DEVICE_COLUMNS, THREAT_COLUMNS, viewAction, viewDevice, viewThreat } from './views.ts';

/** What one page shows of what has no end. */
const MOST = { threats: 200, actions: 100, events: 100, refusals: 20 } as const;

/** Everything one page shows about a device; null when the organisation has no such device. */
export async function readDevice(tx: Tx, id: string): Promise<DeviceDetail | null> {
  const row = await tx
    .selectFrom('devices as d')
    .leftJoin('device_evidence as e', 'e.device_id', 'd.id')
    .where('d.id', '=', id)
    .select(DEVICE_COLUMNS)
    .select(['d.signals', 'd.findings', 'd.decision', 'd.key_thumbprint', 'e.apps_complete'])
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    ...viewDevice(row),
    signals: row.signals,
    findings: row.findings,
    decision: row.decision,
    keyThumbprint: row.key_thumbprint,
    appsComplete: row.apps_complete ?? false,
    apps: await appsOf(tx, id),
    threats: await threatsOf(tx, id),
    actions: await actionsOf(tx, id),
    events: await eventsOf(tx, id),
    refusals: await refusalsOf(tx, id),
  };
}

/** How its apps use battery and network, as the assessment sees it; null when the organisation has no such device. */
export async function readDeviceUsage(tx: Tx, id: string, now: Date): Promise<DeviceUsage | null> {
  const device = await tx.selectFrom('devices').where('id', '=', id).select('id').executeTakeFirst();
  if (device === undefined) return null;
  const apps = await tx.selectFrom('device_apps').where('device_id', '=', id).select('app').execute();
  const windows = await readUsage(tx, id, now);
  return {
    curves: [
      ...usageCurves(
        windows,
        apps.map((row) => row.app),
        now.toISOString(),
      ),
    ],
  };
}

async function appsOf(tx: Tx, deviceId: string): Promise<DeviceApp[]> {
  const rows = await tx
    .selectFrom('device_apps as i')
    .leftJoin('appraisals as p', (join) =>
      join.onRef('p.tenant_id', '=', 'i.tenant_id').onRef('p.sha256', '=', 'i.sha256'),
    )
    .where('i.device_id', '=', deviceId)
    .select(['i.app', 'p.sha256', 'p.verdict', 'p.malice', 'p.data_risk'])
    .orderBy('i.package')
    .execute();
  return rows.map(({ app, sha256, verdict, malice, data_risk }) => ({
    ...app,
    appraisal:
      sha256 === null || verdict === null || malice === null || data_risk === null
        ? null
        : { sha256, verdict, malice, dataRisk: data_risk },
  }));
}

async function threatsOf(tx: Tx, deviceId: string) {
  const rows = await tx
    .selectFrom('threats as t')
    .innerJoin('devices as d', 'd.id', 't.device_id')
    .where('t.device_id', '=', deviceId)
    .select(THREAT_COLUMNS)
    .orderBy('t.opened_at', 'desc')
    .limit(MOST.threats)
    .execute();
  return rows.map(viewThreat);
}

async function actionsOf(tx: Tx, deviceId: string) {
  const rows = await tx
    .selectFrom('actions as a')
    .innerJoin('devices as d', 'd.id', 'a.device_id')
    .where('a.device_id', '=', deviceId)
    .select(ACTION_COLUMNS)
    .orderBy('a.wanted_at', 'desc')
    .limit(MOST.actions)
    .execute();
  return rows.map(viewAction);
}

async function eventsOf(tx: Tx, deviceId: string) {
  const rows = await tx
    .selectFrom('device_events')
    .where('device_id', '=', deviceId)
    .select('event')
    .orderBy('at', 'desc')
    .limit(MOST.events)
    .execute();
  return rows.map((row) => row.event);
}

async function refusalsOf(tx: Tx, deviceId: string) {
  const rows = await tx
    .selectFrom('refusals')
    .where('device_id', '=', deviceId)
    .select(['at', 'code', 'detail'])
    .orderBy('at', 'desc')
    .limit(MOST.refusals)
    .execute();
  return rows.map((row) => ({ at: row.at.toISOString(), code: row.code, detail: row.detail }));
}

/** A report as the device signed it; null when the device has none of this id. */
export async function readLedgerEntry(tx: Tx, deviceId: string, reportId: string): Promise<LedgerEntry | null> {
  const row = await tx
    .selectFrom('reports')
    .where('device_id', '=', deviceId)
    .where('report_id', '=', reportId)
    .select(['report_id', 'sequence', 'received_at', 'sha256', 'jws'])
    .executeTakeFirst();
  return row === undefined
    ? null
    : {
        reportId: row.report_id,
        sequence: row.sequence,
        receivedAt: row.received_at.toISOString(),
        sha256: row.sha256,
        jws: row.jws,
      };
}
