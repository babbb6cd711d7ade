import { setTimeout as delay } from 'node:timers/promises';
import type { Store } from '@vedette/store';
import { sql } from 'kysely';
import type { JobQueue } from './job-queue.ts';
import { createJobTable } from './job-table.ts';
import { startWorker } from './worker.ts';

/** NOTIFY channel; the payload is the name of the queue that has something new. */
export const JOBS_CHANNEL = 'vedette_jobs';

export interface JobQueueDependencies {
  readonly store: Pick<Store, 'withoutTenant' | 'listen'>;
  /** Leases are kept by this clock: servers that share a database must agree on the time to well within a lease. */
  readonly clock: () => Date;
  readonly newId: () => string;
  /** Longest time between two looks at the table, in milliseconds, in case a notification was lost; default 5,000. */
  readonly pollMs?: number;
  /** 0 to 1, spreads retries; default `Math.random`. */
  readonly random?: () => number;
  /** Told when the database could not be asked; the worker asks again. */
  readonly onError?: (error: unknown) => void;
}

/** The queue in table `jobs`: `for update skip locked` to take, leases to survive a killed worker, LISTEN/NOTIFY to wake. */
export function createPostgresJobQueue(dependencies: JobQueueDependencies): JobQueue {
  const { store, clock, newId } = dependencies;
  const table = createJobTable({ store, clock, newId, random: dependencies.random ?? Math.random });
  const wakes = new Map<string, Set<() => void>>();
  let listening: Promise<AsyncDisposable | null> | undefined;

  const wake = (queue: string) => {
    const targets = queue === '' ? [...wakes.values()] : [wakes.get(queue) ?? new Set<() => void>()];
    for (const target of targets) for (const each of target) each();
  };
  const listenOnce = () => {
    listening ??= store.listen(JOBS_CHANNEL, wake).catch((error: unknown) => {
      dependencies.onError?.(error);
      return null;
    });
  };

  return {
    async enqueue(tx, job) {
      const now = clock();
      // DO UPDATE, not DO NOTHING: it locks the waiting job until the caller commits, so that no worker takes the job and reads the state of before.
      const { rows } = await sql<{ inserted: boolean }>`
        insert into jobs (id, queue, tenant_id, payload, dedupe_key, created_at, run_at)
        values (${newId()}, ${job.queue}, ${job.tenantId}, ${JSON.stringify(job.payload)}, ${job.dedupeKey ?? null}, ${now}, ${job.runAt ?? now})
        on conflict (queue, tenant_id, dedupe_key) where dedupe_key is not null and lease_id is null and dead_at is null
        do update set run_at = least(jobs.run_at, excluded.run_at), attempts = 0
        returning (xmax = 0) as inserted`.execute(tx);
      if (rows[0]?.inserted === true || (job.runAt ?? now) <= now)
        await sql`select pg_notify(${JOBS_CHANNEL}, ${job.queue})`.execute(tx);
    },
    work(queue, options) {
      listenOnce();
      const worker = startWorker(
        { table, clock, pollMs: dependencies.pollMs ?? 5000, onError: dependencies.onError },
        queue,
        options,
      );
      const own = wakes.get(queue) ?? new Set();
      wakes.set(queue, own.add(worker.wake));
      return {
        async [Symbol.asyncDispose]() {
          own.delete(worker.wake);
          await worker.stop();
        },
      };
    },
    async idle(queue) {
      while (await table.isBusy(queue)) await delay(5);
    },
    async close() {
      const listener = await listening;
      await listener?.[Symbol.asyncDispose]();
    },
  };
}
