import type { ActionState, ConnectorKind, WantedAction } from '@vedette/contracts';

/** States in which an action is not over; at most one per key of a device is in them. */
export type LiveState = Extract<ActionState, 'waiting' | 'pending' | 'in-force' | 'undo-pending' | 'failed'>;
export const LIVE_STATES: readonly LiveState[] = ['waiting', 'pending', 'in-force', 'undo-pending', 'failed'];

/** An action as it stands, as far as reconciling needs it. */
export interface LiveAction {
  readonly id: string;
  readonly key: string;
  readonly connector: ConnectorKind;
  readonly audience: 'admin' | 'user';
  readonly effect: string;
  readonly undo: boolean;
  readonly state: LiveState;
  readonly phase: 'do' | 'undo';
  /** Whether the effect may have happened outside. */
  readonly attempted: boolean;
  /** ISO 8601. */
  readonly notBefore: string;
  readonly detail: string | null;
}

/** What is wanted now. `blocked`: why it cannot be sent although its time may have come (connector not set up, nobody to write to); null: it can. */
export interface Wish extends WantedAction {
  readonly blocked: string | null;
}

/** One step of one action. */
export type ActionChange =
  | {
      readonly change: 'open';
      readonly wish: Wish;
      readonly state: 'waiting' | 'pending';
      readonly detail: string | null;
    }
  /** Its time has come and nothing blocks it: `pending`. */
  | { readonly change: 'start'; readonly id: string }
  /** Not yet, or not any more: `waiting`, with the reason. */
  | { readonly change: 'hold'; readonly id: string; readonly notBefore: string; readonly detail: string | null }
  /** Not wanted, and certainly never sent: `cancelled`. */
  | { readonly change: 'cancel'; readonly id: string }
  /** Not wanted, may be in force outside: `undo-pending`. */
  | { readonly change: 'undo'; readonly id: string }
  /** Not wanted, in force or maybe so, has no undo (or its undo was given up while it is wanted again): `done`. */
  | { readonly change: 'finish'; readonly id: string; readonly detail: string | null };

function isSame(live: LiveAction, wish: Wish): boolean {
  return live.connector === wish.connector && live.audience === wish.audience && live.effect === wish.effect;
}

function waitReason(wish: Wish, nowMs: number): string | null {
  if (wish.blocked !== null) return wish.blocked;
  return Date.parse(wish.notBefore) > nowMs ? `starts at ${wish.notBefore}` : null;
}

function isDue(wish: Wish, nowMs: number): boolean {
  return waitReason(wish, nowMs) === null;
}

function open(wish: Wish, nowMs: number): ActionChange {
  return { change: 'open', wish, state: isDue(wish, nowMs) ? 'pending' : 'waiting', detail: waitReason(wish, nowMs) };
}

function whenWanted(live: LiveAction, wish: Wish, nowMs: number): ActionChange[] {
  switch (live.state) {
    case 'waiting':
    case 'pending': {
      if (isDue(wish, nowMs)) return live.state === 'waiting' ? [{ change: 'start', id: live.id }] : [];
      // Once an attempt has left, it is carried through.
      if (live.attempted) return [];
      const detail = waitReason(wish, nowMs);
      if (
        live.state === 'waiting' &&
        live.detail === detail &&
        Date.parse(live.notBefore) === Date.parse(wish.notBefore)
      )
        return [];
      return [{ change: 'hold', id: live.id, notBefore: wish.notBefore, detail }];
    }
    case 'in-force':
    case 'undo-pending':
      // An undo that is on its way is finished first; the assessment that follows opens a new action.
      return [];
    case 'failed':
      if (live.phase === 'do') return [];
      return [
        { change: 'finish', id: live.id, detail: 'its undo was given up; the effect is wanted again' },
        open(wish, nowMs),
      ];
  }
}

function whenUnwanted(live: LiveAction): ActionChange[] {
  switch (live.state) {
    case 'waiting':
    case 'pending':
      if (!live.attempted) return [{ change: 'cancel', id: live.id }];
      return [live.undo ? { change: 'undo', id: live.id } : { change: 'finish', id: live.id, detail: null }];
    case 'in-force':
      return [live.undo ? { change: 'undo', id: live.id } : { change: 'finish', id: live.id, detail: null }];
    case 'undo-pending':
      return [];
    case 'failed':
      // A failed undo stays: somebody has to look at it.
      if (live.phase === 'undo') return [];
      if (!live.attempted) return [{ change: 'cancel', id: live.id }];
      return [live.undo ? { change: 'undo', id: live.id } : { change: 'finish', id: live.id, detail: null }];
  }
}

/**
 * What has to happen so that the actions in the world become the actions that are wanted. Pure. For every key there is at most one live action before and after; an action that may
 * have left is undone, never cancelled; an action whose content changed under the same key is taken back first.
 * @param now ISO 8601
 */
export function reconcile(wanted: readonly Wish[], live: readonly LiveAction[], now: string): ActionChange[] {
  const nowMs = Date.parse(now);
  const wishes = new Map(wanted.map((wish) => [wish.key, wish]));
  const changes: ActionChange[] = [];
  for (const action of live) {
    const wish = wishes.get(action.key);
    wishes.delete(action.key);
    if (wish !== undefined && isSame(action, wish)) {
      changes.push(...whenWanted(action, wish, nowMs));
      continue;
    }
    const steps = whenUnwanted(action);
    changes.push(...steps);
    // Under a changed content the key is free at once when nothing has to be taken back.
    const isFree = steps.some((step) => step.change === 'cancel' || step.change === 'finish');
    if (wish !== undefined && isFree) changes.push(open(wish, nowMs));
  }
  for (const wish of wishes.values()) changes.push(open(wish, nowMs));
  return changes;
}
