import { describe, expect, it } from 'vitest';
import type { Agent, Flushed } from './agent.ts';
import { initialState } from './agent-state.ts';
import { type RunDeps, runAgent } from './run-agent.ts';
import { evidenceWith } from './testing/evidence.ts';

const WAITING: Flushed = { outcome: 'waiting', queued: 1, detail: 'offline', retryInMs: 7_000, sent: [], refused: [] };
const EMPTY: Flushed = { outcome: 'empty', sent: [], refused: [] };

/** Runs the loop on a clock that only `wait` moves, until `untilMs`. */
async function run(
  untilMs: number,
  over: { flush?: (at: number) => Flushed; changedAt?: number; fullWantedAt?: number } = {},
) {
  const acts: string[] = [];
  const controller = new AbortController();
  let now = 0;
  let fullWanted = false;
  const agent: Agent = {
    async observe() {
      acts.push(`${now} observe`);
      fullWanted = false;
      return { outcome: 'halted', code: 'replay', detail: '' };
    },
    async flush() {
      acts.push(`${now} flush`);
      return over.flush?.(now) ?? EMPTY;
    },
    state: () => ({ ...initialState(), fullWanted }),
    queued: async () => [],
  };
  const deps: RunDeps = {
    agent,
    collect: async () => evidenceWith('0'),
    changed: async () => now === over.changedAt,
    async wait(ms) {
      now += ms;
      fullWanted ||= now === over.fullWantedAt;
      if (now > untilMs) controller.abort();
    },
    clock: () => now,
    random: () => 0.5,
    intervalMs: 60_000,
    pollMs: 5_000,
    signal: controller.signal,
    onObserved: () => undefined,
    onFlushed: () => undefined,
  };
  return { ended: await runAgent(deps), acts };
}

describe('runAgent', () => {
  it('reports at every interval', async () => {
    const { acts, ended } = await run(125_000);
    expect(acts.filter((act) => act.endsWith('observe'))).toEqual(['0 observe', '60000 observe', '120000 observe']);
    expect(ended).toBe('stopped');
  });

  it('reports at once when something changed, and when the server wants a full report', async () => {
    const { acts } = await run(50_000, { changedAt: 10_000, fullWantedAt: 25_000 });
    expect(acts.filter((act) => act.endsWith('observe'))).toEqual(['0 observe', '10000 observe', '25000 observe']);
  });

  it('sends again when the retry delay is over, without making more reports meanwhile', async () => {
    const { acts } = await run(20_000, { flush: () => WAITING });
    expect(acts).toEqual(['0 observe', '0 flush', '7000 flush', '14000 flush']);
  });

  it('ends when the server ended the enrolment', async () => {
    const halted: Flushed = { outcome: 'halted', code: 'device-retired', detail: 'retired', sent: [], refused: [] };
    const { acts, ended } = await run(200_000, { flush: (at) => (at === 0 ? EMPTY : halted) });
    expect(ended).toBe('halted');
    expect(acts.at(-1)).toMatch(/flush$/);
  });
});
