import {
  AGENT_REPORT_PATH,
  type AgentRefusal,
  type DeviceEvent,
  type DeviceEvidence,
  REPORT_JWS_TYPE,
  type ReportAck,
} from '@vedette/contracts';
import { AgentError } from './agent-error.ts';
import { type AgentState, loadState, type StateStore } from './agent-state.ts';
import type { DeviceKey, KeyStore } from './device-key.ts';
import { draftReport, usageUntil } from './draft-report.ts';
import { type DigestSubtle, eventKey, evidenceHash } from './evidence-hash.ts';
import { agentEvent, fitEvidence, MOST_EVENTS } from './fit-evidence.ts';
import { signCompactJws } from './jws.ts';
import {
  chooseEvictions,
  DEFAULT_QUEUE_LIMITS,
  type QueueEntry,
  type QueueLimits,
  type ReportQueue,
} from './report-queue.ts';
import { DEFAULT_RETRY_POLICY, type RetryPolicy, retryDelayMs } from './retry-delay.ts';
import { readReportAnswer, type ServerAnswer } from './server-answer.ts';
import { afterAck, afterLoss, afterQueued } from './state-changes.ts';
import type { Transport } from './transport.ts';
import { createTurnstile } from './turnstile.ts';

export interface AgentDeps {
  readonly keyStore: Pick<KeyStore, 'load'>;
  readonly stateStore: StateStore;
  readonly queue: ReportQueue;
  readonly transport: Transport;
  readonly subtle: DigestSubtle;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** A number in [0, 1), for the jitter of retries. */
  readonly random: () => number;
  /** A new UUID. */
  readonly newId: () => string;
  readonly limits?: QueueLimits;
  readonly retry?: RetryPolicy;
  /** A full report is made at least this often; 24 hours when absent. */
  readonly fullEveryMs?: number;
}

/** What `observe` did. */
export type Observed =
  | { readonly outcome: 'queued'; readonly entry: QueueEntry; readonly dropped: number }
  | { readonly outcome: 'halted'; readonly code: AgentRefusal; readonly detail: string };

/** Where `flush` stopped. */
export type Flushed = { readonly sent: readonly ReportAck[]; readonly refused: readonly string[] } & (
  | { readonly outcome: 'empty' }
  | { readonly outcome: 'waiting'; readonly queued: number; readonly detail: string; readonly retryInMs: number }
  | { readonly outcome: 'halted'; readonly code: AgentRefusal; readonly detail: string }
);

export interface Agent {
  /** Makes a report of what was seen and puts it in the queue. It is durable when the promise resolves. */
  observe(evidence: DeviceEvidence): Promise<Observed>;
  /** Sends what is queued, oldest first, until the queue is empty or something stands in the way. Calls at the same time share one run. */
  flush(): Promise<Flushed>;
  /** The state as it is stored. */
  state(): AgentState;
  queued(): Promise<readonly QueueEntry[]>;
}

/** Refusals that concern one report and not the device: the report is given up, the agent goes on. */
const REPORT_REFUSALS: ReadonlySet<AgentRefusal> = new Set(['malformed', 'too-large']);

/**
 * Opens an enrolled agent on its stores.
 *
 * The order of writes makes a crash harmless at any point: (1) the signed report goes into the queue, which is the moment its
 * sequence number is used; (2) the state remembers the number; (3) the report is sent; (4) the acknowledgement is remembered;
 * (5) the report leaves the queue. A crash before (1) uses no number; one between (1) and (2) is made good here, from the queue;
 * one after (3) sends the same bytes again, which the server answers as a duplicate.
 * @throws AgentError `not-enrolled`, `no-key`, `state-damaged`
 */
