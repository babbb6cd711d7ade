import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { type DatabaseAddress, driverSettings } from './address.ts';
import { listen } from './listen.ts';
import { createLookup, type Lookup } from './lookup.ts';
import { APPLICATION_ROLE } from './migrations/2026-11-22-foundation.ts';
import type { Database, Tx } from './schema.ts';
import { StoreError } from './store-error.ts';

/** Who acts: the tenant it may touch and the name the audit log shows. */
export interface AuditedActor {
  readonly tenantId: string;
  readonly name: string;
}

/** One line of the audit log. `action` is a stable verb such as `device.rename`; `object` names what it was done to; `detail` says from what to what. */
export interface AuditEntry {
  readonly action: string;
  readonly object: string;
  readonly detail: Record<string, unknown>;
}

export interface StoreDependencies {
  readonly clock: () => Date;
  /** UUIDv7. */
  readonly newId: () => string;
  /** Told about connections that broke while idle; the pool replaces them. */
  readonly onConnectionError?: (error: Error) => void;
  /** Most connections at a time; default 10. */
  readonly maxConnections?: number;
}

/** The only way to the data. Every method opens one transaction as the application role, which row-level security filters. */
export interface Store {
  /**
   * Runs `fn` in one transaction that sees the rows of one tenant only.
   * @param tenantId UUID; anything else throws `StoreError` `not-a-uuid` before a statement is sent
   */
  withTenant<T>(tenantId: string, fn: (tx: Tx) => Promise<T>): Promise<T>;
  /** Runs `fn` in one transaction that sees no tenant's rows, only the job queue. */
  withoutTenant<T>(fn: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * Runs a change a person made, and writes its line of the audit log in the same transaction: neither is kept without the other.
   * `entry` may be a function of what `fn` returned. An `entry` of null (nothing changed) writes no line.
   */
  mutate<T>(
    actor: AuditedActor,
    entry: AuditEntry | ((result: T) => AuditEntry | null),
    fn: (tx: Tx) => Promise<T>,
  ): Promise<T>;
  readonly lookup: Lookup;
  /**
   * Calls `onNotify` with the payload of every NOTIFY on `channel`, over a connection of its own that reconnects; `onNotify` is also called with '' after
   * each (re)connection, because what was said meanwhile is lost.
   */
  listen(channel: string, onNotify: (payload: string) => void): Promise<AsyncDisposable>;
  /** One round trip to the database; throws when it does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Opens the pool of the application. The schema must be there (`migrate`). */
export function connectStore(address: DatabaseAddress, dependencies: StoreDependencies): Store {
  const pool = new pg.Pool({ ...driverSettings(address, APPLICATION_ROLE), max: dependencies.maxConnections ?? 10 });
  pool.on('error', (error) => dependencies.onConnectionError?.(error));
  // The pool listens to idle connections only: one that breaks between two statements of a transaction would end the process.
  pool.on('connect', (client) => client.on('error', (error) => dependencies.onConnectionError?.(error)));
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });

  const withTenant: Store['withTenant'] = async (tenantId, fn) => {
    if (!UUID.test(tenantId)) throw new StoreError('not-a-uuid', 'A tenant id must be a UUID');
    return db.transaction().execute(async (tx) => {
      await sql`select set_config('app.tenant', ${tenantId}, true)`.execute(tx);
      return fn(tx);
    });
  };

  return {
    withTenant,
    withoutTenant: (fn) => db.transaction().execute(fn),
    async mutate(actor, entry, fn) {
      return withTenant(actor.tenantId, async (tx) => {
        const result = await fn(tx);
        const line = typeof entry === 'function' ? entry(result) : entry;
        if (line !== null) {
          await tx
            .insertInto('audit')
            .values({
              id: dependencies.newId(),
              tenant_id: actor.tenantId,
              at: dependencies.clock(),
              actor: actor.name,
              action: line.action,
              object: line.object,
              detail: JSON.stringify(line.detail),
            })
            .execute();
        }
        return result;
      });
    },
    lookup: createLookup(db),
    listen: (channel, onNotify) =>
      listen(driverSettings(address, APPLICATION_ROLE), channel, onNotify, dependencies.onConnectionError),
    async ping() {
      await sql`select 1`.execute(db);
    },
    close: () => db.destroy(),
  };
}
