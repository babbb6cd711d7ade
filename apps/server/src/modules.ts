import type { ServerContext } from './context.ts';
import type { App } from './http/app-type.ts';
import { appRoutes } from './modules/apps/routes.ts';
import { suppressionRoutes } from './modules/apps/suppression-routes.ts';
import { startAppsWorker } from './modules/apps/worker.ts';
import { startAssessmentWorker } from './modules/assessment/worker.ts';
import { attestationRoutes } from './modules/attestation/routes.ts';
import { auditRoutes } from './modules/audit/routes.ts';
import { connectorRoutes } from './modules/connectors/routes.ts';
import { deviceRoutes } from './modules/devices/routes.ts';
import { enrolmentRoutes } from './modules/enrolment/routes.ts';
import { eventRoutes } from './modules/events/routes.ts';
import { healthRoutes } from './modules/health/routes.ts';
import { ingestRoutes } from './modules/ingest/routes.ts';
import { networkRoutes } from './modules/networks/routes.ts';
import { overviewRoutes } from './modules/overview/routes.ts';
import { policyRoutes } from './modules/policy/routes.ts';
import { responseRoutes } from './modules/response/routes.ts';
import { startResponseWorker } from './modules/response/worker.ts';
import { searchRoutes } from './modules/search/routes.ts';
import { sessionRoutes } from './modules/session/routes.ts';
import { setupRoutes } from './modules/setup/routes.ts';
import { threatRoutes } from './modules/threats/routes.ts';

/** Every feature of the server: endpoints under `/api/v1`, of the agents under `/agent/v1`. */
export async function registerModules(app: App, context: ServerContext): Promise<void> {
  await healthRoutes(app, context);
  await app.register((agent: App) => ingestRoutes(agent, context));
  await app.register(
    async (api: App) => {
      await setupRoutes(api, context);
      await sessionRoutes(api, context);
      await deviceRoutes(api, context);
      await attestationRoutes(api, context);
      await threatRoutes(api, context);
      await api.register((part: App) => appRoutes(part, context));
      await suppressionRoutes(api, context);
      await networkRoutes(api, context);
      await enrolmentRoutes(api, context);
      await connectorRoutes(api, context);
      await policyRoutes(api, context);
      await responseRoutes(api, context);
      await overviewRoutes(api, context);
      await auditRoutes(api, context);
      await searchRoutes(api, context);
      await eventRoutes(api, context);
      api.get('/openapi.json', { config: { public: true }, schema: { hide: true } }, () => app.swagger());
    },
    { prefix: '/api/v1' },
  );
}

/** Starts what works by itself. Stopped in reverse order. */
export async function startWorkers(context: ServerContext): Promise<AsyncDisposable[]> {
  return [await startAppsWorker(context), await startAssessmentWorker(context), await startResponseWorker(context)];
}
