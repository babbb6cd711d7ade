import { PolicyDocument, PolicyPreview, PolicyUpdate, PolicyVersion, PolicyVersionList } from '@vedette/contracts';
import { z } from 'zod';
import type { ServerContext } from '../../context.ts';
import type { App } from '../../http/app-type.ts';
import { actorOf } from '../../http/request-actor.ts';
import { listPolicyVersions, readPolicy, savePolicy } from './policy-store.ts';
import { previewPolicy } from './preview-policy.ts';

/** GET and PUT /policy; GET /policy/versions; POST /policy/preview. */
export async function policyRoutes(app: App, context: ServerContext): Promise<void> {
  const { store, events } = context;
  const read = { permission: 'read' } as const;

  app.get('/policy', { config: read, schema: { response: { 200: PolicyVersion } } }, (request) =>
    store.withTenant(actorOf(request).tenantId, readPolicy),
  );

  app.put(
    '/policy',
    { config: { permission: 'administer' }, schema: { body: PolicyUpdate, response: { 200: PolicyVersion } } },
    async (request) => {
      const actor = actorOf(request);
      const saved = await savePolicy(context, actor, request.body);
      events.publish(actor.tenantId, { type: 'policy', version: saved.version });
      return saved;
    },
  );

  app.get('/policy/versions', { config: read, schema: { response: { 200: PolicyVersionList } } }, (request) =>
    store.withTenant(actorOf(request).tenantId, listPolicyVersions),
  );

  // It changes nothing, so whoever may look may try.
  app.post(
    '/policy/preview',
    { config: read, schema: { body: z.strictObject({ document: PolicyDocument }), response: { 200: PolicyPreview } } },
    (request) => previewPolicy(context, actorOf(request).tenantId, request.body.document),
  );
}
