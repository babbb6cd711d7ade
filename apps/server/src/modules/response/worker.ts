import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServerContext } from '../../context.ts';
import { chooseDue, type DueAction, type SendingLimits } from './choose-due.ts';
import { sendAction } from './send-action.ts';

/** How often the outbox is looked at. */
const POLL_MS = 1_000;
const LIMITS: SendingLimits = { all: 16, perTenant: 4 };
/** Due actions looked at to choose from: enough that the ones of other organisations are seen behind those of one. */
const LOOK_AHEAD = 500;

async function sendOne(context: ServerContext, { tenantId, actionId }: DueAction, signal: AbortSignal): Promise<void> {
  try {
    await sendAction(context, tenantId, actionId, Math.random(), signal);
  } catch (error) {
    // The lease runs out and the action is sent again.
    context.log.error({ err: error, action: actionId }, 'an action could not be sent');
  }
}

/** Sends the actions that are due now, each once, and waits for them. @returns how many were taken up */
export async function sendDueActions(context: ServerContext, signal: AbortSignal): Promise<number> {
  const due = await context.store.lookup.dueActions(context.clock(), LIMITS.all);
  await Promise.all(due.map((action) => sendOne(context, action, signal)));
  return due.length;
}

/** The outbox. Several servers may run it on one database: a lease belongs to one. Disposing interrupts what is being sent; it is sent again later. */
export async function startResponseWorker(context: ServerContext): Promise<AsyncDisposable> {
  const stop = new AbortController();
  // Every attempt under way listens to it.
  setMaxListeners(0, stop.signal);
  const running = sendForever(context, stop.signal);
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await running;
    },
  };
}

async function sendForever(context: ServerContext, signal: AbortSignal): Promise<void> {
  const underWay = new Map<DueAction, Promise<void>>();
  while (!signal.aborted) {
    let full = false;
    try {
      const due = await context.store.lookup.dueActions(context.clock(), LOOK_AHEAD);
      const chosen = chooseDue(due, [...underWay.keys()], LIMITS);
      for (const action of chosen) {
        const sending = sendOne(context, action, signal).finally(() => underWay.delete(action));
        underWay.set(action, sending);
      }
      full = chosen.length < due.length;
    } catch (error) {
      context.log.error({ err: error }, 'the outbox could not be looked at');
    }
    // Where more is due than may be sent at a time, the next begins as soon as one has ended.
    const turn = new AbortController();
    const pause = delay(POLL_MS, undefined, { signal: AbortSignal.any([signal, turn.signal]) }).catch(() => undefined);
    await (full && underWay.size > 0 ? Promise.race([pause, ...underWay.values()]) : pause);
    turn.abort();
  }
  await Promise.all(underWay.values());
}
