import type { FastifyRequest } from 'fastify';
import { type Actor, mayDo, type Permission } from '../actor.ts';
import { problem } from './problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Null: signed out. Set by the session plugin. */
    actor: Actor | null;
  }
  interface FastifyContextConfig {
    /** Who may call the route. A route has either this or `public`. */
    permission?: Permission;
    /** Anyone may call the route; it checks for itself. */
    public?: true;
  }
}

/** The caller. @throws HttpProblem 401 when signed out */
export function actorOf(request: Pick<FastifyRequest, 'actor'>): Actor {
  if (request.actor === null) throw problem(401, 'signed-out', 'Sign in to continue');
  return request.actor;
}

/** @throws HttpProblem 403 */
export function authorize(actor: Actor, permission: Permission): void {
  if (!mayDo(actor, permission))
    throw problem(403, 'not-allowed', 'Your account may look but not change. Ask an administrator');
}
