import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createServerRevocations } from './server-revocations.ts';

const LIST = JSON.stringify({ entries: { c35747a084470c31: { status: 'REVOKED', reason: 'KEY_COMPROMISE' } } });
const HOUR_MS = 3_600_000;
let folder: string;
let asked: number;
let close: () => Promise<unknown>;
let now: number;
const warnings: unknown[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-revocations-'));
  asked = 0;
  now = Date.now();
  warnings.length = 0;
  close = () => Promise.resolve();
});
afterEach(async () => {
  await close();
  rmSync(folder, { recursive: true, force: true });
});

/** A list server on loopback. */
async function serve(answer: RequestListener): Promise<string> {
  const server = createServer((request, response) => {
    asked += 1;
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () => new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/status`;
}

const listFrom = (url: string | null) =>
  createServerRevocations({
    folder,
    url,
    fetch: globalThis.fetch,
    clock: () => new Date(now),
    log: { info: () => undefined, warn: (object: unknown) => void warnings.push(object) },
  });

describe('the list of revoked keys', () => {
  it('is fetched when it is first needed, kept, and not asked for again for half a day', async () => {
    const url = await serve((_request, response) => response.end(LIST));
    const revocations = listFrom(url);
    expect(await revocations.known()).toBeNull();
    expect(asked).toBe(0);
    expect((await revocations.current())?.list.entries.size).toBe(1);
    await revocations.current();
    expect(asked).toBe(1);
    expect(readFileSync(join(folder, 'status.json'), 'utf8')).toBe(LIST);
    // After a restart the file is enough.
    expect((await listFrom(null).current())?.list.entries.has('c35747a084470c31')).toBe(true);
  });

  it('is fetched anew when it is old, while the old one is given with its age', async () => {
    const url = await serve((_request, response) => response.end(LIST));
    writeFileSync(join(folder, 'status.json'), '{"entries":{}}');
    utimesSync(join(folder, 'status.json'), new Date(now - 13 * HOUR_MS), new Date(now - 13 * HOUR_MS));
    const revocations = listFrom(url);
    const old = await revocations.current();
    expect(old?.list.entries.size).toBe(0);
    expect(now - (old?.fetchedAt ?? now)).toBeGreaterThanOrEqual(13 * HOUR_MS - 1000);
    await expect.poll(async () => (await revocations.known())?.list.entries.size).toBe(1);
  });

  it.each<[string, RequestListener]>([
    ['an error', (_request, response) => response.writeHead(500).end()],
    ['what is no list', (_request, response) => response.end('<html>')],
    ['a list without entries', (_request, response) => response.end('{}')],
    ['a redirect', (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
    [
      'half an answer',
      (_request, response) =>
        response.writeHead(200, { 'content-length': 999 }).write('{"entries"', () => response.destroy()),
    ],
  ])('answered with %s leaves what was there, and is not asked for at once again', async (_name, answer) => {
    writeFileSync(join(folder, 'status.json'), LIST);
    utimesSync(join(folder, 'status.json'), new Date(now - 30 * HOUR_MS), new Date(now - 30 * HOUR_MS));
    const revocations = listFrom(await serve(answer));
    await revocations.current();
    await expect.poll(() => warnings.length).toBe(1);
    expect((await revocations.current())?.list.entries.size).toBe(1);
    expect(asked).toBe(1);
    now += 11 * 60_000;
    await revocations.current();
    await expect.poll(() => asked).toBe(2);
  });

  it('that cannot be read counts as none', async () => {
    writeFileSync(join(folder, 'status.json'), 'not JSON');
    expect(await listFrom(null).current()).toBeNull();
    expect(warnings).toEqual([{ file: 'status.json' }]);
  });

  it('is never fetched where it is switched off', async () => {
    expect(await listFrom(null).current()).toBeNull();
  });
});
