import { ActionList, ActionState, ActionView, ConnectorKind, type ServerEvent } from '@vedette/contracts';
import type { Tx } from '@vedette/store';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Actor } from '../../actor.ts';
import type { ServerContext } from '../../context.ts';
import type { App } from '../../http/app-type.ts';
import { decodeCursor, pageOf, pageQuery } from '../../http/cursor.ts';
import { problem } from '../../http/problem.ts';
import { actorOf } from '../../http/request-actor.ts';
import { ACTION_COLUMNS, viewAction } from '../devices/views.ts';

const ActionQuery = z.object({ ...pageQuery, state: ActionState.optional(), connector: ConnectorKind.optional() });
const ActionCursor = z.tuple([z.iso.datetime(), z.uuid()]);

/** Newest first; index `actions_newest`. */
async function listActions(tx: Tx, query: z.infer<typeof ActionQuery>): Promise<ActionList> {
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor, ActionCursor);
  let matching = tx.selectFrom('actions as a').innerJoin('devices as d', 'd.id', 'a.device_id');
  if (query.state !== undefined) matching = matching.where('a.state', '=', query.state);
  if (query.connector !== undefined) matching = matching.where('a.connector', '=', query.connector);
  const { total } = await matching
    .select((select) => select.fn.countAll<string>().as('total'))
    .executeTakeFirstOrThrow();
  let rows = matching.select(ACTION_COLUMNS);
  if (after !== null) rows = rows.where(sql<boolean>`(a.wanted_at, a.id) < (${new Date(after[0])}, ${after[1]}::uuid)`);
  const found = await rows
    .orderBy('a.wanted_at', 'desc')
    .orderBy('a.id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const { shown, nextCursor } = pageOf(found, query.limit, (row) => [row.wanted_at.toISOString(), row.id]);
  return { items: shown.map(viewAction), nextCursor, total: Number(total) };
}

async function readAction(tx: Tx, id: string): Promise<ActionView> {
  const row = await tx
    .selectFrom('actions as a')
    .innerJoin('devices as d', 'd.id', 'a.device_id')
    .where('a.id', '=', id)
    .select(ACTION_COLUMNS)
    .executeTakeFirst();
  if (row === undefined) throw problem(404, 'not-found', 'Your organisation has no action of this id');
  return viewAction(row);
}

/** Gives an action that was given up a new round of attempts, with the same content under the same key. @throws HttpProblem 404, 409 */
async function retryAction(
  { store, clock }: Pick<ServerContext, 'store' | 'clock'>,
  actor: Actor,
  id: string,
): Promise<ActionView> {
  return store.mutate(
    actor,
    (action: ActionView) => ({
      action: 'action.retry',
      object: `action ${action.effect} for ${action.device.name}`,
      detail: { id, rule: action.ruleId, connector: action.connector },
    }),
    async (tx) => {
      const row = await tx
        .selectFrom('actions')
        .where('id', '=', id)
        .select(['state', 'phase'])
        .forUpdate()
        .executeTakeFirst();
      if (row === undefined) throw problem(404, 'not-found', 'Your organisation has no action of this id');
      if (row.state !== 'failed')
        throw problem(409, 'wrong-state', `The action is ${row.state}; only one that failed can be retried`);
      await tx
        .updateTable('actions')
        .set({ state: row.phase === 'do' ? 'pending' : 'undo-pending', attempts: 0, next_attempt_at: clock() })
        .where('id', '=', id)
        .execute();
      return readAction(tx, id);
    },
  );
}

/** GET /actions; POST /actions/:id/retry. */
export async function responseRoutes(app: App, context: ServerContext): Promise<void> {
  app.get(
    '/actions',
    { config: { permission: 'read' }, schema: { querystring: ActionQuery, response: { 200: ActionList } } },
    (request) => context.store.withTenant(actorOf(request).tenantId, (tx) => listActions(tx, request.query)),
  );

  app.post(
    '/actions/:id/retry',
    {
      config: { permission: 'administer' },
      schema: { params: z.object({ id: z.uuid() }), response: { 200: ActionView } },
    },
    async (request) => {
      const actor = actorOf(request);
      const action = await retryAction(context, actor, request.params.id);
      const event: ServerEvent = { type: 'action', id: action.id, state: action.state };
      context.events.publish(actor.tenantId, event);
      return action;
    },
  );
}
