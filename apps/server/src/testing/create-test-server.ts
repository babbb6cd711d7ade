import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPostgresJobQueue } from '@vedette/bus';
import { createTestStore, type TestStore } from '@vedette/store/testing';
import { pino } from 'pino';
import { type BuildOptions, buildApp } from '../app.ts';
import type { ServerConfig, ServerContext } from '../context.ts';
import { createEventHub } from '../event-hub.ts';
import type { App } from '../http/app-type.ts';
import { openSession } from '../modules/session/session-store.ts';
import { createOrganisation } from '../modules/setup/create-organisation.ts';
import { createSealer, SERVER_KEY_BYTES } from '../sealer.ts';
import { createTestClient, type TestClient } from './test-client.ts';

/** A server on a real database of its own, that does not listen. Its clock stands still until it is set. */
export interface TestServer extends AsyncDisposable {
  readonly app: App;
  readonly context: ServerContext;
  readonly database: TestStore;
  now: Date;
  readonly anonymous: TestClient;
  /** Makes an organisation with an administrator and a viewer, signed in. */
  addOrganisation(name?: string): Promise<TestOrganisation>;
}

export interface TestOrganisation {
  readonly tenantId: string;
  readonly admin: TestClient;
  readonly viewer: TestClient;
}

export interface TestServerOptions extends BuildOptions {
  readonly publicUrl?: string;
  readonly config?: Partial<ServerConfig>;
}

export async function createTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  let now = new Date('2026-03-01T12:00:00Z');
  const clock = () => now;
  const database = await createTestStore({ clock });
  const dataFolder = mkdtempSync(join(tmpdir(), 'vedette-server-'));
  mkdirSync(join(dataFolder, 'uploads'));
  const log = pino({ level: 'silent' });
  const rethrow = (error: unknown) => {
    throw error;
  };
  const jobs = createPostgresJobQueue({ store: database.store, clock, newId: database.newId, pollMs: 50 });
  const publicUrl = options.publicUrl ?? 'http://localhost:8080';
  const context: ServerContext = {
    store: database.store,
    jobs,
    clock,
    newId: database.newId,
    log,
    events: createEventHub(rethrow),
    sealer: createSealer(new Uint8Array(SERVER_KEY_BYTES).fill(7)),
    publicUrl,
    config: {
      host: '127.0.0.1',
      port: 0,
      dataFolder,
      databaseUrl: null,
      setupCode: 'the-set-up-code',
      consoleFolder: join(dataFolder, 'console'),
      trustProxy: false,
      logTo: null,
      version: '0.0.0-test',
      reportIntervalSeconds: 900,
      revocationsUrl: null,
      ...options.config,
    },
  };
  const app = await buildApp(context, options);
  const cookieName = publicUrl.startsWith('https:') ? '__Host-vedette' : 'vedette';

  const signIn = async (tenantId: string, userId: string) => {
    const { token } = await database.store.withTenant(tenantId, (tx) => openSession(tx, { tenantId, userId }, now));
    return createTestClient(app, `${cookieName}=${token}`);
  };

  return {
    app,
    context,
    database,
    get now() {
      return now;
    },
    set now(value) {
      now = value;
    },
    anonymous: createTestClient(app, null),
    async addOrganisation(name = 'Example') {
      const tenantId = database.newId();
      const viewerId = database.newId();
      const mail = `${tenantId}@example.com`;
      const adminId = await database.store.withTenant(tenantId, async (tx) => {
        const made = await createOrganisation(tx, context, {
          tenantId,
          organisation: name,
          name: 'Ada',
          email: `admin-${mail}`,
          passwordHash: 'no password',
        });
        await tx
          .insertInto('users')
          .values({
            id: viewerId,
            tenant_id: tenantId,
            email: `viewer-${mail}`,
            name: 'Vic',
            role: 'viewer',
            password_hash: 'no password',
            created_at: now,
          })
          .execute();
        return made;
      });
      return { tenantId, admin: await signIn(tenantId, adminId), viewer: await signIn(tenantId, viewerId) };
    },
    async [Symbol.asyncDispose]() {
      await app.close();
      await jobs.close();
      await database[Symbol.asyncDispose]();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
