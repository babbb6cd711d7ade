import { Overview } from '@vedette/contracts';
import type { ServerContext } from '../../context.ts';
import type { App } from '../../http/app-type.ts';
import { actorOf } from '../../http/request-actor.ts';
import { MISSED_REPORTS_OF_SILENCE } from '../devices/device-timeline.ts';
import { listAttention } from './attention.ts';
import { countActions, countApps, countDevices, countThreats } from './overview-store.ts';

/** GET /overview: the fleet at a glance, in one snapshot. */
export async function overviewRoutes(app: App, { store, clock, config }: ServerContext): Promise<void> {
  app.get('/overview', { config: { permission: 'read' }, schema: { response: { 200: Overview } } }, (request) =>
    store.withTenant(actorOf(request).tenantId, async (tx) => {
      const now = clock();
      const silentMs = config.reportIntervalSeconds * MISSED_REPORTS_OF_SILENCE * 1000;
      const moment = { now, silentBefore: new Date(now.getTime() - silentMs) };
      return {
        devices: await countDevices(tx, moment),
        threats: await countThreats(tx, moment),
        apps: await countApps(tx),
        actions: await countActions(tx),
        attention: await listAttention(tx, moment),
      };
    }),
  );
}
