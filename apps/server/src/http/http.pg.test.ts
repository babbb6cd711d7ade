import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AuditList, Problem, type ServerEvent } from '@vedette/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer, type TestOrganisation, type TestServer } from '../testing/create-test-server.ts';

let server: TestServer;
let acme: TestOrganisation;
beforeAll(async () => {
  server = await createTestServer();
  acme = await server.addOrganisation();
});
afterAll(() => server[Symbol.asyncDispose]());

describe('refusals', () => {
  const json = { 'content-type': 'application/json' };
  it.each([
    ['an unknown endpoint', 'GET', '/nothing', undefined, {}, 404, 'not-found'],
    ['a body that is no JSON', 'POST', '/enrolment/tokens', '{', json, 400, 'malformed'],
    [
      'a body of another type',
      'POST',
      '/enrolment/tokens',
      '<x/>',
      { 'content-type': 'text/xml' },
      415,
      'wrong-content-type',
    ],
    ['a body that is too large', 'POST', '/enrolment/tokens', `"${'x'.repeat(3_000_000)}"`, json, 413, 'too-large'],
    [
      'a body that tries for the prototype',
      'POST',
      '/enrolment/tokens',
      '{"__proto__":{"x":1}}',
      json,
      400,
      'malformed',
    ],
    ['an id that is none', 'GET', '/devices/1', undefined, {}, 400, 'invalid'],
    ['an id with a NUL in it', 'GET', '/devices/%00', undefined, {}, 400, 'invalid'],
  ] as const)('of %s are problem documents', async (_, method, path, body, headers, status, code) => {
    const answer = await acme.admin.send(method, path, body, { headers });
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(Problem.parse(answer.json())).toMatchObject({ status, code });
    expect(answer.statusCode).toBe(status);
  });

  it('of what we did wrong show nothing of it but a reference', async () => {
    const broken = await createTestServer();
    const organisation = await broken.addOrganisation();
    await broken.database.store.close();
    const answer = await organisation.admin.send('GET', '/devices');
    expect(answer.statusCode).toBe(500);
    expect(Problem.parse(answer.json()).code).toBe('internal');
    expect(answer.body).not.toMatch(/kysely|destroyed|driver|stack|\.ts/i);
    expect((await broken.app.inject('/readyz')).statusCode).toBe(503);
    expect((await broken.app.inject('/healthz')).statusCode).toBe(200);
    await broken.app.close();
  });

  it('cannot be talked into text that PostgreSQL does not take', async () => {
    for (const q of ['%00', 'a%00b', '%ED%A0%80']) {
      const answer = await acme.admin.send('GET', `/search?q=${q}`);
      expect([q, answer.statusCode]).toEqual([q, q.includes('00') ? 422 : 200]);
    }
    const answer = await acme.admin.send('POST', '/enrolment/tokens', {
      label: 'a\u0000b',
      expiresInHours: 1,
      maxUses: 1,
    });
    expect(answer.statusCode).toBe(422);
    await acme.viewer.get('/audit', AuditList);
  });
});

describe('the description of the API', () => {
  it('is OpenAPI 3.1 and names every endpoint of the console', async () => {
    const document = (await server.anonymous.send('GET', '/openapi.json')).json() as {
      openapi: string;
      paths: Record<string, object>;
    };
    expect(document.openapi).toBe('3.1.0');
    for (const path of [
      '/setup',
      '/session',
      '/devices/{id}/timeline',
      '/apps',
      '/policy/preview',
      '/actions',
      '/overview',
    ])
      expect(Object.keys(document.paths)).toContain(`/api/v1${path}`);
  });
});

describe('headers', () => {
  it('forbid framing, foreign scripts and keeping answers', async () => {
    const { headers } = await acme.viewer.send('GET', '/session');
    expect(headers['content-security-policy']).toBe(
      "default-src 'self';object-src 'none';base-uri 'none';frame-ancestors 'none';form-action 'self';img-src 'self' data:;style-src 'self'",
    );
    expect(headers).toMatchObject({
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    expect(headers).not.toHaveProperty('strict-transport-security');
  });
});

describe('the console', () => {
  const get = (url: string) => server.app.inject({ url, headers: { accept: 'text/html' } });

  it('says that it is not built, while it is not', async () => {
    const answer = await get('/');
    expect(answer.statusCode).toBe(503);
    expect(answer.body).toContain('npm run build');
  });

  it('is served with its pages, and hashed files may be kept for ever', async () => {
    const folder = server.context.config.consoleFolder;
    mkdirSync(join(folder, 'assets'), { recursive: true });
    writeFileSync(join(folder, 'index.html'), '<!doctype html>the console');
    writeFileSync(join(folder, 'favicon.svg'), '<svg/>');
    writeFileSync(join(folder, '.secret.txt'), 'hidden');
    writeFileSync(join(folder, '..', 'server.key'), 'the key');
    writeFileSync(join(folder, 'assets', 'app-abc123.js'), 'code');
    for (const page of ['/', '/devices', '/devices/1?tab=apps', '/setup', '/apps/com.example.app']) {
      const answer = await get(page);
      expect([page, answer.statusCode, answer.body]).toEqual([page, 200, '<!doctype html>the console']);
      expect(answer.headers['cache-control']).toBe('public, max-age=0');
    }
    const asset = await get('/assets/app-abc123.js');
    expect([asset.body, asset.headers['cache-control']]).toEqual(['code', 'public, max-age=31536000, immutable']);
    expect((await get('/favicon.svg')).headers['content-type']).toContain('image/svg+xml');
    expect((await get('/assets/gone-1.js')).statusCode).toBe(404);
    for (const path of [
      '/../server.key',
      '/%2e%2e/server.key',
      '/..%2fserver.key',
      '/assets/..%2f..%2fserver.key',
      '/.secret.txt',
      '/%00',
      '/%',
    ])
      expect([path, /the key|hidden/.test((await get(path)).body)]).toEqual([path, false]);
    for (const path of ['/api', '/api/v2/x', '/agent/v1/x', '/healthz/x'])
      expect([path, (await get(path)).statusCode]).toEqual([path, 404]);
    expect((await server.app.inject({ method: 'POST', url: '/devices' })).statusCode).toBe(404);
  });
});

describe('server-sent events', () => {
  it('reach the pages of the organisation, and end when the server stops', async () => {
    const own = await createTestServer();
    const [here, there] = [await own.addOrganisation(), await own.addOrganisation()];
    const response = here.viewer.send('GET', '/events');
    const event: ServerEvent = { type: 'policy', version: 7 };
    // The stream is open once somebody listens; publishing is all a page can see of that.
    const subscribed = new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        own.context.events.publish(there.tenantId, { type: 'policy', version: 99 });
        own.context.events.publish(here.tenantId, event);
      }, 5);
      setTimeout(() => {
        clearInterval(timer);
        resolve();
      }, 200);
    });
    await subscribed;
    await own[Symbol.asyncDispose]();
    const { headers, body } = await response;
    expect(headers['content-type']).toContain('text/event-stream');
    expect(body).toContain(`data: ${JSON.stringify(event)}\n\n`);
    expect(body).not.toContain('99');
  });
});
