import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { type DatabaseAddress, driverSettings } from '../address.ts';
import { StoreError } from '../store-error.ts';
import { BUNDLED_MAJOR, findBinaries, type PostgresBinaries } from './binaries.ts';
import { type ClusterLocation, folderError, prepareLocation, reachableBinaries } from './cluster-location.ts';
import { createRolesAndDatabase, OWNER } from './first-statements.ts';
import { isAlive, isPostgres, readPostmasterPid } from './postmaster-pid.ts';
import { cleanEnvironment, runProgram, startError } from './run-program.ts';
import { makeSocketFolder } from './socket-folder.ts';

/**
 * Supervisor of the bundled PostgreSQL 18: one cluster in one folder, reached over a Unix socket in a folder only its account may enter, never over TCP
 * (the Linux bundle links an OpenSSL that is out of support). fsync and full_page_writes stay on: what was committed survives `kill -9` of everything.
 */
export interface EmbeddedPostgres extends AsyncDisposable {
  /** As owner of the schema: for migrations. */
  readonly owner: DatabaseAddress;
  /** As the application role: all the server ever uses. */
  readonly application: DatabaseAddress;
  /** As superuser of the cluster, for making databases in tests. */
  readonly superuser: DatabaseAddress;
  readonly pid: number;
  /** Whether a server left behind by a killed process was taken over, rather than a new one started. */
  readonly adopted: boolean;
  readonly folder: string;
  /** Resolves when the database has stopped, by our hand or not. */
  readonly stopped: Promise<void>;
}

export interface EmbeddedOptions {
  /** Folder of the cluster; made when missing. */
  readonly folder: string;
  /** Further server settings, `name=value`; for tests. */
  readonly settings?: readonly string[];
}

const DATABASE = 'vedette';
/** Advisory lock a live supervisor holds: two servers must not share a cluster, because the first to stop would stop it for both. */
const SUPERVISOR_LOCK = 0x7665_6430;
const POLL_MS = 15;
const START_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 8000;
const HANDOVER_LIMIT_MS = 3000;
const ORPHAN_LIMIT_MS = 30_000;
const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

const SETTINGS = [
  'listen_addresses=',
  'unix_socket_permissions=0700',
  'port=5432',
  'max_connections=60',
  'shared_buffers=64MB',
  'jit=off',
  'log_min_messages=warning',
  'log_timezone=UTC',
  'timezone=UTC',
] as const;

/**
 * Starts the cluster in `folder`, making it first when it is not there, or takes over the server that a killed process left running in it.
 * @throws StoreError with one line that says what to do
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const location = prepareLocation(options.folder);
  requireSameMajor(location.dataFolder);
  const binaries = reachableBinaries(findBinaries(), location);
  const found = await findRunning(location);
  if (found === null) await ensureCluster(binaries, location);
  const running = found ?? (await startOnceFree(binaries, location, options.settings ?? []));
  try {
    return await supervise(running, location, found !== null);
  } catch (error) {
    if (found === null) await stop(running.pid);
    throw error;
  }
}

interface Running {
  readonly pid: number;
  readonly socketFolder: string;
}

function requireSameMajor(dataFolder: string): void {
  const file = join(dataFolder, 'PG_VERSION');
  if (!existsSync(file)) return;
  let version: string;
  try {
    version = readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw folderError(error, dataFolder);
  }
  if (version !== BUNDLED_MAJOR)
    throw new StoreError(
      'other-version',
      `${dataFolder} was made by PostgreSQL ${version}, this is ${BUNDLED_MAJOR}: move the data with pg_dump and pg_restore, or set VEDETTE_DATA to another folder`,
    );
}

/** The server that already runs on this cluster, once it takes connections; null when there is none. */
async function findRunning(location: ClusterLocation): Promise<Running | null> {
  const deadline = Date.now() + START_LIMIT_MS;
  for (;;) {
    const file = readPostmasterPid(location.dataFolder);
    if (file === null || !isAlive(file.pid)) return null;
    if (!isPostgres(file.pid)) {
      // The id was given to another program since: PostgreSQL would take that for a running server and refuse to start.
      rmSync(join(location.dataFolder, 'postmaster.pid'), { force: true });
      return null;
    }
    if (file.status === 'ready' && file.socketFolder !== null) {
      const running = { pid: file.pid, socketFolder: file.socketFolder };
      if (await answers(running)) return running;
      // It runs, and its socket is gone (a cleaner of temporary files): it cannot be reached any more, only stopped.
      if (!existsSync(file.socketFolder)) await stop(file.pid);
    }
    if (Date.now() > deadline)
      throw new StoreError(
        'start-failed',
        `A database (process ${file.pid}) holds ${location.dataFolder} and does not answer: stop it, then start again`,
      );
    await delay(POLL_MS);
  }
}

/** Makes the cluster beside its place and moves it there when whole, so that a kill in between leaves nothing half made. */
async function ensureCluster(binaries: PostgresBinaries, location: ClusterLocation): Promise<void> {
  if (existsSync(join(location.dataFolder, 'PG_VERSION'))) return;
  const fresh = join(location.folder, 'data.new');
  try {
    rmSync(fresh, { recursive: true, force: true });
  } catch (error) {
    throw folderError(error, fresh);
  }
  await runProgram(
    binaries.initdb,
    [
      `--pgdata=${fresh}`,
      '--username=postgres',
      '--auth-local=trust',
      '--auth-host=reject',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
    ],
    location.account,
  );
  renameSync(fresh, location.dataFolder);
}

