import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { type DatabaseAddress, driverSettings } from '../address.ts';
import { APPLICATION_ROLE } from '../migrations/2026-11-22-foundation.ts';
import { connectStore, type Store } from '../store.ts';
import { createUuidV7 } from '../uuid-v7.ts';
import { TEMPLATE_DATABASE, testAddress } from './test-cluster.ts';

export interface TestStore extends AsyncDisposable {
  readonly store: Store;
  readonly newId: () => string;
  /** Signs in as the application role. */
  readonly application: DatabaseAddress;
  /** Signs in as superuser, past row-level security: for looking at what is really there. */
  readonly superuser: DatabaseAddress;
}

export interface TestStoreOptions {
  readonly clock?: () => Date;
  readonly maxConnections?: number;
}

/** A store on a database of its own, copied from the migrated template in some 30 ms. Disposing drops it. */
export async function createTestStore(options: TestStoreOptions = {}): Promise<TestStore> {
  const database = `t_${randomBytes(8).toString('hex')}`;
  await administer(`create database ${database} template ${TEMPLATE_DATABASE} strategy wal_log`);
  const clock = options.clock ?? (() => new Date());
  const newId = createUuidV7(clock, randomBytes);
  const application = testAddress(APPLICATION_ROLE, database);
  const store = connectStore(application, { clock, newId, maxConnections: options.maxConnections ?? 5 });
  return {
    store,
    newId,
    application,
    superuser: testAddress('postgres', database),
    async [Symbol.asyncDispose]() {
      await store.close();
      await administer(`drop database ${database} with (force)`);
    },
  };
}

async function administer(statement: string): Promise<void> {
  const client = new pg.Client(driverSettings(testAddress('postgres', 'postgres')));
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Makes an organisation, and returns its id. */
export async function addTenant(
  { store, newId }: Pick<TestStore, 'store' | 'newId'>,
  name = 'Example',
): Promise<string> {
  const id = newId();
  await store.withTenant(id, (tx) =>
    tx
      .insertInto('tenants')
      .values({ id, name, created_at: new Date(0) })
      .execute(),
  );
  return id;
}
