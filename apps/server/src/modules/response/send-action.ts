import type { Connector } from '@vedette/connectors';
import type { ActionState, Delivery, DeliveryOutcome } from '@vedette/contracts';
import { Delivery as DeliverySchema } from '@vedette/contracts';
import type { ActionsTable, Tx } from '@vedette/store';
import type { Selectable } from 'kysely';
import { assessJob, type ServerContext } from '../../context.ts';
import { notConfigured } from './action-store.ts';
import { buildDelivery } from './build-delivery.ts';
import { openConnector } from './connector-settings.ts';
import { waitBeforeRetry } from './retry-plan.ts';

type Dependencies = Pick<ServerContext, 'store' | 'jobs' | 'clock' | 'sealer' | 'events' | 'publicUrl' | 'log'>;
type ActionRow = Selectable<ActionsTable>;

/** A worker that says nothing for this long is taken for dead, and the action is sent again. Longer than any attempt may take. */
const LEASE_MS = 45_000;
const ATTEMPT_TIMEOUT_MS = 30_000;
/** An undo whose connector was removed is looked at again after this long. */
const UNCONFIGURED_WAIT_MS = 15 * 60_000;

interface Leased {
  readonly connector: Connector;
  readonly delivery: Delivery;
  readonly attempts: number;
}

/**
 * Sends one action whose time has come. First transaction: take the lease, fix the content, note that it may leave. Then send. Last transaction: record what became of it. A crash
 * in between leaves the lease to run out, and the same bytes are sent again under the same key: a receiver that keeps keys acts once, one that does not may act twice.
 */
export async function sendAction(
  dependencies: Dependencies,
  tenantId: string,
  actionId: string,
  random: number,
  signal: AbortSignal,
): Promise<void> {
  const { store, events } = dependencies;
  const leased = await store.withTenant(tenantId, (tx) => lease(tx, dependencies, actionId));
  if (leased === null) return;
  const outcome = await attempt(leased, signal);
  const state = await store.withTenant(tenantId, (tx) => record(tx, dependencies, actionId, leased, outcome, random));
  if (state !== null) events.publish(tenantId, { type: 'action', id: actionId, state });
}

async function attempt({ connector, delivery }: Leased, signal: AbortSignal): Promise<DeliveryOutcome> {
  try {
    return await connector.deliver(delivery, AbortSignal.any([signal, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)]));
  } catch (error) {
    return { outcome: 'retry', detail: error instanceof Error ? error.message.slice(0, 300) : 'the attempt failed' };
  }
}

async function lockDue(tx: Tx, actionId: string, now: Date): Promise<ActionRow | null> {
  const row = await tx
    .selectFrom('actions')
    .where('id', '=', actionId)
    .selectAll()
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (row === undefined || (row.state !== 'pending' && row.state !== 'undo-pending')) return null;
  if (row.next_attempt_at === null || row.next_attempt_at > now) return null;
  return row.leased_until !== null && row.leased_until > now ? null : row;
}

async function lease(tx: Tx, dependencies: Dependencies, actionId: string): Promise<Leased | null> {
  const { clock, log } = dependencies;
  const now = clock();
  const row = await lockDue(tx, actionId, now);
  if (row === null) return null;
  let connector: Connector | null = null;
  let problem = notConfigured(row.connector);
  try {
    connector = await openConnector(tx, dependencies, row.connector);
  } catch (error) {
    log.error({ err: error, connector: row.connector }, 'the settings of a connector could not be read');
    problem = 'the settings of the connector cannot be read; save them again';
  }
  if (connector === null) {
    await postpone(tx, row, problem, now);
    return null;
  }
  const { phase } = row;
  const kept = DeliverySchema.safeParse(phase === 'do' ? row.delivery : row.undo_delivery);
  const delivery = kept.success ? kept.data : await buildDelivery(tx, dependencies, row, phase);
  const content = JSON.stringify(delivery);
  const attempts = row.attempts + 1;
  await tx
    .updateTable('actions')
    .set({
      attempted: true,
      attempts,
      leased_until: new Date(now.getTime() + LEASE_MS),
      ...(phase === 'do' ? { delivery: content } : { undo_delivery: content }),
    })
    .where('id', '=', row.id)
    .execute();
  // Parsed once more: jsonb orders keys its own way, and the first attempt must send the bytes that later ones will.
  return { connector, delivery: DeliverySchema.parse(delivery), attempts };
}

/** Nobody to send with. What never left waits for the connector; what may have left stays where it is and is looked at again. */
async function postpone(tx: Tx, row: ActionRow, why: string, now: Date): Promise<void> {
  const waits = row.state === 'pending' && !row.attempted;
  await tx
    .updateTable('actions')
    .set({
      state: waits ? 'waiting' : row.state,
      next_attempt_at: waits ? null : new Date(now.getTime() + UNCONFIGURED_WAIT_MS),
      last_detail: why,
    })
    .where('id', '=', row.id)
    .execute();
}

async function record(
  tx: Tx,
  { clock, jobs }: Dependencies,
  actionId: string,
  { delivery, attempts }: Leased,
  outcome: DeliveryOutcome,
  random: number,
): Promise<ActionState | null> {
  const now = clock();
  const row = await tx.selectFrom('actions').where('id', '=', actionId).selectAll().forUpdate().executeTakeFirst();
  if (row === undefined) return null;
  const isStill = row.phase === delivery.phase && (row.state === 'pending' || row.state === 'undo-pending');
  const set = isStill
    ? columnsAfter(row, outcome, attempts, random, now)
    : { leased_until: null, ...(outcome.outcome === 'delivered' && delivery.phase === 'do' ? { sent_at: now } : {}) };
  await tx.updateTable('actions').set(set).where('id', '=', actionId).execute();
  // Once an undo is through, the same effect may be wanted again.
  if ('state' in set && set.state === 'undone') await jobs.enqueue(tx, assessJob(row.tenant_id, row.device_id));
  return 'state' in set ? set.state : null;
}

function columnsAfter(row: ActionRow, outcome: DeliveryOutcome, attempts: number, random: number, now: Date) {
  const common = { leased_until: null, last_detail: outcome.detail.slice(0, 500) };
  switch (outcome.outcome) {
    case 'delivered':
      return row.phase === 'do'
        ? { ...common, state: 'in-force' as const, sent_at: now, next_attempt_at: null }
        : { ...common, state: 'undone' as const, undone_at: now, next_attempt_at: null };
    case 'rejected':
      // A first attempt that was refused left nothing behind; an earlier one whose answer was lost may have.
      return {
        ...common,
        state: 'failed' as const,
        next_attempt_at: null,
        attempted: row.phase === 'undo' || attempts > 1,
      };
    case 'retry': {
      const waitMs = waitBeforeRetry(attempts, random, outcome.afterSeconds);
      return waitMs === null
        ? { ...common, state: 'failed' as const, next_attempt_at: null }
        : { ...common, state: row.state, next_attempt_at: new Date(now.getTime() + waitMs) };
    }
  }
}
