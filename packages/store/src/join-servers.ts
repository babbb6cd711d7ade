import pg from 'pg';
import { type DatabaseAddress, driverSettings } from './address.ts';
import { APPLICATION_ROLE } from './migrations/2026-11-22-foundation.ts';

/** Key of the advisory lock that every running server holds: 'vedt', 'srv\0'. */
const SERVERS_LOCK = [0x76656474, 0x73727600] as const;

export interface JoinedServers extends AsyncDisposable {
  /** Whether no other server was running on this database. */
  readonly alone: boolean;
}

/**
 * Makes this server known to the others by a shared advisory lock that the database gives up when our process dies (PostgreSQL manual, 13.3.5). A server that could
 * have held it alone knows that every lease on jobs and actions belongs to the dead, and ends them: what a `kill -9` interrupted goes on at once, not when leases run out.
 */
export async function joinServers(address: DatabaseAddress, onError: (error: Error) => void): Promise<JoinedServers> {
  const client = new pg.Client(driverSettings(address, APPLICATION_ROLE));
  client.on('error', onError);
  await client.connect();
  try {
    const { rows } = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1, $2) as alone', [
      ...SERVERS_LOCK,
    ]);
    const alone = rows[0]?.alone === true;
    if (alone) await client.query('select expire_leases()');
    // Taken before the exclusive one is given back, so that no other server can think itself alone in between.
    await client.query('select pg_advisory_lock_shared($1, $2)', [...SERVERS_LOCK]);
    if (alone) await client.query('select pg_advisory_unlock($1, $2)', [...SERVERS_LOCK]);
    return { alone, [Symbol.asyncDispose]: () => client.end() };
  } catch (error) {
    await client.end();
    throw error;
  }
}
