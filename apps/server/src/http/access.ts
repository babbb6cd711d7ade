import { Problem } from '@vedette/contracts';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../actor.ts';
import type { App } from './app-type.ts';
import { problem } from './problem.ts';
import { actorOf, authorize } from './request-actor.ts';

/** A header that a form on another site cannot send without this server's leave (Fetch, CORS-safelisted request headers). */
const CSRF_HEADER = 'x-vedette-csrf';
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

export interface AccessDependencies {
  readonly findActor: (request: FastifyRequest) => Promise<Actor | null>;
  readonly publicUrl: string;
}

/**
 * Makes every route say who may call it, and holds callers to it before a body is read. A route that declares neither a permission nor that it is public
 * keeps the server from starting, so that forgetting is noticed at once.
 */
export function controlAccess(app: App, { findActor, publicUrl }: AccessDependencies): void {
  const ownOrigin = new URL(publicUrl).origin;
  app.decorateRequest('actor', null);
  app.addHook('onRoute', (route) => {
    const { permission, public: open } = route.config ?? {};
    if ((permission === undefined) === (open === undefined))
      throw new Error(`${String(route.method)} ${route.url} must declare either a permission or that it is public`);
    if (route.url.startsWith('/api/') && route.schema !== undefined) {
      const { response } = route.schema;
      route.schema.response = { ...(typeof response === 'object' ? response : {}), '4xx': Problem };
    }
  });
  app.addHook('onRequest', async (request) => {
    const { config, url } = request.routeOptions;
    if (!SAFE_METHODS.has(request.method) && url?.startsWith('/api/') === true) requireSameOrigin(request, ownOrigin);
    if (config.permission === undefined) return;
    request.actor = await findActor(request);
    authorize(actorOf(request), config.permission);
  });
}

function requireSameOrigin(request: FastifyRequest, ownOrigin: string): void {
  const { origin, 'sec-fetch-site': site } = request.headers;
  const foreign =
    request.headers[CSRF_HEADER] !== '1' ||
    (site !== undefined && site !== 'same-origin') ||
    (origin !== undefined && origin !== ownOrigin && hostOf(origin) !== request.host);
  if (foreign)
    throw problem(
      403,
      'cross-site',
      `Requests that change something need the header ${CSRF_HEADER}: 1 and this site's own origin`,
    );
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}
