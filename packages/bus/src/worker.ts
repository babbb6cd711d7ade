import type { Job, WorkOptions } from './job-queue.ts';
import type { HeldJob, JobTable } from './job-table.ts';

export interface WorkerDependencies {
  readonly table: JobTable;
  readonly clock: () => Date;
  readonly pollMs: number;
  readonly onError: ((error: unknown) => void) | undefined;
}

const DEFAULT_MAX_ATTEMPTS = 8;
const ERROR_RETRY_MS = 1000;
const SHORTEST_WAIT_MS = 10;
const ERROR_LENGTH = 2000;

/** Takes jobs of one queue while there is room, and sleeps until something falls due or somebody wakes it. */
export function startWorker(
  dependencies: WorkerDependencies,
  queue: string,
  options: WorkOptions,
): { wake: () => void; stop: () => Promise<void> } {
  const { table, clock } = dependencies;
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let pumping: Promise<void> | null = null;
  let wokenMeanwhile = false;

  const sleep = (milliseconds: number) => {
    clearTimeout(timer);
    if (!stopping.signal.aborted) timer = setTimeout(wake, milliseconds);
  };

  function wake(): void {
    if (stopping.signal.aborted) return;
    if (pumping !== null) {
      wokenMeanwhile = true;
      return;
    }
    wokenMeanwhile = false;
    pumping = pump()
      .catch((error: unknown) => {
        dependencies.onError?.(error);
        sleep(ERROR_RETRY_MS);
      })
      .finally(() => {
        pumping = null;
        if (wokenMeanwhile) wake();
      });
  }

  async function pump(): Promise<void> {
    for (;;) {
      const room = options.concurrency - running.size;
      if (room <= 0 || stopping.signal.aborted) return;
      const taken = await table.take(queue, room, options.leaseSeconds);
      for (const job of taken) launch(job);
      if (taken.length < room) break;
    }
    const due = await table.nextDue(queue);
    const wait = due === null ? dependencies.pollMs : due.getTime() - clock().getTime();
    // What is due already and was not taken is held by another transaction, or follows a running job of its key: finishing wakes us.
    sleep(
      wait <= 0
        ? Math.min(dependencies.pollMs, ERROR_RETRY_MS)
        : Math.min(dependencies.pollMs, Math.max(wait, SHORTEST_WAIT_MS)),
    );
  }

  function launch(held: HeldJob): void {
    const task = runJob(dependencies, queue, options, held, stopping.signal)
      .catch((error: unknown) => dependencies.onError?.(error))
      .finally(() => {
        running.delete(task);
        wake();
      });
    running.add(task);
  }

  wake();
  return {
    wake,
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await pumping;
      clearTimeout(timer);
      await Promise.all(running);
    },
  };
}

async function runJob(
  { table, onError }: WorkerDependencies,
  queue: string,
  options: WorkOptions,
  held: HeldJob,
  stopping: AbortSignal,
): Promise<void> {
  const maxAttempts = options.maxAttempts ?? DEFAULT_MAX_ATTEMPTS;
  const lost = new AbortController();
  const job: Job = {
    id: held.id,
    queue,
    tenantId: held.tenantId,
    payload: held.payload,
    attempt: held.attempt,
    signal: AbortSignal.any([stopping, lost.signal]),
  };
  if (held.attempt > maxAttempts) {
    const error = new Error(`given up: its worker ended ${maxAttempts} times without an answer`);
    await table.bury(held, error.message);
    options.onFailure?.({ job, error, dead: true });
    return;
  }
  const renewal = setInterval(
    () => {
      table.renew(held, options.leaseSeconds).then(
        (kept) => {
          if (!kept) lost.abort();
        },
        (error: unknown) => onError?.(error),
      );
    },
    (options.leaseSeconds * 1000) / 3,
  );
  try {
    await options.handler(job);
  } catch (error) {
    clearInterval(renewal);
    await recordFailure(table, options, { job, held, error, maxAttempts, stopped: stopping.aborted });
    return;
  } finally {
    clearInterval(renewal);
  }
  await table.complete(held);
}

interface Failure {
  readonly job: Job;
  readonly held: HeldJob;
  readonly error: unknown;
  readonly maxAttempts: number;
  readonly stopped: boolean;
}

async function recordFailure(
  table: JobTable,
  options: WorkOptions,
  { job, held, error, maxAttempts, stopped }: Failure,
) {
  const message = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, ERROR_LENGTH);
  // Ended because the server stops: not the job's fault, so it does not count.
  if (stopped) return table.release(held, message, false);
  const dead = held.attempt >= maxAttempts;
  await (dead ? table.bury(held, message) : table.release(held, message, true));
  options.onFailure?.({ job, error, dead });
}
