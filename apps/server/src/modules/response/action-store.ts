import { type ConnectorKind, type Decision, EmailSettings, type ServerEvent } from '@vedette/contracts';
import type { Tx } from '@vedette/store';
import type { ServerContext } from '../../context.ts';
import { type ActionChange, LIVE_STATES, type LiveAction, reconcile, type Wish } from './reconcile.ts';

/** Why an action waits when its connector is not set up. */
export function notConfigured(kind: ConnectorKind): string {
  return `the ${kind === 'email' ? 'e-mail' : 'webhook'} connector is not set up`;
}
const NOBODY_TO_WRITE_TO = 'the device has no owner with an e-mail address';

export async function configuredConnectors(tx: Tx): Promise<ReadonlySet<ConnectorKind>> {
  const rows = await tx.selectFrom('connectors').select('kind').execute();
  return new Set(rows.map((row) => row.kind));
}

interface Target {
  readonly tenantId: string;
  readonly deviceId: string;
  readonly owner: string | null;
}

function blockedBecause(
  wish: Decision['wanted'][number],
  configured: ReadonlySet<ConnectorKind>,
  owner: string | null,
): string | null {
  if (!configured.has(wish.connector)) return notConfigured(wish.connector);
  const needsOwner = wish.connector === 'email' && wish.audience === 'user';
  return needsOwner && !EmailSettings.shape.from.safeParse(owner).success ? NOBODY_TO_WRITE_TO : null;
}

async function liveActions(tx: Tx, deviceId: string): Promise<LiveAction[]> {
  const rows = await tx
    .selectFrom('actions')
    .where('device_id', '=', deviceId)
    .where('state', 'in', LIVE_STATES)
    .select([
      'id',
      'key',
      'connector',
      'audience',
      'effect',
      'undo',
      'state',
      'phase',
      'attempted',
      'not_before',
      'last_detail',
    ])
    .forUpdate()
    .execute();
  return rows.flatMap((row) => {
    const state = LIVE_STATES.find((one) => one === row.state);
    return state === undefined
      ? []
      : [{ ...row, state, notBefore: row.not_before.toISOString(), detail: row.last_detail }];
  });
}

/**
 * Brings a device's actions in line with what a decision wants, in the caller's transaction, which holds the device's row.
 * @returns what to publish after the commit, and the next moment at which a waiting action's time comes
 */
export async function reconcileActions(
  tx: Tx,
  { clock, newId }: Pick<ServerContext, 'clock' | 'newId'>,
  { tenantId, deviceId, owner }: Target,
  decision: Pick<Decision, 'wanted' | 'fired'>,
): Promise<{ events: ServerEvent[]; nextDue: Date | null }> {
  const now = clock();
  const configured = await configuredConnectors(tx);
  const wishes: Wish[] = decision.wanted.map((wish) => ({ ...wish, blocked: blockedBecause(wish, configured, owner) }));
  const titles = new Map(decision.fired.map((rule) => [rule.ruleId, rule.title]));
  const changes = reconcile(wishes, await liveActions(tx, deviceId), now.toISOString());
  const events: ServerEvent[] = [];
  for (const change of changes) {
    events.push(
      change.change === 'open'
        ? await openAction(
            tx,
            newId(),
            { tenantId, deviceId },
            change,
            titles.get(change.wish.ruleId) ?? change.wish.ruleId,
            now,
          )
        : await changeAction(tx, change, now),
    );
  }
  const waitsMs = wishes.map((wish) => Date.parse(wish.notBefore)).filter((ms) => ms > now.getTime());
  return { events, nextDue: waitsMs.length === 0 ? null : new Date(Math.min(...waitsMs)) };
}

async function openAction(
  tx: Tx,
  id: string,
  { tenantId, deviceId }: Omit<Target, 'owner'>,
  { wish, state, detail }: Extract<ActionChange, { change: 'open' }>,
  ruleTitle: string,
  now: Date,
): Promise<ServerEvent> {
  await tx
    .insertInto('actions')
    .values({
      id,
      tenant_id: tenantId,
      device_id: deviceId,
      key: wish.key,
      rule_id: wish.ruleId,
      rule_title: ruleTitle,
      connector: wish.connector,
      effect: wish.effect,
      audience: wish.audience,
      undo: wish.undo,
      state,
      wanted_at: now,
      not_before: new Date(wish.notBefore),
      next_attempt_at: state === 'pending' ? now : null,
      last_detail: detail,
    })
    .execute();
  return { type: 'action', id, state };
}

async function changeAction(
  tx: Tx,
  change: Exclude<ActionChange, { change: 'open' }>,
  now: Date,
): Promise<ServerEvent> {
  const set = columnsOf(change, now);
  await tx.updateTable('actions').set(set).where('id', '=', change.id).execute();
  return { type: 'action', id: change.id, state: set.state };
}

/** The lease is left alone: an attempt that is under way ends before the next one starts. */
function columnsOf(change: Exclude<ActionChange, { change: 'open' }>, now: Date) {
  switch (change.change) {
    case 'start':
      return { state: 'pending', next_attempt_at: now, last_detail: null } as const;
    case 'hold':
      return {
        state: 'waiting',
        not_before: new Date(change.notBefore),
        next_attempt_at: null,
        last_detail: change.detail,
      } as const;
    case 'cancel':
      return { state: 'cancelled', next_attempt_at: null, last_detail: 'no longer wanted' } as const;
    case 'undo':
      return {
        state: 'undo-pending',
        phase: 'undo',
        attempts: 0,
        next_attempt_at: now,
        last_detail: 'no longer wanted',
      } as const;
    case 'finish':
      return {
        state: 'done',
        next_attempt_at: null,
        last_detail: change.detail ?? 'no longer wanted; it has no undo',
      } as const;
  }
}