export async function createAgent(deps: AgentDeps): Promise<Agent> {
  const { queue, stateStore, transport, subtle, clock, random, newId } = deps;
  const { limits = DEFAULT_QUEUE_LIMITS, retry = DEFAULT_RETRY_POLICY, fullEveryMs = 24 * 3_600_000 } = deps;

  const stored = await loadState(stateStore);
  const enrolment = stored.enrolment;
  if (enrolment === null) throw new AgentError('not-enrolled', 'The device is not enrolled yet.');
  const loadedKey = await deps.keyStore.load();
  if (loadedKey === null) throw new AgentError('no-key', 'The key of this device is gone. Enrol the device again.');
  const key: DeviceKey = loadedKey;
  const header = { alg: 'ES256', typ: REPORT_JWS_TYPE, kid: enrolment.deviceId } as const;

  const turn = createTurnstile();
  let state = (await queue.entries()).reduce(afterQueued, stored);
  if (state !== stored) await stateStore.save(state);
  let inFlight: number | null = null;
  let failures = 0;
  let running: Promise<Flushed> | null = null;

  async function save(next: AgentState): Promise<void> {
    if (next === state) return;
    await stateStore.save(next);
    state = next;
  }

  /** Events of `evidence` that no report carries yet, with their keys. */
  async function newEvents(evidence: DeviceEvidence): Promise<{ events: DeviceEvent[]; keys: string[] }> {
    const known = new Set(state.reportedEvents);
    const events: DeviceEvent[] = [];
    const keys: string[] = [];
    for (const event of evidence.events) {
      const eventId = await eventKey(subtle, event);
      if (known.has(eventId)) continue;
      known.add(eventId);
      events.push(event);
      keys.push(eventId);
    }
    return { events, keys };
  }

  async function observe(evidence: DeviceEvidence): Promise<Observed> {
    if (state.halted !== null) return { outcome: 'halted', code: state.halted.code, detail: state.halted.detail };
    const now = clock();
    const fitted = fitEvidence(evidence, now);
    const hash = await evidenceHash(subtle, fitted);
    const { events, keys } = await newEvents(fitted);
    const before = await queue.entries();
    const told = state.untold > 0 && before.length < limits.reports ? state.untold : 0;
    if (told > 0) {
      events.splice(MOST_EVENTS - 1, MOST_EVENTS, lostReports(told, now));
      keys.splice(MOST_EVENTS - 1);
    }
    const report = draftReport({
      state,
      deviceId: header.kid,
      reportId: newId(),
      evidence: fitted,
      evidenceHash: hash,
      events,
      now,
      fullEveryMs,
    });
    const jws = await signCompactJws(key, header, report);
    const evicted = chooseEvictions(before, jws.length, limits, inFlight);
    // Counted before it is removed: a crash in between counts a report twice rather than losing one silently.
    await save(afterLoss(state, evicted, 'dropped'));
    for (const entry of evicted) await queue.remove(entry.sequence);
    const until = usageUntil(report);
    const entry: QueueEntry = {
      sequence: report.sequence,
      reportId: report.reportId,
      type: report.type,
      createdAt: report.createdAt,
      evidenceHash: report.type === 'full' ? hash : null,
      eventKeys: keys,
      sizeBytes: jws.length,
      ...(until === undefined ? {} : { usageUntil: until }),
    };
    await queue.append(entry, jws);
    await save({ ...afterQueued(state, entry), untold: state.untold - told });
    return { outcome: 'queued', entry, dropped: evicted.length };
  }

  async function settle(entry: QueueEntry, answer: ServerAnswer<ReportAck>): Promise<void> {
    if (answer.outcome === 'retry') return;
    if (answer.outcome === 'accepted') await save(afterAck(state, entry, answer.value));
    else if (REPORT_REFUSALS.has(answer.code)) await save(afterLoss(state, [entry], 'refused'));
    else {
      const at = new Date(clock()).toISOString();
      await save({ ...state, halted: { code: answer.code, detail: answer.detail, at } });
      return;
    }
    await queue.remove(entry.sequence);
  }

  async function run(): Promise<Flushed> {
    const sent: ReportAck[] = [];
    const refused: string[] = [];
    for (;;) {
      const next = await turn(async () => {
        const entries = await queue.entries();
        const entry = state.halted === null ? entries[0] : undefined;
        const jws = entry === undefined ? null : await queue.read(entry.sequence);
        inFlight = entry?.sequence ?? null;
        return { entry, jws, queued: entries.length };
      });
      const { entry, jws } = next;
      if (state.halted !== null)
        return { outcome: 'halted', code: state.halted.code, detail: state.halted.detail, sent, refused };
      if (entry === undefined) return { outcome: 'empty', sent, refused };
      if (jws === null) {
        await turn(async () => {
          await save(afterLoss(state, [entry], 'dropped'));
          await queue.remove(entry.sequence);
        });
        continue;
      }
      const answer = readReportAnswer(await transport.post(AGENT_REPORT_PATH, jws), entry);
      await turn(() => settle(entry, answer));
      inFlight = null;
      if (answer.outcome === 'retry') {
        failures += 1;
        const retryInMs = retryDelayMs(failures, random(), answer.afterMs, retry);
        return { outcome: 'waiting', queued: next.queued, detail: answer.detail, retryInMs, sent, refused };
      }
      failures = 0;
      if (answer.outcome === 'accepted') sent.push(answer.value);
      else if (REPORT_REFUSALS.has(answer.code)) refused.push(`${answer.code}: ${answer.detail}`);
    }
  }

  return {
    observe: (evidence) => turn(() => observe(evidence)),
    flush() {
      running ??= run().finally(() => {
        running = null;
        inFlight = null;
      });
      return running;
    },
    state: () => state,
    queued: () => queue.entries(),
  };
}

function lostReports(count: number, now: number): DeviceEvent {
  return {
    ...agentEvent(now),
    kind: 'agent.reports-lost',
    seen: String(count),
    note: `${count} earlier ${count === 1 ? 'report was' : 'reports were'} given up: the queue was full, or the server refused them.`,
  };
}
