import { z } from 'zod';
import type { ServerContext } from '../../context.ts';
import type { App } from '../../http/app-type.ts';

const Health = z.object({ status: z.enum(['ok', 'unavailable']) });

/** GET /healthz: the process answers. GET /readyz: it can work, the database answers too. */
export async function healthRoutes(app: App, { store, log }: ServerContext): Promise<void> {
  app.get('/healthz', { config: { public: true }, schema: { response: { 200: Health } } }, () => ({
    status: 'ok' as const,
  }));
  app.get(
    '/readyz',
    { config: { public: true }, schema: { response: { 200: Health, 503: Health } } },
    async (_request, reply) => {
      try {
        await store.ping();
        return { status: 'ok' as const };
      } catch (error) {
        log.warn({ err: error }, 'not ready');
        return reply.code(503).send({ status: 'unavailable' as const });
      }
    },
  );
}
