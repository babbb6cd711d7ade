import type { Tx } from '@vedette/store';

/** What is to be done, later and at least once. */
export interface NewJob {
  readonly queue: string;
  readonly tenantId: string;
  /** Ids only: what the job is about is read under its tenant when it runs. */
  readonly payload: Record<string, unknown>;
  /** While a job of the same queue, tenant and key waits, asking again changes nothing. A running one does not count: what changed meanwhile is done again. */
  readonly dedupeKey?: string;
  /** Not before this moment; default now. */
  readonly runAt?: Date;
}

/** A job in the hands of a handler. */
export interface Job {
  readonly id: string;
  readonly queue: string;
  readonly tenantId: string;
  readonly payload: Record<string, unknown>;
  /** 1 for the first run. More than 1 means that an earlier run failed, or that its worker died: part of the work may be done already. */
  readonly attempt: number;
  /** Aborted when the worker stops, or when the lease was lost to another worker. */
  readonly signal: AbortSignal;
}

export interface WorkOptions {
  /** Jobs of this queue that run at the same time in this process. */
  readonly concurrency: number;
  /** A job whose worker says nothing for this long is given to another. The lease is renewed at a third of this while the handler runs. */
  readonly leaseSeconds: number;
  /** Runs before a job is given up and kept dead, with its error; default 8. */
  readonly maxAttempts?: number;
  readonly handler: (job: Job) => Promise<void>;
  /** Told about each failure; `dead` when there will be no further attempt. */
  readonly onFailure?: (failure: { job: Job; error: unknown; dead: boolean }) => void;
}

/**
 * At least once: a job is gone only after its handler returned. Handlers must be safe to run again.
 * Two jobs of one key do not run at the same time, as far as leases can tell.
 */
export interface JobQueue {
  /** Adds a job as part of the caller's transaction: it exists when that commits, and never otherwise. */
  enqueue(tx: Tx, job: NewJob): Promise<void>;
  /** Starts a worker. Disposing takes no new job, waits for those that run, and aborts their signal. */
  work(queue: string, options: WorkOptions): AsyncDisposable;
  /** Resolves when no job of the queue is due or running. For tests and orderly stops; jobs due later are not waited for. */
  idle(queue: string): Promise<void>;
  /** Ends listening for new jobs. Stop the workers first. */
  close(): Promise<void>;
}
