import type { ActionView, DeviceSummary, ThreatSummary } from '@vedette/contracts';
import type { ActionsTable, DevicesTable, ThreatsTable } from '@vedette/store';
import type { Selectable } from 'kysely';

type DeviceRow = Pick<
  Selectable<DevicesTable>,
  | 'id'
  | 'name'
  | 'owner'
  | 'simulated'
  | 'platform'
  | 'facts'
  | 'risk_level'
  | 'compliance'
  | 'open_threats'
  | 'top_threat'
  | 'enrolled_at'
  | 'last_report_at'
  | 'state'
>;

/** Columns of `devices`, joined or alone as `d`, that a summary shows. */
export const DEVICE_COLUMNS = [
  'd.id',
  'd.name',
  'd.owner',
  'd.simulated',
  'd.platform',
  'd.facts',
  'd.risk_level',
  'd.compliance',
  'd.open_threats',
  'd.top_threat',
  'd.enrolled_at',
  'd.last_report_at',
  'd.state',
] as const;

export function viewDevice(row: DeviceRow): DeviceSummary {
  return {
    id: row.id,
    name: row.name,
    owner: row.owner,
    simulated: row.simulated,
    platform: row.platform,
    facts: row.facts,
    riskLevel: row.risk_level,
    compliance: row.compliance,
    openThreats: row.open_threats,
    topThreat: row.top_threat,
    enrolledAt: row.enrolled_at.toISOString(),
    lastReportAt: row.last_report_at?.toISOString() ?? null,
    state: row.state,
  };
}

/** Columns of `threats as t` joined to `devices as d` that a summary shows. */
export const THREAT_COLUMNS = [
  't.id',
  't.kind',
  't.type',
  't.title',
  't.severity',
  't.severity_rank',
  't.state',
  't.subject',
  't.opened_at',
  't.updated_at',
  't.resolved_at',
  'd.id as device_id',
  'd.name as device_name',
  'd.platform as device_platform',
  'd.simulated as device_simulated',
] as const;

type ThreatRow = Pick<
  Selectable<ThreatsTable>,
  'id' | 'kind' | 'type' | 'title' | 'severity' | 'state' | 'subject' | 'opened_at' | 'updated_at' | 'resolved_at'
> & {
  device_id: string;
  device_name: string;
  device_platform: ThreatSummary['device']['platform'];
  device_simulated: boolean;
};

export function viewThreat(row: ThreatRow): ThreatSummary {
  return {
    id: row.id,
    kind: row.kind,
    type: row.type,
    title: row.title,
    severity: row.severity,
    state: row.state,
    subject: row.subject,
    device: {
      id: row.device_id,
      name: row.device_name,
      platform: row.device_platform,
      simulated: row.device_simulated,
    },
    openedAt: row.opened_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    resolvedAt: row.resolved_at?.toISOString() ?? null,
  };
}

/** Columns of `actions as a` joined to `devices as d` that a view shows. */
export const ACTION_COLUMNS = [
  'a.id',
  'a.rule_id',
  'a.rule_title',
  'a.connector',
  'a.effect',
  'a.audience',
  'a.state',
  'a.wanted_at',
  'a.sent_at',
  'a.undone_at',
  'a.attempts',
  'a.next_attempt_at',
  'a.last_detail',
  'd.id as device_id',
  'd.name as device_name',
] as const;

type ActionRow = Pick<
  Selectable<ActionsTable>,
  | 'id'
  | 'rule_id'
  | 'rule_title'
  | 'connector'
  | 'effect'
  | 'audience'
  | 'state'
  | 'wanted_at'
  | 'sent_at'
  | 'undone_at'
  | 'attempts'
  | 'next_attempt_at'
  | 'last_detail'
> & { device_id: string; device_name: string };

export function viewAction(row: ActionRow): ActionView {
  return {
    id: row.id,
    device: { id: row.device_id, name: row.device_name },
    ruleId: row.rule_id,
    ruleTitle: row.rule_title,
    connector: row.connector,
    effect: row.effect,
    audience: row.audience,
    state: row.state,
    wantedAt: row.wanted_at.toISOString(),
    sentAt: row.sent_at?.toISOString() ?? null,
    undoneAt: row.undone_at?.toISOString() ?? null,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
    lastDetail: row.last_detail,
  };
}
