import { AgentRefusal, ReportAck } from '@vedette/contracts';
import { z } from 'zod';
import { AgentError } from './agent-error.ts';

const count = z.number().int().nonnegative();

/** Whom the agent is enrolled with. */
export const Enrolment = z.object({
  server: z.string(),
  deviceId: z.uuid(),
  organisation: z.string(),
  reportIntervalSeconds: z.number().int().positive(),
  enrolledAt: z.iso.datetime(),
});
export type Enrolment = z.infer<typeof Enrolment>;

/** Everything the agent must remember besides its key and its queue. Written whole, atomically. */
export const AgentState = z.object({
  schema: z.literal('vedette.agent-state/1'),
  enrolment: Enrolment.nullable(),
  /** The next enrolment makes a new key: the one before was refused for good. */
  freshKey: z.boolean(),
  /** Highest sequence number given to a report. */
  lastSequence: count,
  /** Highest sequence number the server acknowledged. */
  ackedSequence: count,
  /** Newest full report: what heartbeats rest on. */
  lastFull: z
    .object({ reportId: z.uuid(), sequence: count, evidenceHash: z.string(), createdAt: z.iso.datetime() })
    .nullable(),
  /** The next report must be a full one, whatever has changed. */
  fullWanted: z.boolean(),
  /** What apps used up to then was put into reports; null: nothing, or it was lost. */
  usageUntil: z.iso.datetime().nullable().default(null),
  /** Keys of events reported already. */
  reportedEvents: z.array(z.string()),
  /** Reports given up: `dropped` because the queue was full, `refused` because the server will never take them. */
  lost: z.object({ dropped: count, refused: count, events: count }),
  /** How many of the lost reports no report has told the server about yet. */
  untold: count,
  /** Why the agent has stopped for good; null while it works. Only a new enrolment starts it again. */
  halted: z.object({ code: AgentRefusal, detail: z.string(), at: z.iso.datetime() }).nullable(),
  /** What the server said last about the device. */
  standing: ReportAck.shape.standing,
});
export type AgentState = z.infer<typeof AgentState>;

/** Keeps the state. `save` is durable and atomic: after a crash `load` gives the old or the new value, never a mixture. */
export interface StateStore {
  /** The value saved last, unchecked; null when there is none. */
  load(): Promise<unknown>;
  save(state: AgentState): Promise<void>;
}

export function initialState(): AgentState {
  return {
    schema: 'vedette.agent-state/1',
    enrolment: null,
    freshKey: false,
    lastSequence: 0,
    ackedSequence: 0,
    lastFull: null,
    fullWanted: false,
    usageUntil: null,
    reportedEvents: [],
    lost: { dropped: 0, refused: 0, events: 0 },
    untold: 0,
    halted: null,
    standing: null,
  };
}

/**
 * Loads the state, or the initial one when there is none.
 * @throws AgentError `state-damaged` when what is stored is not an agent's state: starting over would reuse sequence numbers
 */
export async function loadState(store: StateStore): Promise<AgentState> {
  const stored = await store.load();
  if (stored === null || stored === undefined) return initialState();
  const parsed = AgentState.safeParse(stored);
  if (parsed.success) return parsed.data;
  throw new AgentError(
    'state-damaged',
    "The agent's stored state cannot be read. Remove it and enrol the device again.",
  );
}
