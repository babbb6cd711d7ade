import { addTenant, createTestStore, type TestStore } from '@vedette/store/testing';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Job, JobQueue } from './job-queue.ts';
import { createJobTable } from './job-table.ts';
import { createPostgresJobQueue } from './postgres-job-queue.ts';

let test: TestStore;
let tenantId: string;
let queue: JobQueue;
let queueNumber = 0;
let name: string;
let now: Date;
const clock = () => now;

beforeAll(async () => {
  test = await createTestStore({ maxConnections: 10 });
  tenantId = await addTenant(test);
});
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(() => {
  now = new Date('2026-01-01T00:00:00Z');
  queueNumber += 1;
  name = `q${queueNumber}`;
  queue = createPostgresJobQueue({ store: test.store, clock, newId: test.newId, pollMs: 20, random: () => 1 });
});

const add = (payload: Record<string, unknown>, more: { dedupeKey?: string; runAt?: Date } = {}) =>
  test.store.withTenant(tenantId, (tx) => queue.enqueue(tx, { queue: name, tenantId, payload, ...more }));
const rows = () =>
  test.store.withoutTenant((tx) => tx.selectFrom('jobs').selectAll().where('queue', '=', name).execute());
/** Starts a worker that records what it was given; `until` resolves at the nth run. */
function record(
  handler: (job: Job, run: number) => Promise<void> | void = () => undefined,
  options: { maxAttempts?: number; concurrency?: number } = {},
) {
  const runs: Job[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const worker = queue.work(name, {
    concurrency: options.concurrency ?? 2,
    leaseSeconds: 60,
    ...(options.maxAttempts === undefined ? {} : { maxAttempts: options.maxAttempts }),
    handler: async (job) => {
      runs.push(job);
      for (const each of waiting) if (runs.length >= each.count) each.resolve();
      await handler(job, runs.length);
    },
  });
  const until = (count: number) =>
    new Promise<void>((resolve) => (runs.length >= count ? resolve() : waiting.push({ count, resolve })));
  return { runs, until, worker };
}
const stop = async (worker: AsyncDisposable) => {
  await worker[Symbol.asyncDispose]();
  await queue.close();
};

describe('the job queue', () => {
  it('runs a job once its transaction has committed, and not when it was rolled back', async () => {
    const { runs, until, worker } = record();
    await test.store
      .withTenant(tenantId, async (tx) => {
        await queue.enqueue(tx, { queue: name, tenantId, payload: { n: 'lost' } });
        throw new Error('rolled back');
      })
      .catch(() => undefined);
    await add({ n: 'kept' });
    await until(1);
    await queue.idle(name);
    await stop(worker);
    expect(runs.map((job) => job.payload)).toEqual([{ n: 'kept' }]);
    expect(await rows()).toEqual([]);
  });

  it('keeps one waiting job per key and tenant', async () => {
    const other = await addTenant(test);
    await add({ n: 1 }, { dedupeKey: 'k' });
    await add({ n: 2 }, { dedupeKey: 'k' });
    await test.store.withTenant(other, (tx) =>
      queue.enqueue(tx, { queue: name, tenantId: other, payload: { n: 3 }, dedupeKey: 'k' }),
    );
    expect((await rows()).map((row) => row.payload)).toEqual([{ n: 1 }, { n: 3 }]);
    await queue.close();
  });

  it('brings a waiting job forward when it is asked for earlier', async () => {
    await add({}, { dedupeKey: 'k', runAt: new Date('2026-02-01T00:00:00Z') });
    await add({}, { dedupeKey: 'k', runAt: new Date('2026-01-15T00:00:00Z') });
    await add({}, { dedupeKey: 'k', runAt: new Date('2026-03-01T00:00:00Z') });
    expect((await rows()).map((row) => row.run_at.toISOString())).toEqual(['2026-01-15T00:00:00.000Z']);
    await queue.close();
  });

  it('runs again what was asked for while it ran, and never two of one key at once', async () => {
    let inside = 0;
    let most = 0;
    const { runs, until, worker } = record(async (_job, run) => {
      inside += 1;
      most = Math.max(most, inside);
      if (run === 1) await add({ n: 'again' }, { dedupeKey: 'k' });
      inside -= 1;
    });
    await add({ n: 'first' }, { dedupeKey: 'k' });
    await until(2);
    await queue.idle(name);
    await stop(worker);
    expect(runs.map((job) => job.payload['n'])).toEqual(['first', 'again']);
    expect(most).toBe(1);
  });

  it('does not let a worker take a job whose key is being asked for again, before that has committed', async () => {
    const table = createJobTable({ store: test.store, clock, newId: test.newId, random: () => 1 });
    await add({}, { dedupeKey: 'k' });
    await test.store.withTenant(tenantId, async (tx) => {
      await queue.enqueue(tx, { queue: name, tenantId, payload: {}, dedupeKey: 'k' });
      expect(await table.take(name, 1, 60), 'it would read the state of before').toEqual([]);
    });
    expect(await table.take(name, 1, 60)).toHaveLength(1);
    await queue.close();
  });

  it('waits for a job whose time has not come', async () => {
    await add({}, { runAt: new Date('2026-01-01T01:00:00Z') });
    const { until, runs, worker } = record();
    await add({ n: 'now' });
    await until(1);
    await queue.idle(name);
    expect(runs.map((job) => job.payload)).toEqual([{ n: 'now' }]);
    now = new Date('2026-01-01T01:00:00Z');
    await until(2);
    await stop(worker);
  });

  it('tries again after a back-off, and keeps a job that failed too often with its error', async () => {
    const { runs, until, worker } = record(
      () => {
        throw new Error('the other side is down');
      },
      { maxAttempts: 2 },
    );
    await add({});
    await until(1);
    await queue.idle(name);
    expect((await rows())[0]).toMatchObject({
      attempts: 1,
      dead_at: null,
      last_error: 'Error: the other side is down',
    });
    expect((await rows())[0]?.run_at.getTime()).toBe(now.getTime() + 1000);
    now = new Date(now.getTime() + 1000);
    await until(2);
    await queue.idle(name);
    await stop(worker);
    expect(runs.map((job) => job.attempt)).toEqual([1, 2]);
    expect((await rows())[0]).toMatchObject({ attempts: 2, dead_at: now, last_error: 'Error: the other side is down' });
  });

  it('drops a failed job for which the same was asked again meanwhile', async () => {
    const { runs, until, worker } = record(async (_job, run) => {
      if (run > 1) return;
      await add({ n: 'again' }, { dedupeKey: 'k' });
      throw new Error('failed');
    });
    await add({ n: 'first' }, { dedupeKey: 'k' });
    await until(2);
    await queue.idle(name);
    await stop(worker);
    expect(runs.map((job) => job.payload['n'])).toEqual(['first', 'again']);
    expect(await rows()).toEqual([]);
  });

  it('gives the job of a killed worker to another when the lease has run out, and ignores what the first says then', async () => {
    const dead = createJobTable({ store: test.store, clock, newId: test.newId, random: () => 1 });
    await add({ n: 1 });
    const [held] = await dead.take(name, 1, 60);
    if (held === undefined) throw new Error('expected a job');
    expect(await dead.take(name, 1, 60)).toEqual([]);
    now = new Date(now.getTime() + 60_000);
    const [again] = await dead.take(name, 1, 60);
    expect(again).toMatchObject({ id: held.id, attempt: 2 });
    await dead.complete(held);
    expect(await dead.renew(held, 60)).toBe(false);
    expect(await rows()).toHaveLength(1);
    if (again !== undefined) await dead.complete(again);
    expect(await rows()).toEqual([]);
    await queue.close();
  });

  it('takes the job of a killed worker before the one of its key that was asked for since, not both at once', async () => {
    const table = createJobTable({ store: test.store, clock, newId: test.newId, random: () => 1 });
    await add({ n: 1 }, { dedupeKey: 'k' });
    await table.take(name, 1, 60);
    await add({ n: 2 }, { dedupeKey: 'k' });
    now = new Date(now.getTime() + 60_000);
    const first = await table.take(name, 2, 60);
    expect(first.map((job) => job.payload['n'])).toEqual([1]);
    for (const job of first) await table.complete(job);
    expect((await table.take(name, 2, 60)).map((job) => job.payload['n'])).toEqual([2]);
    await queue.close();
  });

  it('buries a job whose workers die every time, without running it once more', async () => {
    const dying = createJobTable({ store: test.store, clock, newId: test.newId, random: () => 1 });
    await add({});
    for (let run = 0; run < 2; run += 1) {
      await dying.take(name, 1, 60);
      now = new Date(now.getTime() + 60_000);
    }
    const { runs, worker } = record(() => undefined, { maxAttempts: 2 });
    await queue.idle(name);
    await stop(worker);
    expect(runs).toEqual([]);
    expect((await rows())[0]?.last_error).toContain('given up');
  });

  it('stops by finishing what runs; what is cut short by that is not counted as a failure', async () => {
    const { until, worker } = record(
      (job) => new Promise((_, reject) => job.signal.addEventListener('abort', () => reject(new Error('stopping')))),
    );
    await add({});
    await until(1);
    await stop(worker);
    expect((await rows())[0]).toMatchObject({ attempts: 0, lease_id: null, dead_at: null });
  });

  it('loses nothing and runs everything at least once, whatever fails or is killed', async () => {
    const Fate = fc.constantFrom('works', 'throws once', 'its worker is killed');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ fate: Fate, key: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }) }), {
          maxLength: 12,
        }),
        async (wanted) => {
          queueNumber += 1;
          name = `q${queueNumber}`;
          const done = new Set<number>();
          const expected = new Set<number>();
          const failed = new Set<number>();
          const killer = createJobTable({ store: test.store, clock, newId: test.newId, random: () => 0 });
          const waitingKeys = new Set<string>();
          for (const [n, { fate, key }] of wanted.entries()) {
            await add({ n }, key === undefined ? {} : { dedupeKey: key });
            if (key === undefined || !waitingKeys.has(key)) expected.add(n);
            if (key !== undefined) waitingKeys.add(key);
            if (fate === 'throws once') failed.add(n);
            if (fate === 'its worker is killed') {
              await killer.take(name, 1, 60);
              waitingKeys.clear();
              for (const row of await rows())
                if (row.lease_id === null && row.dedupe_key !== null) waitingKeys.add(row.dedupe_key);
            }
          }
          now = new Date(now.getTime() + 60_000);
          const own = createPostgresJobQueue({
            store: test.store,
            clock,
            newId: test.newId,
            pollMs: 5,
            random: () => 0,
          });
          const worker = own.work(name, {
            concurrency: 3,
            leaseSeconds: 60,
            handler: async ({ payload }) => {
              const n = Number(payload['n']);
              // Time goes on, so that back-offs end.
              now = new Date(now.getTime() + 1000);
              if (failed.delete(n)) throw new Error('once');
              done.add(n);
            },
          });
          while ((await rows()).length > 0) {
            now = new Date(now.getTime() + 1000);
            await own.idle(name);
          }
          await worker[Symbol.asyncDispose]();
          await own.close();
          // A job that failed while the same was asked for again is done by that later one.
          const stoodFor = (n: number) => {
            const key = wanted[n]?.key;
            return key !== undefined && wanted.some((later, at) => at > n && later.key === key && done.has(at));
          };
          const lost = [...expected].filter((n) => !done.has(n) && !stoodFor(n));
          const unasked = [...done].filter((n) => !expected.has(n));
          expect({ lost, unasked }).toEqual({ lost: [], unasked: [] });
        },
      ),
      { numRuns: 25 },
    );
  });
});
