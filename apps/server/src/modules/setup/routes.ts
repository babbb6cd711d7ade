import { createHash, timingSafeEqual } from 'node:crypto';
import { Session, SetupRequest, SetupStatus } from '@vedette/contracts';
import { sql } from 'kysely';
import type { ServerContext } from '../../context.ts';
import type { App } from '../../http/app-type.ts';
import { STRANGER_RATE } from '../../http/limits.ts';
import { problem } from '../../http/problem.ts';
import { hashPassword } from '../session/password.ts';
import { createSessionCookie } from '../session/session-cookie.ts';
import { openSession, viewSession } from '../session/session-store.ts';
import { createOrganisation } from './create-organisation.ts';

/** Advisory lock of set-up: of two that come at once, one finds the other's organisation. */
const SETUP_LOCK = 0x7665_6432;

/** GET and POST /setup. */
export async function setupRoutes(app: App, context: ServerContext): Promise<void> {
  const { store, clock, config } = context;
  const cookie = createSessionCookie(context.publicUrl);

  app.get('/setup', { config: { public: true }, schema: { response: { 200: SetupStatus } } }, async () => ({
    needed: (await store.lookup.tenantCount()) === 0,
  }));

  app.post(
    '/setup',
    { config: { public: true, rateLimit: STRANGER_RATE }, schema: { body: SetupRequest, response: { 200: Session } } },
    async (request, reply) => {
      const { code, ...wanted } = request.body;
      if (!sameText(code, config.setupCode))
        throw problem(403, 'wrong-code', 'This set-up code is not the one the server printed at its last start');
      if ((await store.lookup.tenantCount()) > 0) throw alreadySetUp();
      const passwordHash = await hashPassword(wanted.password);
      const tenantId = context.newId();
      const opened = await store.withTenant(tenantId, async (tx) => {
        await sql`select pg_advisory_xact_lock(${SETUP_LOCK})`.execute(tx);
        const { rows } = await sql<{ count: number }>`select tenant_count() as count`.execute(tx);
        if ((rows[0]?.count ?? 0) > 0) throw alreadySetUp();
        const userId = await createOrganisation(tx, context, { ...wanted, tenantId, passwordHash });
        const session = await openSession(tx, { tenantId, userId }, clock());
        return { session, view: await viewSession(tx, userId, config.version) };
      });
      cookie.set(reply, opened.session.token, opened.session.endsAt);
      return opened.view;
    },
  );
}

function alreadySetUp() {
  return problem(409, 'already-set-up', 'This server has its first administrator already: sign in');
}

/** Compares in a time that does not depend on where the texts differ, nor on their lengths. */
function sameText(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

function digest(text: string): Uint8Array {
  return createHash('sha256').update(text).digest();
}
