import type { ActionState } from '@vedette/contracts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ActionChange, LIVE_STATES, type LiveAction, type LiveState, reconcile, type Wish } from './reconcile.ts';

const NOW = '2026-11-22T12:00:00.000Z';
const LATER = '2026-11-22T18:00:00.000Z';

function aWish(more: Partial<Wish> = {}): Wish {
  return {
    key: 'rule/act',
    ruleId: 'rule',
    connector: 'webhook',
    audience: 'admin',
    effect: 'notify',
    undo: true,
    notBefore: NOW,
    blocked: null,
    ...more,
  };
}
function anAction(state: LiveState, more: Partial<LiveAction> = {}): LiveAction {
  return {
    id: 'a',
    key: 'rule/act',
    connector: 'webhook',
    audience: 'admin',
    effect: 'notify',
    undo: true,
    state,
    phase: state === 'undo-pending' ? 'undo' : 'do',
    attempted: state === 'in-force' || state === 'undo-pending',
    notBefore: NOW,
    detail: null,
    ...more,
  };
}
const names = (changes: readonly ActionChange[]) => changes.map((change) => change.change);

describe('reconcile', () => {
  it.each([
    ['opens what is wanted and due', [aWish()], [], [{ change: 'open', state: 'pending' }]],
    [
      'lets it wait for its time',
      [aWish({ notBefore: LATER })],
      [],
      [{ change: 'open', state: 'waiting', detail: `starts at ${LATER}` }],
    ],
    [
      'lets it wait for its connector',
      [aWish({ blocked: 'not set up' })],
      [],
      [{ change: 'open', state: 'waiting', detail: 'not set up' }],
    ],
    ['starts it when its time has come', [aWish()], [anAction('waiting')], [{ change: 'start' }]],
    ['cancels what never left', [], [anAction('pending')], [{ change: 'cancel' }]],
    ['undoes what may have left', [], [anAction('pending', { attempted: true })], [{ change: 'undo' }]],
    ['undoes what is in force', [], [anAction('in-force')], [{ change: 'undo' }]],
    ['finishes what has no undo', [], [anAction('in-force', { undo: false })], [{ change: 'finish' }]],
    ['leaves an undo under way alone', [aWish()], [anAction('undo-pending')], []],
    ['keeps a failed action that is wanted', [aWish()], [anAction('failed')], []],
    [
      'cancels a failed action that was refused',
      [],
      [anAction('failed', { attempted: false })],
      [{ change: 'cancel' }],
    ],
    ['undoes a failed action that may have left', [], [anAction('failed', { attempted: true })], [{ change: 'undo' }]],
    ['keeps a failed undo for a person', [], [anAction('failed', { phase: 'undo', attempted: true })], []],
    [
      'opens anew when the undo had failed',
      [aWish()],
      [anAction('failed', { phase: 'undo', attempted: true })],
      [{ change: 'finish' }, { change: 'open' }],
    ],
    [
      'takes back an effect that changed',
      [aWish({ effect: 'quarantine' })],
      [anAction('in-force')],
      [{ change: 'undo' }],
    ],
    [
      'replaces an effect that changed before it left',
      [aWish({ effect: 'quarantine' })],
      [anAction('waiting')],
      [{ change: 'cancel' }, { change: 'open' }],
    ],
    [
      'holds what is blocked before it left',
      [aWish({ blocked: 'not set up' })],
      [anAction('pending')],
      [{ change: 'hold', detail: 'not set up' }],
    ],
    [
      'carries through what has left',
      [aWish({ blocked: 'not set up' })],
      [anAction('pending', { attempted: true })],
      [],
    ],
  ])('%s', (_, wanted, live, expected) => {
    const changes = reconcile(wanted, live, NOW);
    expect(changes).toHaveLength(expected.length);
    expect(changes).toMatchObject(expected);
  });
});

// --- a model of the world the actions live in ---------------------------------------------------------------------------

interface Row extends Omit<LiveAction, 'state'> {
  state: ActionState;
  /** What really happened outside, which the server can only guess. */
  outside: boolean;
}

function isLive(row: Row): row is Row & { state: LiveState } {
  return LIVE_STATES.some((state) => state === row.state);
}

