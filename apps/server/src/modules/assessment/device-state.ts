import type { AgentContact, AppraisalSummary, AssessInput, AttestationInput, LiveThreat } from '@vedette/assessment';
import { type Appraisal, compareSeverity, type DeviceEvent, type Finding, type InstalledApp } from '@vedette/contracts';
import type { DevicesTable, ThreatsTable, Tx } from '@vedette/store';
import { type Selectable, sql } from 'kysely';

import { readAttestation } from '../attestation/attestation-input.ts';
import { readUsage } from '../devices/usage-store.ts';

const DAY_MS = 86_400_000;
/** How far back events are looked at; assessment needs a day before the last report, and longer while a probe still sees tampering. */
const EVENT_DAYS = 30;
const MOST_EVENTS = 1_000;
/** Missing reports and refusals count for this long. */
const CONTACT_DAYS = 7;
const TOP_FINDINGS = 5;

export type DeviceRow = Pick<
  Selectable<DevicesTable>,
  'id' | 'name' | 'owner' | 'simulated' | 'facts' | 'state' | 'last_report_at' | 'rule_since' | 'last_sequence'
>;
export type LiveThreatRow = LiveThreat & Pick<Selectable<ThreatsTable>, 'id' | 'opened_at'>;

/** Everything stored that the assessment of one device rests on. */
export interface DeviceState {
  readonly device: DeviceRow;
  readonly evidence: Pick<AssessInput, 'observations' | 'apps' | 'appsComplete' | 'events' | 'appraisals' | 'usage'>;
  readonly contact: AgentContact;
  readonly liveThreats: readonly LiveThreatRow[];
  readonly attestation: AttestationInput;
}

/** Reads the state with the device's row locked, so that assessments and reports of one device follow each other. Null: no such device. */
export async function readDeviceState(
  tx: Tx,
  deviceId: string,
  now: Date,
  reportIntervalSeconds: number,
): Promise<DeviceState | null> {
  const device = await tx
    .selectFrom('devices')
    .where('id', '=', deviceId)
    .select(['id', 'name', 'owner', 'simulated', 'facts', 'state', 'last_report_at', 'rule_since', 'last_sequence'])
    .forUpdate()
    .executeTakeFirst();
  if (device === undefined) return null;
  const stored = await tx
    .selectFrom('device_evidence')
    .where('device_id', '=', deviceId)
    .select(['observations', 'apps_complete'])
    .executeTakeFirst();
  const { apps, appraisals } = await readApps(tx, deviceId);
  return {
    device,
    evidence: {
      observations: stored?.observations ?? [],
      appsComplete: stored?.apps_complete ?? false,
      apps,
      appraisals,
      usage: await readUsage(tx, deviceId, now),
      events: await readEvents(tx, deviceId, device.last_report_at ?? now),
    },
    contact: await readContact(tx, device, now, reportIntervalSeconds),
    liveThreats: await readLiveThreats(tx, deviceId),
    attestation: await readAttestation(tx, deviceId),
  };
}

async function readApps(
  tx: Tx,
  deviceId: string,
): Promise<{ apps: InstalledApp[]; appraisals: Map<string, AppraisalSummary> }> {
  const rows = await tx
    .selectFrom('device_apps as i')
    .leftJoin('appraisals as p', (join) =>
      join.onRef('p.tenant_id', '=', 'i.tenant_id').onRef('p.sha256', '=', 'i.sha256'),
    )
    .where('i.device_id', '=', deviceId)
    .select(['i.app', 'p.sha256', 'p.package', 'p.version_name', 'p.verdict', 'p.malice', 'p.data_risk'])
    .select((select) =>
      // Whole reports are large; only those that can become a threat are needed.
      select
        .case()
        .when('p.verdict', 'in', ['malicious', 'risky'])
        .then(sql<Appraisal['findings'] | null>`p.report -> 'findings'`)
        .else(null)
        .end()
        .as('findings'),
    )
    .orderBy('i.package')
    .execute();
  const appraisals = new Map<string, AppraisalSummary>();
  for (const { sha256, package: name, version_name, verdict, malice, data_risk, findings } of rows) {
    if (sha256 === null || name === null || verdict === null || malice === null || data_risk === null) continue;
    appraisals.set(sha256, {
      sha256,
      package: name,
      versionName: version_name,
      verdict,
      malice,
      dataRisk: data_risk,
      topFindings: worst(findings ?? []),
    });
  }
  return { apps: rows.map((row) => row.app), appraisals };
}

function worst(findings: readonly Finding[]): Finding[] {
  return findings
    .filter((finding) => finding.status === 'bad' && finding.suppressed === undefined)
    .sort((a, b) => compareSeverity(a.severity, b.severity))
    .slice(0, TOP_FINDINGS);
}

async function readEvents(tx: Tx, deviceId: string, until: Date): Promise<DeviceEvent[]> {
  const rows = await tx
    .selectFrom('device_events')
    .where('device_id', '=', deviceId)
    .where('at', '>', new Date(until.getTime() - EVENT_DAYS * DAY_MS))
    .select(['event', 'at'])
    .orderBy('at', 'desc')
    .limit(MOST_EVENTS)
    .execute();
  return rows.map(({ event, at }) => ({ ...event, at: at.toISOString() }));
}

async function readContact(tx: Tx, device: DeviceRow, now: Date, reportIntervalSeconds: number): Promise<AgentContact> {
  const since = new Date(now.getTime() - CONTACT_DAYS * DAY_MS);
  const recent = tx
    .selectFrom('reports')
    .where('device_id', '=', device.id)
    .where('received_at', '>', since)
    .select([
      'sequence',
      'created_at',
      'received_at',
      sql<number | null>`lag(sequence) over (order by sequence)`.as('previous'),
    ]);
  const { gaps } = await tx
    .selectFrom(recent.as('r'))
    .select(sql<string | null>`sum(r.sequence - r.previous - 1)`.as('gaps'))
    .executeTakeFirstOrThrow();
  const last = await tx
    .selectFrom('reports')
    .where('device_id', '=', device.id)
    .where('sequence', '=', device.last_sequence)
    .select(['created_at', 'received_at'])
    .executeTakeFirst();
  const { refusals } = await tx
    .selectFrom('refusals')
    .where('device_id', '=', device.id)
    .where('at', '>', since)
    .where('code', 'in', ['replay', 'sequence-conflict'])
    .select((select) => select.fn.countAll<string>().as('refusals'))
    .executeTakeFirstOrThrow();
  return {
    lastReportAt: device.last_report_at?.toISOString() ?? null,
    reportIntervalSeconds,
    gaps: Number(gaps ?? 0),
    refusals: Number(refusals),
    clockSkewSeconds:
      last === undefined ? null : Math.round((last.created_at.getTime() - last.received_at.getTime()) / 1000),
  };
}

async function readLiveThreats(tx: Tx, deviceId: string): Promise<LiveThreatRow[]> {
  const rows = await tx
    .selectFrom('threats')
    .where('device_id', '=', deviceId)
    .where('state', '<>', 'resolved')
    .select(['id', 'key', 'kind', 'type', 'title', 'severity', 'subject', 'findings', 'state', 'opened_at'])
    .forUpdate()
    .execute();
  return rows.map((row) => ({ ...row, state: row.state === 'ignored' ? 'ignored' : 'open' }));
}
