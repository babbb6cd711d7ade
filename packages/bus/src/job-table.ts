import type { Store } from '@vedette/store';
import { sql } from 'kysely';

/** A job this worker holds. */
export interface HeldJob {
  readonly id: string;
  readonly leaseId: string;
  readonly tenantId: string;
  readonly payload: Record<string, unknown>;
  readonly attempt: number;
}

/** The statements of the queue. Every one that ends a lease names the lease: a worker that lost it changes nothing. */
export interface JobTable {
  take(queue: string, most: number, leaseSeconds: number): Promise<HeldJob[]>;
  /** @returns false when the lease was lost */
  renew(job: HeldJob, leaseSeconds: number): Promise<boolean>;
  complete(job: HeldJob): Promise<void>;
  /** Gives the job back, to run after its back-off; `counted` false: as if this run had not been. */
  release(job: HeldJob, error: string, counted: boolean): Promise<void>;
  bury(job: HeldJob, error: string): Promise<void>;
  /** When something of the queue falls due next; null when nothing waits. */
  nextDue(queue: string): Promise<Date | null>;
  isBusy(queue: string): Promise<boolean>;
}

const FIRST_BACKOFF_MS = 1000;
const LONGEST_BACKOFF_MS = 5 * 60_000;
/** SQLSTATE unique_violation (PostgreSQL manual, appendix A). */
const UNIQUE_VIOLATION = '23505';

/** Doubles from one second to five minutes; half of it is chance, so that what failed together does not return together. */
export function backoffMs(attempt: number, random: () => number): number {
  const full = Math.min(FIRST_BACKOFF_MS * 2 ** Math.max(0, Math.min(attempt, 20) - 1), LONGEST_BACKOFF_MS);
  return full / 2 + (full / 2) * random();
}

export function createJobTable(dependencies: {
  readonly store: Pick<Store, 'withoutTenant'>;
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly random: () => number;
}): JobTable {
  const { store, clock, newId } = dependencies;
  return {
    take: (queue, most, leaseSeconds) =>
      store.withoutTenant(async (tx) => {
        const now = clock();
        // A job whose worker died goes before the one that was asked for after it: taken together, two of one key would run at once.
        const { rows } = await sql<{
          id: string;
          leaseId: string;
          tenantId: string;
          payload: Record<string, unknown>;
          attempt: number;
        }>`
          update jobs set lease_id = ${newId()}, leased_until = ${inSeconds(now, leaseSeconds)}, attempts = attempts + 1
          where id in (
            select due.id from jobs due
            where due.queue = ${queue} and due.dead_at is null and due.run_at <= ${now}
              and (due.lease_id is null or due.leased_until <= ${now})
              and not exists (
                select from jobs other where other.queue = due.queue and other.tenant_id = due.tenant_id and other.dedupe_key = due.dedupe_key
                  and other.id <> due.id and other.lease_id is not null
                  and (other.leased_until > ${now} or due.lease_id is null))
            order by due.run_at, due.id limit ${most} for update skip locked)
          returning id, lease_id as "leaseId", tenant_id as "tenantId", payload, attempts as attempt`.execute(tx);
        return rows;
      }),
    renew: (job, leaseSeconds) =>
      store.withoutTenant(async (tx) => {
        const result = await tx
          .updateTable('jobs')
          .set({ leased_until: inSeconds(clock(), leaseSeconds) })
          .where('id', '=', job.id)
          .where('lease_id', '=', job.leaseId)
          .executeTakeFirst();
        return result.numUpdatedRows > 0n;
      }),
    complete: (job) =>
      store.withoutTenant(async (tx) => {
        // Wakes the worker that may have passed over a waiting job of the same key.
        await sql`
          with done as (delete from jobs where id = ${job.id} and lease_id = ${job.leaseId} returning queue, tenant_id, dedupe_key)
          select pg_notify('vedette_jobs', done.queue) from done
          where exists (select from jobs j where j.queue = done.queue and j.tenant_id = done.tenant_id and j.dedupe_key = done.dedupe_key and j.lease_id is null and j.dead_at is null)`.execute(
          tx,
        );
      }),
    async release(job, error, counted) {
      const wait = counted ? backoffMs(job.attempt, dependencies.random) : 0;
      const held = { id: job.id, leaseId: job.leaseId };
      try {
        await store.withoutTenant((tx) =>
          tx
            .updateTable('jobs')
            .set({
              lease_id: null,
              leased_until: null,
              run_at: new Date(clock().getTime() + wait),
              attempts: counted ? job.attempt : job.attempt - 1,
              last_error: error,
            })
            .where('id', '=', held.id)
            .where('lease_id', '=', held.leaseId)
            .execute(),
        );
      } catch (cause) {
        if (!isUniqueViolation(cause)) throw cause;
        // The same was asked for again meanwhile: that job stands for this one.
        await store.withoutTenant((tx) =>
          tx.deleteFrom('jobs').where('id', '=', held.id).where('lease_id', '=', held.leaseId).execute(),
        );
      }
    },
    async bury(job, error) {
      await store.withoutTenant((tx) =>
        tx
          .updateTable('jobs')
          .set({ lease_id: null, leased_until: null, dead_at: clock(), last_error: error })
          .where('id', '=', job.id)
          .where('lease_id', '=', job.leaseId)
          .execute(),
      );
    },
    nextDue: (queue) =>
      store.withoutTenant(async (tx) => {
        const { rows } = await sql<{ at: Date | null }>`
          select min(coalesce(leased_until, run_at)) as at from jobs where queue = ${queue} and dead_at is null`.execute(
          tx,
        );
        return rows[0]?.at ?? null;
      }),
    isBusy: (queue) =>
      store.withoutTenant(async (tx) => {
        const { rows } = await sql`
          select from jobs where queue = ${queue} and dead_at is null and (lease_id is not null or run_at <= ${clock()}) limit 1`.execute(
          tx,
        );
        return rows.length > 0;
      }),
  };
}

function inSeconds(from: Date, seconds: number): Date {
  return new Date(from.getTime() + seconds * 1000);
}

function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION;
}