/** Applies changes as the store does. */
function apply(rows: Row[], changes: readonly ActionChange[]): Row[] {
  const next = rows.map((row) => ({ ...row }));
  const row = (id: string): Row => {
    const found = next.find((one) => one.id === id);
    if (found === undefined) throw new Error('no such action');
    return found;
  };
  for (const change of changes) {
    switch (change.change) {
      case 'open':
        next.push({
          ...anAction('waiting'),
          ...change.wish,
          state: change.state,
          detail: change.detail,
          id: `a${next.length}`,
          phase: 'do',
          attempted: false,
          outside: false,
        });
        break;
      case 'start':
        row(change.id).state = 'pending';
        break;
      case 'hold':
        Object.assign(row(change.id), { state: 'waiting', notBefore: change.notBefore, detail: change.detail });
        break;
      case 'cancel':
        row(change.id).state = 'cancelled';
        break;
      case 'undo':
        Object.assign(row(change.id), { state: 'undo-pending', phase: 'undo' });
        break;
      case 'finish':
        row(change.id).state = 'done';
        break;
    }
  }
  return next;
}

/** What the outbox may do with an action between two reconciliations. `lost`: it arrived, and the answer did not. */
type Send = 'nothing' | 'delivered' | 'lost' | 'never-arrived' | 'refused' | 'given-up';

function send(row: Row, what: Send): Row {
  if (what === 'nothing' || (row.state !== 'pending' && row.state !== 'undo-pending')) return row;
  const arrived = what === 'delivered' || what === 'lost' || what === 'given-up';
  const outside = arrived ? row.state === 'pending' : row.outside;
  const first = !row.attempted;
  const sent = { ...row, attempted: true, outside };
  if (what === 'delivered') return { ...sent, state: row.state === 'pending' ? 'in-force' : 'undone' };
  if (what === 'refused') return { ...sent, state: 'failed', attempted: row.state === 'undo-pending' || !first };
  if (what === 'given-up') return { ...sent, state: 'failed' };
  return sent;
}

const step = fc.record({
  wanted: fc.boolean(),
  effect: fc.constantFrom('notify', 'quarantine'),
  undo: fc.boolean(),
  blocked: fc.constantFrom(null, 'not set up'),
  notBefore: fc.constantFrom(NOW, LATER),
  send: fc.constantFrom<Send>('nothing', 'delivered', 'lost', 'never-arrived', 'refused', 'given-up'),
});

describe('over any history of wishes, crashes and answers', () => {
  it('there is one live action per key, nothing that left is cancelled, and the same wish again changes nothing', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let rows: Row[] = [];
        for (const one of steps) {
          const wishes = one.wanted ? [aWish(one)] : [];
          const changes = reconcile(wishes, rows.filter(isLive), NOW);
          for (const change of changes) {
            if (change.change === 'cancel') expect(rows.find((row) => row.id === change.id)?.attempted).toBe(false);
          }
          rows = apply(rows, changes);
          expect(rows.filter(isLive).length).toBeLessThanOrEqual(1);
          expect(rows.filter((row) => row.state === 'cancelled' && row.outside)).toEqual([]);
          expect(names(reconcile(wishes, rows.filter(isLive), NOW))).toEqual([]);
          rows = rows.map((row) => send(row, one.send));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('settles once everything is delivered: in force when wanted, nothing undoable in force when not', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), fc.boolean(), (steps, wanted) => {
        let rows: Row[] = [];
        for (const one of steps) {
          rows = apply(rows, reconcile(one.wanted ? [aWish(one)] : [], rows.filter(isLive), NOW));
          rows = rows.map((row) => send(row, one.send));
        }
        for (let round = 0; round < 6; round += 1) {
          rows = apply(rows, reconcile(wanted ? [aWish()] : [], rows.filter(isLive), NOW));
          rows = rows.map((row) => send(row, 'delivered'));
        }
        const live = rows.filter(isLive);
        // What failed stays until a person retries it.
        if (live.some((row) => row.state === 'failed')) return;
        expect(live.map((row) => row.state)).toEqual(wanted ? ['in-force'] : []);
      }),
      { numRuns: 500 },
    );
  });
});
