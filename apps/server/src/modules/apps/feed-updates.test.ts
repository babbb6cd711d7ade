import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFeedUpdates } from './feed-updates.ts';

let folder: string;
let server: Server;
let base: string;
let answer: (respond: (body: string) => void) => void;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-feed-updates-'));
  answer = (respond) => respond('bad.example.test\n');
  server = createServer((_request, response) => answer((body) => response.end(body)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** A log that can be waited for. */
function createLog() {
  const lines: string[] = [];
  let told: () => void = () => undefined;
  const note = (fields: unknown, message: unknown): void => {
    lines.push(`${String(message)} ${JSON.stringify(fields)}`);
    told();
  };
  const next = () => new Promise<void>((resolve) => (lines.length > 0 ? resolve() : (told = resolve)));
  return { log: { info: note, warn: note } as never, lines, next };
}
const start = (log: never) =>
  startFeedUpdates(folder, { log, clock: () => new Date('2026-11-22T12:00:00Z'), env: {}, lookEveryMs: 3_600_000 });
const configure = (text: string): void => writeFileSync(join(folder, 'feeds.yaml'), text);

it('fetches what is due, and says so', async () => {
  configure(`feeds: [{ name: ours, url: "${base}/domains.txt" }]`);
  const { log, lines, next } = createLog();
  const updates = start(log);
  await next();
  await updates[Symbol.asyncDispose]();
  expect(lines).toEqual(['a feed of indicators was updated {"feed":"ours","indicators":1}']);
  expect(readFileSync(join(folder, 'ours/domains.txt'), 'utf8')).toBe('bad.example.test\n');
});

it('says what is wrong with feeds.yaml, and that there is none is nothing wrong', async () => {
  const { log, lines, next } = createLog();
  await start(log)[Symbol.asyncDispose]();
  expect(lines).toEqual([]);
  configure('feeds: [{ name: ours, url: "http://example.test/domains.txt" }]');
  const updates = start(log);
  await next();
  await updates[Symbol.asyncDispose]();
  expect(lines[0]).toMatch(/^feeds.yaml cannot be used .*feed ours: url: must begin with https/);
});

it('stops at once while a server does not answer', async () => {
  const asked = new Promise<void>((resolve) => {
    answer = () => resolve();
  });
  configure(`feeds: [{ name: ours, url: "${base}/domains.txt" }]`);
  const { log } = createLog();
  const updates = start(log);
  await asked;
  await updates[Symbol.asyncDispose]();
});
