import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Agent, createAgent } from './agent.ts';
import { initialState, type StateStore } from './agent-state.ts';
import { createMemoryStores, type MemoryStores } from './memory-stores.ts';
import type { ReportQueue } from './report-queue.ts';
import { evidenceWith, networkEvent } from './testing/evidence.ts';
import { ModelServer } from './testing/model-server.ts';
import type { Transport, TransportAnswer } from './transport.ts';

const DEVICE = '0195d000-0000-7000-8000-000000000001';

class Killed extends Error {}

/** Lets `allowed` more durable writes happen, then kills the process: before or after the write, as `when` says. */
class Disk {
  writesLeft = Number.POSITIVE_INFINITY;
  when: 'before' | 'after' = 'before';

  async write(work: () => Promise<void>): Promise<void> {
    this.writesLeft -= 1;
    if (this.writesLeft < 0 && this.when === 'before') throw new Killed();
    await work();
    if (this.writesLeft < 0) throw new Killed();
  }
}

function onDisk(disk: Disk, stores: MemoryStores): { queue: ReportQueue; stateStore: StateStore } {
  return {
    queue: {
      ...stores.queue,
      append: (entry, jws) => disk.write(() => stores.queue.append(entry, jws)),
      remove: (sequence) => disk.write(() => stores.queue.remove(sequence)),
    },
    stateStore: {
      load: async () => structuredClone(await stores.stateStore.load()),
      save: (state) => disk.write(() => stores.stateStore.save(structuredClone(state))),
    },
  };
}

type Fate = 'arrives' | 'lost' | 'answer-lost' | 'twice' | 'delayed' | 'error-page';

/** A network that does to each message what the schedule says; delayed messages arrive after a later one. */
function badNetwork(server: ModelServer, fates: readonly Fate[], delayed: string[]): Transport {
  let next = 0;
  const lost: TransportAnswer = { kind: 'unreachable', detail: 'connection reset' };
  return {
    async post(_path, body) {
      const fate = fates[next] ?? 'arrives';
      next += 1;
      if (fate === 'lost') return lost;
      if (fate === 'error-page')
        return { kind: 'answered', status: 200, body: '<html>portal</html>', retryAfterSeconds: null };
      if (fate === 'delayed') {
        delayed.push(body);
        return lost;
      }
      const answer = server.receive(body);
      for (const late of delayed.splice(0)) server.receive(late);
      if (fate === 'twice') return server.receive(body);
      return fate === 'answer-lost' ? lost : answer;
    },
  };
}

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('observe' as const), adb: fc.constantFrom('0', '1'), event: fc.nat(3) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('flush' as const),
      fates: fc.array(fc.constantFrom<Fate>('arrives', 'lost', 'answer-lost', 'twice', 'delayed', 'error-page'), {
        maxLength: 6,
      }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('kill' as const),
      afterWrites: fc.nat(5),
      when: fc.constantFrom('before' as const, 'after' as const),
      adb: fc.constantFrom('0', '1'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('forget-full' as const), forget: fc.boolean() }) },
);

it('delivers every report once and in order over a network that loses, repeats and delays, killed at any write', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
      const server = new ModelServer();
      const disk = new Disk();
      const stores = createMemoryStores(crypto.subtle);
      await stores.keyStore.create();
      const enrolment = {
        server: 'http://localhost',
        deviceId: DEVICE,
        organisation: 'Acme',
        reportIntervalSeconds: 900,
        enrolledAt: '2026-11-20T08:00:00.000Z',
      };
      await stores.stateStore.save({ ...initialState(), enrolment });
      let now = Date.UTC(2026, 10, 20, 8);
      const delayed: string[] = [];
      let network = badNetwork(server, [], delayed);
      const events = new Set<string>();
      let lastQueued: string | null = null;

      async function start(): Promise<Agent> {
        return createAgent({
          keyStore: stores.keyStore,
          ...onDisk(disk, stores),
          transport: { post: (path, body) => network.post(path, body) },
          subtle: crypto.subtle,
          clock: () => now,
          random: () => 0.5,
          newId: () => crypto.randomUUID(),
        });
      }
      async function observe(agent: Agent, adb: string, event: number): Promise<void> {
        const note = event === 0 ? [] : [networkEvent(`event ${event}`)];
        await agent.observe(evidenceWith(adb, { events: note }));
        lastQueued = adb;
        if (event > 0) events.add(`event ${event}`);
      }

      let agent = await start();
      for (const action of steps) {
        now += 60_000;
        if (action.do === 'observe') await observe(agent, action.adb, action.event);
        if (action.do === 'flush') {
          network = badNetwork(server, action.fates, delayed);
          await agent.flush();
        }
        if (action.do === 'forget-full') server.forgetFull = action.forget;
        if (action.do === 'kill') {
          disk.writesLeft = action.afterWrites;
          disk.when = action.when;
          await survive(async () => {
            await observe(agent, action.adb, 0);
            await agent.flush();
          });
          disk.writesLeft = Number.POSITIVE_INFINITY;
          agent = await start();
        }
      }

      // The network heals: everything that was queued arrives.
      network = badNetwork(server, [], delayed);
      server.forgetFull = false;
      await observe(agent, '1', 0);
      const flushed = await agent.flush();
      for (const late of delayed.splice(0)) server.receive(late);
      expect(flushed.outcome).toBe('empty');
      expect(await agent.queued()).toEqual([]);

      const sequences = server.applied.map(({ sequence }) => sequence);
      expect(sequences).toEqual(Array.from(sequences, (_, index) => index + 1));
      expect(Math.max(...sequences)).toBe(agent.state().lastSequence);
      for (const [sequence, bytes] of server.bytesSeen) expect([sequence, bytes.size]).toEqual([sequence, 1]);
      for (const sequence of server.acknowledged) expect(sequences).toContain(sequence);

      // What the server holds is what was seen last, and every event arrived exactly once.
      const reports = server.applied.map(({ report }) => report);
      const lastFull = reports.filter((report) => report.type === 'full').at(-1);
      expect(lastFull?.observations[0]?.value).toBe(lastQueued);
      const arrived = reports.flatMap((report) => report.events.map(({ note }) => note));
      expect([...arrived].sort()).toEqual([...new Set(arrived)].sort());
      for (const event of events) expect(arrived).toContain(event);
    }),
    { numRuns: 150 },
  );
}, 60_000);

async function survive(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
}
