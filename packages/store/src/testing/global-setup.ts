import { chmodSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../embedded/embedded-postgres.ts';
import { migrate } from '../migrate.ts';
import { TEST_CLUSTER_VARIABLE } from './test-cluster.ts';

/** Vitest `globalSetup`: one PostgreSQL for the run, with a migrated database to copy. @returns stops it and removes its folder */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'vedette-test-'));
  // Under root another account runs the database, and must be able to walk through.
  chmodSync(folder, 0o711);
  // What these databases hold is thrown away: not waiting for the disk is what makes a copy take 30 ms.
  const cluster = await startEmbeddedPostgres({
    folder: join(folder, 'pg'),
    settings: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'],
  });
  await migrate(cluster.owner);
  if ('socketFolder' in cluster.owner) process.env[TEST_CLUSTER_VARIABLE] = cluster.owner.socketFolder;
  return async () => {
    await cluster[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  };
}
