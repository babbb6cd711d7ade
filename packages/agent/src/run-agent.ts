import type { DeviceEvidence } from '@vedette/contracts';
import type { Agent, Flushed, Observed } from './agent.ts';

export interface RunDeps {
  readonly agent: Agent;
  /** Collects evidence now; null when it cannot be read at the moment (the host tells the person). */
  readonly collect: () => Promise<DeviceEvidence | null>;
  /** Whether there may be something new since the last `collect`: a cheap look, asked every `pollMs`. */
  readonly changed: () => Promise<boolean>;
  /** Resolves after so many milliseconds, or at once when `signal` aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Milliseconds, any origin; only differences count. */
  readonly clock: () => number;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly intervalMs: number;
  readonly pollMs: number;
  readonly signal: AbortSignal;
  readonly onObserved: (observed: Observed) => void;
  readonly onFlushed: (flushed: Flushed) => void;
}

/**
 * Runs an agent until it is told to stop or the server ends its enrolment: a report at every interval (a tenth earlier or later,
 * so that devices do not march in step) and when something changed; queued reports are sent again as the retry delay says.
 */
export async function runAgent(deps: RunDeps): Promise<'stopped' | 'halted'> {
  const { agent, clock, intervalMs, pollMs, signal } = deps;
  let reportAt = clock();
  let retryAt: number | null = null;
  while (!signal.aborted) {
    const due = clock() >= reportAt || (await deps.changed());
    if (due || agent.state().fullWanted) {
      reportAt = clock() + intervalMs * (0.9 + deps.random() / 5);
      const evidence = await deps.collect();
      if (evidence !== null) deps.onObserved(await agent.observe(evidence));
    }
    if (due || retryAt === null || clock() >= retryAt) {
      const flushed = await agent.flush();
      deps.onFlushed(flushed);
      if (flushed.outcome === 'halted') return 'halted';
      retryAt = flushed.outcome === 'waiting' ? clock() + flushed.retryInMs : null;
    }
    const wake = Math.min(reportAt, retryAt ?? reportAt, clock() + pollMs);
    await deps.wait(Math.max(wake - clock(), 0), signal);
  }
  return 'stopped';
}
