import type { DatabaseAddress } from './address.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded/embedded-postgres.ts';
import { joinServers } from './join-servers.ts';
import { migrate } from './migrate.ts';
import { connectStore, type Store, type StoreDependencies } from './store.ts';
import { StoreError } from './store-error.ts';

/** A PostgreSQL of one's own, or the bundled one in a folder. */
export type OpenStoreOptions =
  | { readonly connectionString: string }
  | { readonly embedded: { readonly folder: string } };

export interface OpenStore extends AsyncDisposable {
  readonly store: Store;
  /** Null with a PostgreSQL of one's own. */
  readonly embedded: EmbeddedPostgres | null;
  /** Names of the migrations that ran just now. */
  readonly applied: readonly string[];
}

/**
 * Starts the database where it is ours, brings the schema up to date, and opens the store. Disposing closes the pool, then stops the database.
 * @throws StoreError with one line for a person
 */
export async function openStore(options: OpenStoreOptions, dependencies: StoreDependencies): Promise<OpenStore> {
  if ('connectionString' in options) {
    const address: DatabaseAddress = { connectionString: options.connectionString };
    const { applied } = await reached(() => migrate(address));
    const joined = await joinServers(address, onError(dependencies));
    const store = connectStore(address, dependencies);
    return {
      store,
      embedded: null,
      applied,
      async [Symbol.asyncDispose]() {
        await store.close();
        await joined[Symbol.asyncDispose]();
      },
    };
  }
  const embedded = await startEmbeddedPostgres(options.embedded);
  try {
    const { applied } = await migrate(embedded.owner);
    const joined = await joinServers(embedded.application, onError(dependencies));
    const store = connectStore(embedded.application, dependencies);
    return {
      store,
      embedded,
      applied,
      async [Symbol.asyncDispose]() {
        await store.close();
        await joined[Symbol.asyncDispose]();
        await embedded[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await embedded[Symbol.asyncDispose]();
    throw error;
  }
}

function onError({ onConnectionError }: StoreDependencies): (error: Error) => void {
  return (error) => onConnectionError?.(error);
}

/** SQLSTATE class 28: invalid authorization; 3D000: no such database (PostgreSQL manual, appendix A). */
async function reached<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof StoreError || !(cause instanceof Error)) throw cause;
    const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
    if (code.startsWith('28') || code === '3D000')
      throw new StoreError('refused', `The database of DATABASE_URL refused us: ${cause.message}`, { cause });
    if (/^E[A-Z]+$/.test(code) || /connect|terminated|timeout/i.test(cause.message))
      throw new StoreError(
        'unreachable',
        `The database of DATABASE_URL does not answer (${code || cause.message}): check its address and that it runs`,
        { cause },
      );
    throw cause;
  }
}
