import { NetworkList } from '@vedette/contracts';
import type { ServerContext } from '../../context.ts';
import type { App } from '../../http/app-type.ts';
import { actorOf } from '../../http/request-actor.ts';
import { listNetworks } from './network-list.ts';

/** GET /networks. */
export async function networkRoutes(app: App, { store }: ServerContext): Promise<void> {
  app.get('/networks', { config: { permission: 'read' }, schema: { response: { 200: NetworkList } } }, (request) =>
    store.withTenant(actorOf(request).tenantId, listNetworks),
  );
}
