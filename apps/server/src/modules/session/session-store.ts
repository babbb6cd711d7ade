import type { Session } from '@vedette/contracts';
import type { Tx } from '@vedette/store';
import type { Actor } from '../../actor.ts';
import type { ServerContext } from '../../context.ts';
import { hashToken, newToken } from './session-cookie.ts';

const HOUR_MS = 3_600_000;
/** A session ends when it was not used for this long. */
const IDLE_MS = 12 * HOUR_MS;
/** And in any case after this long. */
const LONGEST_MS = 7 * 24 * HOUR_MS;
/** How often use is written down: not at every request. */
const TOUCH_MS = 5 * 60_000;

type Dependencies = Pick<ServerContext, 'store' | 'clock'>;

export interface Account {
  readonly tenantId: string;
  readonly userId: string;
}

/** Opens a session in the caller's transaction, and forgets the account's expired ones. @returns the token for the cookie, and when it ends at the latest */
export async function openSession(tx: Tx, account: Account, now: Date): Promise<{ token: string; endsAt: Date }> {
  const token = newToken();
  await tx.deleteFrom('sessions').where('user_id', '=', account.userId).where('expires_at', '<=', now).execute();
  await tx
    .insertInto('sessions')
    .values({
      token_hash: hashToken(token),
      tenant_id: account.tenantId,
      user_id: account.userId,
      created_at: now,
      expires_at: new Date(now.getTime() + IDLE_MS),
      last_seen_at: now,
    })
    .execute();
  return { token, endsAt: new Date(now.getTime() + LONGEST_MS) };
}

/** Who holds the session, or null when there is none or it has ended. Prolongs it while it is used. */
export async function findActor({ store, clock }: Dependencies, tokenHash: Uint8Array | null): Promise<Actor | null> {
  if (tokenHash === null) return null;
  const found = await store.lookup.session(tokenHash);
  const now = clock();
  if (found === null || found.expiresAt <= now) return null;
  return store.withTenant(found.tenantId, async (tx) => {
    const row = await tx
      .selectFrom('sessions as s')
      .innerJoin('users as u', 'u.id', 's.user_id')
      .where('s.token_hash', '=', tokenHash)
      .select(['u.id', 'u.name', 'u.email', 'u.role', 's.created_at', 's.last_seen_at'])
      .executeTakeFirst();
    if (row === undefined) return null;
    if (now.getTime() - row.last_seen_at.getTime() >= TOUCH_MS) {
      const end = Math.min(now.getTime() + IDLE_MS, row.created_at.getTime() + LONGEST_MS);
      await tx
        .updateTable('sessions')
        .set({ last_seen_at: now, expires_at: new Date(end) })
        .where('token_hash', '=', tokenHash)
        .execute();
    }
    return { tenantId: found.tenantId, userId: row.id, name: `${row.name} <${row.email}>`, role: row.role };
  });
}

export async function closeSession(tx: Tx, tokenHash: Uint8Array): Promise<void> {
  await tx.deleteFrom('sessions').where('token_hash', '=', tokenHash).execute();
}

/** What the console shows of the one who is signed in. */
export async function viewSession(tx: Tx, userId: string, version: string): Promise<Session> {
  const row = await tx
    .selectFrom('users as u')
    .innerJoin('tenants as t', 't.id', 'u.tenant_id')
    .where('u.id', '=', userId)
    .select(['u.id', 'u.name', 'u.email', 'u.role', 't.id as tenantId', 't.name as organisation'])
    .executeTakeFirstOrThrow();
  return {
    user: { id: row.id, name: row.name, email: row.email, role: row.role },
    organisation: { id: row.tenantId, name: row.organisation },
    version,
  };
}
