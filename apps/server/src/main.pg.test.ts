import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Session } from '@vedette/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** The built program, as a person starts it. */
const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const ADA = { organisation: 'Acme', name: 'Ada', email: 'ada@example.com', password: 'correct horse battery' };
const HEADERS = { 'content-type': 'application/json', 'x-vedette-csrf': '1' };

let folder: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-main-'));
  chmodSync(folder, 0o711);
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  }
  rmSync(folder, { recursive: true, force: true });
});

interface Started {
  readonly child: ChildProcess;
  readonly address: string;
  readonly said: string;
}

/** Starts the server and waits until it takes requests, or has ended. */
function launch(environment: Record<string, string> = {}): {
  child: ChildProcess;
  ready: Promise<Started>;
  ended: Promise<{ code: number | null; stderr: string }>;
} {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      VEDETTE_DATA: join(folder, 'data'),
      VEDETTE_SETUP_CODE: 'test-code',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let said = '';
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, stderr })),
  );
  const ready = new Promise<Started>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const address = /^ready (\S+)$/m.exec(said)?.[1];
      if (address !== undefined) resolve({ child, address, said });
    });
    void ended.then(({ code }) => reject(new Error(`ended with ${code}: ${stderr}`)));
  });
  ready.catch(() => undefined);
  return { child, ready, ended };
}

const post = (address: string, path: string, body: object) =>
  fetch(`${address}/api/v1${path}`, { method: 'POST', headers: HEADERS, body: JSON.stringify(body) });

describe('the program', () => {
  it('starts from nothing, says how to begin, and keeps everything over kill -9 and a clean stop', {
    timeout: 60_000,
  }, async () => {
    const first = await launch().ready;
    expect(first.said).toContain(`Make the first administrator: ${first.address}/setup#code=test-code`);
    expect((await post(first.address, '/setup', { ...ADA, code: 'test-code' })).status).toBe(200);
    const killed = new Promise((resolve) => first.child.once('exit', resolve));
    first.child.kill('SIGKILL');
    await killed;

    const again = launch();
    const second = await again.ready;
    expect(second.said).not.toContain('setup#code');
    const signedIn = await post(second.address, '/session', { email: ADA.email, password: ADA.password });
    expect(Session.parse(await signedIn.json()).organisation.name).toBe('Acme');
    // An open stream of events must not hold up the stop.
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    const events = await fetch(`${second.address}/api/v1/events`, { headers: { cookie } });
    expect(events.status).toBe(200);
    second.child.kill('SIGTERM');
    expect(await again.ended).toEqual({ code: 0, stderr: '' });
    expect(existsSync(join(folder, 'data', 'postgres', 'data', 'postmaster.pid'))).toBe(false);
    await events.body?.cancel().catch(() => undefined);

    expect(statSync(join(folder, 'data', 'server.key')).mode & 0o777).toBe(0o600);
    const log = readFileSync(join(folder, 'data', 'logs', 'server.log'), 'utf8')
      .trim()
      .split('\n');
    expect(log.map((line) => (JSON.parse(line) as { msg: string }).msg)).toContain('stopped');
    expect(log.join('')).not.toContain('test-code');
    expect(log.join('')).not.toContain(ADA.password);
  });

  it('stops, and says why, when its database is stopped under it', { timeout: 60_000 }, async () => {
    const { ready, ended } = launch();
    await ready;
    const pid = Number(readFileSync(join(folder, 'data', 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(pid, 'SIGINT');
    const { code, stderr } = await ended;
    expect(code).toBe(1);
    expect(stderr).toContain('The database stopped');
  });

  it('says in one line that its port is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { code, stderr } = await launch({ PORT: String(port) }).ended;
    taken.close();
    expect([code, stderr]).toEqual([
      1,
      `vedette: Port ${port} is in use: stop the program that has it, or set PORT to another one\n`,
    ]);
  });

  it.each([
    [
      'a folder that cannot be made',
      () => ({ VEDETTE_DATA: join(fileAt('occupied'), 'data') }),
      /^vedette: The folder .* cannot be written \(ENOTDIR\): set VEDETTE_DATA/,
    ],
    ['a port that is none', () => ({ PORT: 'eighty' }), /^vedette: The setting PORT is not usable: /],
    [
      'a database that does not answer',
      () => ({ DATABASE_URL: 'postgresql://u:p@127.0.0.1:1/x' }),
      /^vedette: The database of DATABASE_URL does not answer \(ECONNREFUSED\)/,
    ],
  ])('says in one line what is wrong with %s', async (_, environment, expected) => {
    const { code, stderr } = await launch(environment()).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(expected);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

function fileAt(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, '');
  return path;
}
