import { setTimeout as delay } from 'node:timers/promises';
import type { ServerContext } from '../../context.ts';
import { sendAction } from './send-action.ts';

/** How often the outbox is looked at when it was empty. */
const POLL_MS = 1_000;
/** Actions sent at the same time. */
const BATCH = 8;

/** Sends the actions that are due now, each once. @returns how many were taken up */
export async function sendDueActions(context: ServerContext, signal: AbortSignal): Promise<number> {
  const due = await context.store.lookup.dueActions(context.clock(), BATCH);
  await Promise.all(
    due.map(async ({ tenantId, actionId }) => {
      try {
        await sendAction(context, tenantId, actionId, Math.random(), signal);
      } catch (error) {
        // The lease runs out and the action is sent again.
        context.log.error({ err: error, action: actionId }, 'an action could not be sent');
      }
    }),
  );
  return due.length;
}

/** The outbox. Several servers may run it on one database: a lease belongs to one. Disposing interrupts what is being sent; it is sent again later. */
export async function startResponseWorker(context: ServerContext): Promise<AsyncDisposable> {
  const stop = new AbortController();
  const running = sendForever(context, stop.signal);
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await running;
    },
  };
}

async function sendForever(context: ServerContext, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    let taken = 0;
    try {
      taken = await sendDueActions(context, signal);
    } catch (error) {
      context.log.error({ err: error }, 'the outbox could not be looked at');
    }
    // A full batch means that more may be due.
    if (taken < BATCH) await delay(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}
