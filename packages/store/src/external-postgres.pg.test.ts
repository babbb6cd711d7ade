import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseRunAs } from './embedded/run-as.ts';
import { openStore } from './open-store.ts';
import { freePort } from './testing/free-port.ts';
import { createUuidV7 } from './uuid-v7.ts';

/** Debian keeps each version in a folder of its own; 15 is the oldest that is supported. */
const VERSIONS = '/usr/lib/postgresql';
const newest = existsSync(VERSIONS)
  ? Math.max(
      0,
      ...readdirSync(VERSIONS)
        .map(Number)
        .filter((version) => version >= 15),
    )
  : 0;
const BIN = `${VERSIONS}/${newest}/bin`;
const present = existsSync(join(BIN, 'postgres'));
if (!present)
  process.stderr.write(
    `skipped: no PostgreSQL of version 15 or newer in ${VERSIONS}; install the package postgresql to run the tests of DATABASE_URL\n`,
  );

const clock = () => new Date();
const dependencies = { clock, newId: createUuidV7(clock, randomBytes) };

describe.skipIf(!present)('a PostgreSQL of one’s own', () => {
  let folder: string;
  let server: ReturnType<typeof spawn>;
  let port: number;
  const url = (user: string, database: string) => `postgresql://${user}:secret@127.0.0.1:${port}/${database}`;
  const administer = async (...statements: string[]) => {
    const client = new pg.Client(url('boss', 'postgres'));
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vedette-pg15-'));
    chmodSync(folder, 0o711);
    const account = chooseRunAs(null);
    if (account !== null) chownSync(folder, account.uid, account.gid);
    const data = join(folder, 'data');
    const password = join(folder, 'password');
    const made = spawnSync(
      'sh',
      [
        '-c',
        `umask 077; echo secret > ${password}; ${BIN}/initdb -D ${data} -U boss -A scram-sha-256 --pwfile=${password} -N`,
      ],
      { cwd: '/', encoding: 'utf8', ...account },
    );
    expect(made.status, made.stderr).toBe(0);
    port = await freePort();
    server = spawn(
      join(BIN, 'postgres'),
      [
        '-D',
        data,
        '-p',
        String(port),
        '-c',
        'listen_addresses=127.0.0.1',
        '-c',
        `unix_socket_directories=${folder}`,
        '-c',
        'fsync=off',
      ],
      { cwd: '/', stdio: 'ignore', ...account },
    );
    while (
      !/ready/.test(existsSync(join(data, 'postmaster.pid')) ? readFileSync(join(data, 'postmaster.pid'), 'utf8') : '')
    )
      await delay(20);
  });
  afterAll(async () => {
    const gone = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGINT');
    await gone;
    rmSync(folder, { recursive: true, force: true });
  });

  it('is migrated and used as the application role, by an owner who is no superuser', async () => {
    await administer(`create role owner login createrole password 'secret'`, 'create database vedette owner owner');
    const opened = await openStore({ connectionString: url('owner', 'vedette') }, dependencies);
    expect(opened.applied).toEqual([
      '2026-11-22-foundation',
      '2026-11-23-suppressions',
      '2026-11-23-usage',
      '2026-11-24-attestation',
      '2026-11-25-networks',
    ]);
    const [mine, theirs] = [dependencies.newId(), dependencies.newId()];
    for (const id of [mine, theirs])
      await opened.store.withTenant(id, (tx) =>
        tx.insertInto('tenants').values({ id, name: 'n', created_at: clock() }).execute(),
      );
    expect(await opened.store.withTenant(mine, (tx) => tx.selectFrom('tenants').select('id').execute())).toEqual([
      { id: mine },
    ]);
    expect(await opened.store.withoutTenant((tx) => tx.selectFrom('tenants').selectAll().execute())).toEqual([]);
    const { rows } = await opened.store.withoutTenant((tx) =>
      sql<{ role: string }>`select current_user::text as role`.execute(tx),
    );
    expect(rows).toEqual([{ role: 'vedette_app' }]);
    await expect(opened.store.withTenant(mine, (tx) => sql`delete from audit`.execute(tx))).rejects.toThrow(
      /permission denied/,
    );
    expect(await opened.store.lookup.tenantCount()).toBe(2);
    await opened[Symbol.asyncDispose]();
    const again = await openStore({ connectionString: url('owner', 'vedette') }, dependencies);
    expect(again.applied).toEqual([]);
    await again[Symbol.asyncDispose]();
  });

  it('says what an administrator must do when the owner may not make or take the role', async () => {
    await administer(`create role humble login password 'secret'`, 'create database humble owner humble');
    await expect(openStore({ connectionString: url('humble', 'humble') }, dependencies)).rejects.toMatchObject({
      code: 'may-not-create-role',
      message: expect.stringContaining('GRANT vedette_app TO "humble"'),
    });
  });

  it.each([
    ['a wrong password', () => url('boss', 'postgres').replace('secret', 'wrong'), 'refused'],
    ['a database that is not there', () => url('boss', 'nowhere'), 'refused'],
    ['a port where nobody listens', () => 'postgresql://u:p@127.0.0.1:1/x', 'unreachable'],
  ])('says in one line that it is %s', async (_, address, code) => {
    const error: unknown = await openStore({ connectionString: address() }, dependencies).catch(
      (cause: unknown) => cause,
    );
    expect(error).toMatchObject({ code });
    expect((error as Error).message).not.toMatch(/\n|secret|wrong/);
  });
});
