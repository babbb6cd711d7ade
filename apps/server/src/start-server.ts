import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createPostgresJobQueue } from '@vedette/bus';
import { createUuidV7, openStore } from '@vedette/store';
import type { Logger } from 'pino';
import { buildApp } from './app.ts';
import { type CloseStack, createCloseStack } from './close-stack.ts';
import type { ServerConfig, ServerContext } from './context.ts';
import { ensureDataFolder } from './data-folder.ts';
import { createEventHub } from './event-hub.ts';
import type { App } from './http/app-type.ts';
import { displayAddress, listenOn, requireFreePort } from './listen-on.ts';
import { startFeedUpdates } from './modules/apps/feed-updates.ts';
import { createServerIndicators } from './modules/apps/server-indicators.ts';
import { createServerVulnerabilities } from './modules/assessment/server-vulnerabilities.ts';
import { createServerRevocations } from './modules/attestation/server-revocations.ts';
import { startWorkers } from './modules.ts';
import { createSealer } from './sealer.ts';
import { loadServerKey } from './server-key.ts';

export interface RunningServer extends AsyncDisposable {
  readonly app: App;
  readonly context: ServerContext;
  /** Address it listens on, e.g. `http://localhost:8080`. */
  readonly address: string;
  /** Whether the first administrator is still to be made. */
  readonly setupNeeded: boolean;
  /** Resolves when the database of the data folder has stopped without being told to; never with one of one's own. */
  readonly databaseLost: Promise<void>;
}

export interface StartOptions {
  readonly config: ServerConfig;
  readonly log: Logger;
  /** Null: the address it listens on. */
  readonly publicUrl: string | null;
  readonly clock?: () => Date;
}

/**
 * Starts the database, the HTTP server and the workers, in this order; disposing stops them in reverse.
 * @throws StartError or StoreError with one line for a person
 */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const started = createCloseStack();
  try {
    return await startInto(started, options);
  } catch (error) {
    await started[Symbol.asyncDispose]();
    throw error;
  }
}

async function startInto(started: CloseStack, options: StartOptions): Promise<RunningServer> {
  const { config, log, clock = () => new Date() } = options;
  await requireFreePort(config);
  ensureDataFolder(config.dataFolder);
  const newId = createUuidV7(clock, randomBytes);
  const database =
    config.databaseUrl === null
      ? { embedded: { folder: join(config.dataFolder, 'postgres') } }
      : { connectionString: config.databaseUrl };
  const opened = started.use(
    await openStore(database, {
      clock,
      newId,
      onConnectionError: (error) => log.warn({ err: error }, 'a database connection broke'),
    }),
  );
  if (opened.applied.length > 0) log.info({ migrations: opened.applied }, 'schema brought up to date');
  const jobs = createPostgresJobQueue({
    store: opened.store,
    clock,
    newId,
    onError: (error) => log.error({ err: error }, 'the job queue could not be asked'),
  });
  started.defer(() => jobs.close());
  let address = displayAddress(config.host, config.port);
  const context: ServerContext = {
    store: opened.store,
    jobs,
    clock,
    newId,
    log,
    events: createEventHub((error) => log.error({ err: error }, 'an event could not be delivered')),
    sealer: createSealer(loadServerKey(config.dataFolder)),
    indicators: createServerIndicators(join(config.dataFolder, 'indicators'), log),
    vulnerabilities: createServerVulnerabilities(join(config.dataFolder, 'vulnerabilities'), log),
    revocations: createServerRevocations({
      folder: join(config.dataFolder, 'attestation'),
      url: config.revocationsUrl,
      fetch: globalThis.fetch,
      clock: () => new Date(),
      log,
    }),
    // With port 0 the address is known only once the server listens; links are made after that.
    get publicUrl() {
      return options.publicUrl ?? address;
    },
    config,
  };
  const app = await buildApp(context);
  started.defer(() => app.close());
  address = displayAddress(config.host, await listenOn(app, config));
  for (const worker of await startWorkers(context)) started.use(worker);
  started.use(startFeedUpdates(join(config.dataFolder, 'indicators'), { log, clock, env: process.env }));
  let closing = false;
  return {
    app,
    context,
    address,
    setupNeeded: (await context.store.lookup.tenantCount()) === 0,
    databaseLost: new Promise((resolve) => {
      void opened.embedded?.stopped.then(() => {
        if (!closing) resolve();
      });
    }),
    async [Symbol.asyncDispose]() {
      closing = true;
      await started[Symbol.asyncDispose]();
    },
  };
}