/**
 * A server that was killed leaves processes that notice it only when they next wait, and hold its shared memory until then. PostgreSQL refuses to start beside them
 * (rightly: they could still write); they go by themselves.
 */
async function startOnceFree(
  binaries: PostgresBinaries,
  location: ClusterLocation,
  extra: readonly string[],
): Promise<Running> {
  const deadline = Date.now() + ORPHAN_LIMIT_MS;
  for (;;) {
    try {
      return await start(binaries, location, extra);
    } catch (error) {
      const orphans = error instanceof StoreError && error.message.includes('pre-existing shared memory block');
      if (!orphans || Date.now() > deadline) throw error;
      await delay(POLL_MS * 10);
    }
  }
}

async function start(
  binaries: PostgresBinaries,
  location: ClusterLocation,
  extra: readonly string[],
): Promise<Running> {
  const socketFolder = makeSocketFolder(join(location.folder, 'run'), location.account);
  const settings = [...SETTINGS, `unix_socket_directories=${socketFolder}`, ...extra].flatMap((each) => ['-c', each]);
  const log = openLog(location.logFile);
  const logStart = statSync(location.logFile).size;
  const child = spawn(binaries.postgres, ['-D', location.dataFolder, ...settings], {
    cwd: '/',
    env: cleanEnvironment(),
    // A session of its own: Ctrl-C in the terminal reaches us, and we stop it after the last query, not the terminal before.
    detached: true,
    stdio: ['ignore', log, log],
    ...location.account,
  });
  closeSync(log);
  let said: string | null = null;
  child.once('error', (error) => {
    said = error.message;
  });
  child.once('exit', () => {
    said ??= endOf(location.logFile, logStart);
  });
  child.unref();
  const running = { pid: child.pid ?? -1, socketFolder };
  const deadline = Date.now() + START_LIMIT_MS;
  // oxlint-disable-next-line no-unmodified-loop-condition -- set by the listeners of the child process
  while (said === null) {
    if (readPostmasterPid(location.dataFolder)?.status === 'ready' && (await answers(running))) return running;
    if (Date.now() > deadline) break;
    await delay(POLL_MS);
  }
  throw startError('The database', said ?? 'it did not become ready within two minutes');
}

/** What was logged since `start`; nothing when the file is gone. */
function endOf(logFile: string, start: number): string {
  try {
    return readFileSync(logFile, 'utf8').slice(start).slice(-8000);
  } catch {
    return '';
  }
}

function openLog(file: string): number {
  try {
    // Only warnings are logged; what has grown beyond reason is begun anew.
    const grown = existsSync(file) && statSync(file).size > LOG_LIMIT_BYTES;
    return openSync(file, grown ? 'w' : 'a', 0o600);
  } catch (error) {
    throw folderError(error, file);
  }
}

function addressOf(running: Running, user: string, database = DATABASE): DatabaseAddress {
  return { socketFolder: running.socketFolder, user, database };
}

async function answers(running: Running): Promise<boolean> {
  const client = new pg.Client(driverSettings(addressOf(running, 'postgres', 'postgres')));
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function supervise(running: Running, location: ClusterLocation, adopted: boolean): Promise<EmbeddedPostgres> {
  const guard = new pg.Client(driverSettings(addressOf(running, 'postgres', 'postgres')));
  const ended = new Promise<void>((resolve) => {
    guard.on('end', resolve);
  });
  guard.on('error', () => undefined);
  await guard.connect();
  try {
    await takeSupervisorLock(guard, location);
    await createRolesAndDatabase(guard, DATABASE);
  } catch (error) {
    await guard.end();
    throw error;
  }
  let closing: Promise<void> | undefined;
  return {
    owner: addressOf(running, OWNER),
    application: addressOf(running, 'vedette_app'),
    superuser: addressOf(running, 'postgres', 'postgres'),
    pid: running.pid,
    adopted,
    folder: location.folder,
    stopped: ended,
    [Symbol.asyncDispose]() {
      closing ??= guard.end().then(() => stop(running.pid));
      return closing;
    },
  };
}

/** Held by this connection until it ends, so a killed server frees it by dying. Its backend may take a moment to notice. */
async function takeSupervisorLock(guard: pg.Client, location: ClusterLocation): Promise<void> {
  const deadline = Date.now() + HANDOVER_LIMIT_MS;
  for (;;) {
    const { rows } = await guard.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [
      SUPERVISOR_LOCK,
    ]);
    if (rows[0]?.taken === true) return;
    if (Date.now() > deadline)
      throw new StoreError(
        'in-use',
        `Another Vedette server is running on ${location.folder}: stop it first, or set VEDETTE_DATA to another folder`,
      );
    await delay(POLL_MS * 10);
  }
}

/** Fast shutdown (PostgreSQL manual, 18.5): SIGINT ends sessions and writes a checkpoint; after the limit SIGQUIT, which the next start recovers from. */
async function stop(pid: number): Promise<void> {
  const deadline = Date.now() + STOP_LIMIT_MS;
  if (!isPostgres(pid)) return;
  process.kill(pid, 'SIGINT');
  while (isAlive(pid) && isPostgres(pid)) {
    if (Date.now() > deadline) {
      process.kill(pid, 'SIGQUIT');
      return;
    }
    await delay(POLL_MS);
  }
}
