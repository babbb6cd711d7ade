import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { type DatabaseAddress, driverSettings } from '../address.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { isPostgres } from './postmaster-pid.ts';

const running: EmbeddedPostgres[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const each of running.splice(0)) await each[Symbol.asyncDispose]();
  for (const each of folders.splice(0)) rmSync(each, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-supervisor-'));
  folders.push(folder);
  // Under root another account runs the database, and must be able to walk through.
  chmodSync(folder, 0o711);
  return join(folder, 'pg');
}

async function start(folder: string): Promise<EmbeddedPostgres> {
  const started = await startEmbeddedPostgres({ folder });
  running.push(started);
  return started;
}

async function query<T extends pg.QueryResultRow>(address: DatabaseAddress, text: string): Promise<T[]> {
  const client = new pg.Client(driverSettings(address));
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}

const exitOf = (child: ChildProcess) => new Promise<void>((resolve) => child.once('exit', () => resolve()));

describe('the supervisor of the embedded database', () => {
  it('keeps data over a clean stop and a new start', async () => {
    const folder = newFolder();
    const first = await start(folder);
    await query(first.owner, 'create table kept (n integer)');
    await query(first.owner, 'insert into kept values (7)');
    await first[Symbol.asyncDispose]();
    expect(isPostgres(first.pid)).toBe(false);
    const second = await start(folder);
    expect(second.adopted).toBe(false);
    expect(await query(second.owner, 'select n from kept')).toEqual([{ n: 7 }]);
  });

  it('listens on a socket only its account may reach, and nowhere else', async () => {
    const { owner } = await start(newFolder());
    const settings = await query<{ name: string; setting: string }>(
      owner,
      `select name, setting from pg_settings where name in ('listen_addresses', 'fsync', 'full_page_writes') order by name`,
    );
    expect(Object.fromEntries(settings.map((row) => [row.name, row.setting]))).toEqual({
      fsync: 'on',
      full_page_writes: 'on',
      listen_addresses: '',
    });
    if (!('socketFolder' in owner)) throw new Error('expected a socket');
    expect(statSync(owner.socketFolder).mode & 0o777).toBe(0o700);
  });

  it('does not give the application or the owner the rights of a superuser', async () => {
    const { owner, application } = await start(newFolder());
    const rights = `select rolname::text as role from pg_roles where rolname = session_user and (rolsuper or rolbypassrls or rolcreaterole)`;
    expect([...(await query(owner, rights)), ...(await query(application, rights))]).toEqual([]);
  });

  it('takes over the server that a process killed with SIGKILL left running, with everything it had committed', async () => {
    const folder = newFolder();
    // Another process of ours starts the database, writes, and is killed at once. It is plain JavaScript, so it needs the build.
    const built = fileURLToPath(new URL('../../dist/index.js', import.meta.url));
    if (!existsSync(built)) throw new Error('build first: npx tsc -b packages/store');
    const program = `
      import { startEmbeddedPostgres } from ${JSON.stringify(built)};
      import pg from 'pg';
      const db = await startEmbeddedPostgres({ folder: ${JSON.stringify(folder)} });
      const client = new pg.Client({ host: db.owner.socketFolder, user: db.owner.user, database: db.owner.database });
      await client.connect();
      await client.query('create table kept as select 42 as n');
      process.stdout.write(String(db.pid));
    `;
    const cwd = fileURLToPath(new URL('../..', import.meta.url));
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      cwd,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = await new Promise<number>((resolve) =>
      child.stdout.once('data', (text: Buffer) => resolve(Number(text))),
    );
    const gone = exitOf(child);
    child.kill('SIGKILL');
    await gone;
    expect(isPostgres(pid)).toBe(true);

    const adopted = await start(folder);
    expect({ adopted: adopted.adopted, pid: adopted.pid }).toEqual({ adopted: true, pid });
    expect(await query(adopted.owner, 'select n from kept')).toEqual([{ n: 42 }]);
    await adopted[Symbol.asyncDispose]();
    expect(isPostgres(pid)).toBe(false);
  });

  it('recovers when the database itself was killed', async () => {
    const folder = newFolder();
    const first = await start(folder);
    await query(first.owner, 'create table kept as select 1 as n');
    process.kill(first.pid, 'SIGKILL');
    await first.stopped;
    const second = await start(folder);
    expect(await query(second.owner, 'select n from kept')).toEqual([{ n: 1 }]);
  });

  it('waits for what a killed database left running', async () => {
    const folder = newFolder();
    const first = await start(folder);
    const client = new pg.Client(driverSettings(first.owner));
    client.on('error', () => undefined);
    await client.connect();
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const orphan = rows[0]?.pid ?? 0;
    // A stopped process cannot notice that its parent died, so it holds the shared memory for as long as the test wants.
    process.kill(orphan, 'SIGSTOP');
    process.kill(first.pid, 'SIGKILL');
    await first.stopped;
    const second = start(folder);
    second.catch(() => undefined);
    try {
      const log = join(folder, 'postgres.log');
      await expect.poll(() => readFileSync(log, 'utf8'), { timeout: 10_000 }).toContain('pre-existing shared memory');
    } finally {
      process.kill(orphan, 'SIGCONT');
    }
    expect(await query((await second).owner, 'select 1 as n')).toEqual([{ n: 1 }]);
    await client.end();
  });

  it('starts although a stale postmaster.pid names a process that is somebody else', async () => {
    const folder = newFolder();
    await (await start(folder))[Symbol.asyncDispose]();
    const file = join(folder, 'data', 'postmaster.pid');
    writeFileSync(file, `${process.pid}\n${join(folder, 'data')}\n1\n5432\n${folder}\n\n 1 1\nready   \n`);
    const again = await start(folder);
    expect(again.pid).not.toBe(process.pid);
  });

  it('refuses a second server on the same folder', { timeout: 20_000 }, async () => {
    const folder = newFolder();
    const first = await start(folder);
    await expect(startEmbeddedPostgres({ folder })).rejects.toMatchObject({ code: 'in-use' });
    expect(await query(first.owner, 'select 1 as n')).toEqual([{ n: 1 }]);
  });

  it('refuses data of another version by name', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'data'), { recursive: true });
    writeFileSync(join(folder, 'data', 'PG_VERSION'), '14\n');
    await expect(startEmbeddedPostgres({ folder })).rejects.toMatchObject({
      code: 'other-version',
      message: expect.stringContaining('PostgreSQL 14'),
    });
  });

  it('says in one line that the folder cannot be made', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, '..'), { recursive: true });
    writeFileSync(folder, 'a file is in the way');
    const error: unknown = await startEmbeddedPostgres({ folder }).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'folder-not-writable' });
    expect((error as Error).message).not.toContain('\n');
  });

  it('begins again when a kill left a half-made cluster', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'data.new'), { recursive: true });
    writeFileSync(join(folder, 'data.new', 'PG_VERSION'), '18\n');
    const started = await start(folder);
    expect(await query(started.owner, 'select 1 as n')).toEqual([{ n: 1 }]);
    expect(readFileSync(join(folder, 'data', 'PG_VERSION'), 'utf8').trim()).toBe('18');
  });

  it.runIf(process.getuid?.() === 0)(
    "keeps the data where its account can walk, when root's folder lets nobody pass",
    async () => {
      const folder = newFolder();
      chmodSync(join(folder, '..'), 0o700);
      const first = await start(folder);
      expect(first.folder).toMatch(/^\/var\/lib\/vedette\/cluster-/);
      try {
        await query(first.owner, 'create table kept as select 5 as n');
        await first[Symbol.asyncDispose]();
        const again = await start(folder);
        expect([again.folder, await query(again.owner, 'select n from kept')]).toEqual([first.folder, [{ n: 5 }]]);
        await again[Symbol.asyncDispose]();
        rmSync(folder, { recursive: true });
        const anew = await start(folder);
        expect(anew.folder).not.toBe(first.folder);
        await anew[Symbol.asyncDispose]();
        rmSync(anew.folder, { recursive: true });
      } finally {
        rmSync(first.folder, { recursive: true, force: true });
      }
    },
  );

  it('puts the socket elsewhere when the path of the folder is too long for one', async () => {
    const folder = join(newFolder(), 'long'.repeat(25));
    const { owner } = await start(folder);
    if (!('socketFolder' in owner)) throw new Error('expected a socket');
    expect(owner.socketFolder.startsWith(folder)).toBe(false);
    expect(await query(owner, 'select 1 as n')).toEqual([{ n: 1 }]);
    rmSync(owner.socketFolder, { recursive: true, force: true });
  });
});
