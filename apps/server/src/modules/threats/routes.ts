import { IgnoreRequest, ThreatDetail, ThreatList } from '@vedette/contracts';
import { z } from 'zod';
import type { Actor } from '../../actor.ts';
import type { ServerContext } from '../../context.ts';
import type { App } from '../../http/app-type.ts';
import { actorOf } from '../../http/request-actor.ts';
import { ignoreThreat, noSuchThreat, reopenThreat } from './threat-changes.ts';
import { listThreats, readThreat, ThreatListQuery } from './threat-store.ts';

const Id = z.object({ id: z.uuid() });

/** GET /threats and /threats/:id; POST /threats/:id/ignore and /threats/:id/reopen. */
export async function threatRoutes(app: App, context: ServerContext): Promise<void> {
  const { store, events } = context;
  const administer = { permission: 'administer' } as const;
  const detail = async (actor: Actor, id: string) => {
    const threat = await store.withTenant(actor.tenantId, (tx) => readThreat(tx, id));
    if (threat === null) throw noSuchThreat();
    return threat;
  };

  app.get(
    '/threats',
    { config: { permission: 'read' }, schema: { querystring: ThreatListQuery, response: { 200: ThreatList } } },
    (request) => store.withTenant(actorOf(request).tenantId, (tx) => listThreats(tx, request.query)),
  );

  app.get(
    '/threats/:id',
    { config: { permission: 'read' }, schema: { params: Id, response: { 200: ThreatDetail } } },
    (request) => detail(actorOf(request), request.params.id),
  );

  app.post(
    '/threats/:id/ignore',
    { config: administer, schema: { params: Id, body: IgnoreRequest, response: { 200: ThreatDetail } } },
    async (request) => {
      const actor = actorOf(request);
      const { id } = request.params;
      await ignoreThreat(context, actor, id, request.body.reason);
      events.publish(actor.tenantId, { type: 'threat', id, change: 'ignored' });
      return detail(actor, id);
    },
  );

  app.post(
    '/threats/:id/reopen',
    { config: administer, schema: { params: Id, response: { 200: ThreatDetail } } },
    async (request) => {
      const actor = actorOf(request);
      const { id } = request.params;
      await reopenThreat(context, actor, id);
      events.publish(actor.tenantId, { type: 'threat', id, change: 'reopened' });
      return detail(actor, id);
    },
  );
}
