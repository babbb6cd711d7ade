import type { ServerContext } from './context.ts';
import type { App } from './http/app-type.ts';
import { healthRoutes } from './modules/health/routes.ts';
import { sessionRoutes } from './modules/session/routes.ts';
import { setupRoutes } from './modules/setup/routes.ts';

/** Every feature of the server: endpoints under `/api/v1`, of the agents under `/agent/v1`. */
export async function registerModules(app: App, context: ServerContext): Promise<void> {
  await healthRoutes(app, context);
  await app.register(
    async (api: App) => {
      await setupRoutes(api, context);
      await sessionRoutes(api, context);
      api.get('/openapi.json', { config: { public: true }, schema: { hide: true } }, () => app.swagger());
    },
    { prefix: '/api/v1' },
  );
}

/** Starts what works by itself. Stopped in reverse order. */
export async function startWorkers(_context: ServerContext): Promise<AsyncDisposable[]> {
  return [];
}
