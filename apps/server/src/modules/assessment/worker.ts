import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { ASSESS_QUEUE, assessJob, type ServerContext } from '../../context.ts';
import { recountExpired, recountListed } from '../apps/suppression-store.ts';
import { assessDevice } from './assess-device.ts';
import { createPolicyReader } from './compiled-policy.ts';

/** Time alone changes answers (evidence goes stale, a device falls silent): every device is assessed at least this often. */
const REASSESS_AFTER_MS = 15 * 60_000;
const SWEEP_EVERY_MS = 60_000;
/** Devices taken up by one sweep; 500 a minute cover 7,500 devices in a quarter of an hour. */
const SWEEP_SIZE = 500;
const CONCURRENCY = 4;
const LEASE_SECONDS = 30;

/** Asks for all devices of an organisation to be assessed: `jobs.enqueue(tx, reassessAllJob(…))`. */
export const REASSESS_ALL_QUEUE = 'reassess-all';
export function reassessAllJob(tenantId: string) {
  return { queue: REASSESS_ALL_QUEUE, tenantId, payload: {}, dedupeKey: 'all' } as const;
}

const AssessPayload = z.object({ deviceId: z.uuid() });

/** Asks for the devices not assessed for a quarter of an hour, and counts anew what rested on a suppression that ran out or on lists that have changed. @returns how many devices were found */
export async function sweepDevices(
  context: Pick<ServerContext, 'store' | 'jobs' | 'clock' | 'indicators'>,
): Promise<number> {
  const { store, jobs, clock } = context;
  const known = (await context.indicators?.current()) ?? null;
  const due = await store.lookup.devicesToReassess(new Date(clock().getTime() - REASSESS_AFTER_MS), SWEEP_SIZE);
  for (const { tenantId, deviceId } of due) {
    await store.withTenant(tenantId, (tx) => jobs.enqueue(tx, assessJob(tenantId, deviceId)));
  }
  for (const tenantId of new Set(due.map((device) => device.tenantId)))
    await store.withTenant(tenantId, async (tx) => {
      await recountExpired(tx, context, tenantId, clock());
      if (known !== null) await recountListed(tx, context, tenantId, clock(), known);
    });
  return due.length;
}

async function reassessAll(
  { store, jobs }: Pick<ServerContext, 'store' | 'jobs'>,
  tenantId: string,
  signal: AbortSignal,
): Promise<void> {
  let after = '00000000-0000-0000-0000-000000000000';
  while (!signal.aborted) {
    const ids = await store.withTenant(tenantId, async (tx) => {
      const rows = await tx
        .selectFrom('devices')
        .where('state', '=', 'active')
        .where('id', '>', after)
        .select('id')
        .orderBy('id')
        .limit(SWEEP_SIZE)
        .execute();
      for (const { id } of rows) await jobs.enqueue(tx, assessJob(tenantId, id));
      return rows.map((row) => row.id);
    });
    const last = ids.at(-1);
    if (last === undefined) return;
    after = last;
  }
  throw new Error('stopped before every device was asked for');
}

/** Assesses devices as they are asked for, and looks every minute for those that time may have changed. Disposing waits for what runs. */
export async function startAssessmentWorker(context: ServerContext): Promise<AsyncDisposable> {
  const policies = createPolicyReader();
  const stop = new AbortController();
  const onFailure = (what: string) => (failure: { error: unknown; dead: boolean }) =>
    context.log.error({ err: failure.error, dead: failure.dead }, what);
  const assessing = context.jobs.work(ASSESS_QUEUE, {
    concurrency: CONCURRENCY,
    leaseSeconds: LEASE_SECONDS,
    handler: async ({ tenantId, payload }) =>
      assessDevice(context, policies, tenantId, AssessPayload.parse(payload).deviceId),
    onFailure: onFailure('a device could not be assessed'),
  });
  const spreading = context.jobs.work(REASSESS_ALL_QUEUE, {
    concurrency: 1,
    leaseSeconds: LEASE_SECONDS,
    handler: ({ tenantId, signal }) => reassessAll(context, tenantId, signal),
    onFailure: onFailure('devices could not be asked for'),
  });
  const sweeping = sweepForever(context, stop.signal);
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await sweeping;
      await spreading[Symbol.asyncDispose]();
      await assessing[Symbol.asyncDispose]();
    },
  };
}

async function sweepForever(context: ServerContext, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await sweepDevices(context);
    } catch (error) {
      context.log.error({ err: error }, 'devices to assess again could not be looked for');
    }
    // Rejects only when stopped.
    await delay(SWEEP_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}
