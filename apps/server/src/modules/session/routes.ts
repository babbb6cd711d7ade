import { createHash } from 'node:crypto';
import { Session, SignInRequest } from '@vedette/contracts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ServerContext } from '../../context.ts';
import type { App } from '../../http/app-type.ts';
import { ACCOUNT_RATE, STRANGER_RATE } from '../../http/limits.ts';
import { problem } from '../../http/problem.ts';
import { actorOf } from '../../http/request-actor.ts';
import { checkPassword } from './password.ts';
import { createSessionCookie } from './session-cookie.ts';
import { closeSession, openSession, viewSession } from './session-store.ts';

/** GET, POST and DELETE /session. */
export async function sessionRoutes(app: App, context: ServerContext): Promise<void> {
  const { store, clock, config } = context;
  const cookie = createSessionCookie(context.publicUrl);
  const tooOften = app.createRateLimit({ ...ACCOUNT_RATE, keyGenerator: accountKey });

  app.get('/session', { config: { permission: 'read' }, schema: { response: { 200: Session } } }, async (request) => {
    const actor = actorOf(request);
    return store.withTenant(actor.tenantId, (tx) => viewSession(tx, actor.userId, config.version));
  });

  app.post(
    '/session',
    { config: { public: true, rateLimit: STRANGER_RATE }, schema: { body: SignInRequest, response: { 200: Session } } },
    async (request, reply) => {
      const rate = await tooOften(request);
      if (!rate.isAllowed && rate.isExceeded)
        throw problem(429, 'rate-limited', 'Too many attempts for this account: wait a quarter of an hour');
      const account = await store.lookup.account(request.body.email);
      // One answer for a wrong address and a wrong password, after the same work.
      if (!(await checkPassword(request.body.password, account?.passwordHash ?? null)) || account === null)
        throw problem(401, 'wrong-credentials', 'The e-mail address or the password is wrong');
      const opened = await store.withTenant(account.tenantId, async (tx) => {
        const session = await openSession(tx, account, clock());
        return { session, view: await viewSession(tx, account.userId, config.version) };
      });
      cookie.set(reply, opened.session.token, opened.session.endsAt);
      return opened.view;
    },
  );

  app.delete(
    '/session',
    { config: { permission: 'read' }, schema: { response: { 204: z.null() } } },
    async (request, reply) => {
      const hash = cookie.hashFrom(request);
      if (hash !== null) await store.withTenant(actorOf(request).tenantId, (tx) => closeSession(tx, hash));
      cookie.clear(reply);
      return reply.code(204).send(null);
    },
  );
}

/** Counts attempts per account without keeping addresses in memory. */
function accountKey(request: FastifyRequest): string {
  const parsed = SignInRequest.safeParse(request.body);
  const email = parsed.success ? parsed.data.email.toLowerCase() : '';
  return createHash('sha256').update(`account ${email}`).digest('base64url');
}
