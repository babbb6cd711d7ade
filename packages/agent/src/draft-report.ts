import {
  type AgentEvent,
  AgentEvidenceSource,
  type AgentObservation,
  type AgentUsageWindow,
  type DeviceEvent,
  type DeviceEvidence,
  type Report,
} from '@vedette/contracts';
import type { AgentState } from './agent-state.ts';

/** Up to when a report tells what apps used; undefined: it does not. What was not over yet is told again. */
export function usageUntil({ usage = [], createdAt }: Report): string | undefined {
  const newest = usage.reduce((last, { to }) => (to > last ? to : last), '');
  return newest === '' ? undefined : newest < createdAt ? newest : createdAt;
}

export interface DraftInput {
  readonly state: AgentState;
  readonly deviceId: string;
  readonly reportId: string;
  readonly evidence: DeviceEvidence;
  readonly evidenceHash: string;
  /** Events not reported yet. */
  readonly events: readonly DeviceEvent[];
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** A full report is made at least this often, so that the evidence the server holds does not go stale. */
  readonly fullEveryMs: number;
}

/** The next report: `full` when the evidence changed, the server asked, or the last full one is old; else a heartbeat. */
export function draftReport(input: DraftInput): Report {
  const { state, evidence, now } = input;
  const usage = (evidence.usage ?? []).filter(
    (window): window is AgentUsageWindow =>
      isOwn(window) && (state.usageUntil === null || window.to > state.usageUntil),
  );
  const common = {
    schema: 'vedette.report/1' as const,
    reportId: input.reportId,
    deviceId: input.deviceId,
    sequence: state.lastSequence + 1,
    createdAt: new Date(now).toISOString(),
    events: input.events.filter((event): event is AgentEvent => isOwn(event)),
    ...(usage.length === 0 ? {} : { usage }),
  };
  const basedOn = state.lastFull;
  if (
    basedOn === null ||
    state.fullWanted ||
    basedOn.evidenceHash !== input.evidenceHash ||
    now - Date.parse(basedOn.createdAt) >= input.fullEveryMs
  )
    return {
      ...common,
      type: 'full',
      facts: evidence.facts,
      observations: evidence.observations.filter((observation): observation is AgentObservation => isOwn(observation)),
      apps: evidence.apps,
      appsComplete: evidence.appsComplete,
    };
  return { ...common, type: 'heartbeat', basedOn: basedOn.reportId };
}

/** What others state about the device (attestation, an MDM) reaches the server from them, never in an agent's report: the server would refuse it. */
function isOwn({ source }: { readonly source: string }): boolean {
  return AgentEvidenceSource.safeParse(source).success;
}
