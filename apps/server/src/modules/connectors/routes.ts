import { ConnectorKind, ConnectorList, ConnectorTestResult, EmailSettings, WebhookSettings } from '@vedette/contracts';
import { z } from 'zod';
import type { ServerContext } from '../../context.ts';
import type { App } from '../../http/app-type.ts';
import { problem } from '../../http/problem.ts';
import { actorOf } from '../../http/request-actor.ts';
import { sendTest } from '../response/send-test.ts';
import { listConnectors, removeConnector, saveEmail, saveWebhook } from './connector-store.ts';

/** A test leaves the house each time: nobody needs many. */
const TEST_RATE = { max: 20, timeWindow: 60_000 } as const;

/** GET /connectors; PUT /connectors/webhook and /connectors/email; DELETE /connectors/:kind; POST /connectors/:kind/test. */
export async function connectorRoutes(app: App, context: ServerContext): Promise<void> {
  const { store } = context;
  const administer = { permission: 'administer' } as const;

  app.get('/connectors', { config: { permission: 'read' }, schema: { response: { 200: ConnectorList } } }, (request) =>
    store.withTenant(actorOf(request).tenantId, listConnectors),
  );

  app.put(
    '/connectors/webhook',
    { config: administer, schema: { body: WebhookSettings, response: { 200: ConnectorList } } },
    async (request) => {
      const actor = actorOf(request);
      await saveWebhook(context, actor, request.body);
      return store.withTenant(actor.tenantId, listConnectors);
    },
  );

  app.put(
    '/connectors/email',
    { config: administer, schema: { body: EmailSettings, response: { 200: ConnectorList } } },
    async (request) => {
      const actor = actorOf(request);
      await saveEmail(context, actor, request.body);
      return store.withTenant(actor.tenantId, listConnectors);
    },
  );

  app.delete(
    '/connectors/:kind',
    { config: administer, schema: { params: z.object({ kind: ConnectorKind }), response: { 200: ConnectorList } } },
    async (request) => {
      const actor = actorOf(request);
      await removeConnector(context, actor, request.params.kind);
      return store.withTenant(actor.tenantId, listConnectors);
    },
  );

  app.post(
    '/connectors/:kind/test',
    {
      config: { ...administer, rateLimit: TEST_RATE },
      schema: { params: z.object({ kind: ConnectorKind }), response: { 200: ConnectorTestResult } },
    },
    async (request) => {
      const { tenantId } = actorOf(request);
      const { kind } = request.params;
      const list = await store.withTenant(tenantId, listConnectors);
      if (list[kind] === null) throw problem(404, 'not-found', `The ${kind} connector is not set up`);
      return sendTest(context, tenantId, kind);
    },
  );
}
