import type { ReportAck } from '@vedette/contracts';
import type { AgentState } from './agent-state.ts';
import type { QueueEntry } from './report-queue.ts';

/** Events keys kept from one report to the next. */
const MOST_REPORTED_EVENTS = 2000;

/**
 * The state after a report was queued. Pure and repeatable, so that recovery after a crash between the queue's write and the
 * state's write comes to the very same state.
 */
export function afterQueued(state: AgentState, entry: QueueEntry): AgentState {
  if (entry.sequence <= state.lastSequence) return state;
  const reportedEvents = [...new Set([...state.reportedEvents, ...entry.eventKeys])].slice(-MOST_REPORTED_EVENTS);
  const usageUntil = entry.usageUntil ?? state.usageUntil;
  if (entry.type === 'heartbeat' || entry.evidenceHash === null)
    return { ...state, lastSequence: entry.sequence, reportedEvents, usageUntil };
  return {
    ...state,
    lastSequence: entry.sequence,
    reportedEvents,
    usageUntil,
    fullWanted: false,
    lastFull: {
      reportId: entry.reportId,
      sequence: entry.sequence,
      evidenceHash: entry.evidenceHash,
      createdAt: entry.createdAt,
    },
  };
}

/** The state after the server acknowledged a report. A full report queued later already answers a wish for one. */
export function afterAck(state: AgentState, entry: QueueEntry, ack: ReportAck): AgentState {
  const answered = state.lastFull !== null && state.lastFull.sequence > entry.sequence;
  return {
    ...state,
    ackedSequence: Math.max(state.ackedSequence, entry.sequence),
    fullWanted: state.fullWanted || (ack.resendFull && !answered),
    standing: ack.standing ?? state.standing,
  };
}

/** The state after reports were given up. Heartbeats must not rest on a report the server never gets. */
export function afterLoss(state: AgentState, lost: readonly QueueEntry[], why: 'dropped' | 'refused'): AgentState {
  if (lost.length === 0) return state;
  const lostBase = lost.some((entry) => entry.reportId === state.lastFull?.reportId);
  return {
    ...state,
    fullWanted: state.fullWanted || lostBase,
    // The server takes what it has already once more.
    usageUntil: lost.some((entry) => entry.usageUntil !== undefined) ? null : state.usageUntil,
    untold: state.untold + lost.length,
    lost: {
      ...state.lost,
      [why]: state.lost[why] + lost.length,
      events: state.lost.events + lost.reduce((sum, entry) => sum + entry.eventKeys.length, 0),
    },
  };
}
