import { createHash } from 'node:crypto';
import { DEFAULT_POLICY } from '@vedette/policy';
import fastify, { type RouteOptions } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer, type TestOrganisation, type TestServer } from '../testing/create-test-server.ts';
import { addAction, addDevice, addInstalledApp, addNetworkEvent, addReport, addThreat } from '../testing/seed.ts';
import { controlAccess } from './access.ts';
import type { App } from './app-type.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
interface Declared {
  readonly method: Method;
  /** Below `/api/v1`. */
  readonly path: string;
  readonly permission: 'read' | 'administer';
}

const SECRET = 'only-theirs';
const BUILD = createHash('sha256').update('their app').digest('hex');

let server: TestServer;
let mine: TestOrganisation;
let theirs: TestOrganisation;
/** For every route with parameters: the other organisation's object that it names, and a body it takes. A new route must be added. */
let named: Record<string, { path: string; body?: object }>;
const routes: RouteOptions[] = [];
const methodsOf = (route: RouteOptions) => [route.method].flat().filter((method) => method !== 'HEAD') as Method[];
const isPublic = (route: RouteOptions) => route.config?.public === true;

function guarded(): Declared[] {
  return routes
    .filter((route) => !isPublic(route))
    .flatMap((route) =>
      methodsOf(route).map((method) => ({
        method,
        path: route.url.replace('/api/v1', ''),
        permission: route.config?.permission ?? 'read',
      })),
    );
}

beforeAll(async () => {
  server = await createTestServer({ onRoute: (route) => routes.push(route) });
  mine = await server.addOrganisation('Mine');
  theirs = await server.addOrganisation('Theirs');
  const { tenantId } = theirs;
  const deviceId = await addDevice(server, tenantId, { name: `phone ${SECRET}`, owner: SECRET, risk: 'high' });
  const reportId = await addReport(server, tenantId, { deviceId, at: server.now, sequence: 1 });
  const threatId = await addThreat(server, tenantId, { deviceId, title: `threat ${SECRET}`, subject: SECRET });
  const ignoredId = await addThreat(server, tenantId, { deviceId, title: `ignored ${SECRET}`, state: 'ignored' });
  const actionId = await addAction(server, tenantId, { deviceId, state: 'failed' });
  await addNetworkEvent(server, tenantId, { deviceId, network: `wifi ${SECRET}`, at: server.now });
  await addInstalledApp(server, tenantId, { deviceId, package: `com.${SECRET}`, sha256: BUILD });
  const token = await theirs.admin.send('POST', '/enrolment/tokens', { label: SECRET, expiresInHours: 1, maxUses: 1 });
  await theirs.admin.send('PUT', '/connectors/webhook', {
    url: `https://${SECRET}.example.com`,
    secret: `whsec_${'A'.repeat(32)}`,
  });
  const jobId = server.database.newId();
  await server.database.store.withTenant(tenantId, async (tx) => {
    const common = { tenant_id: tenantId, sha256: BUILD };
    await tx
      .insertInto('appraisal_jobs')
      .values({
        ...common,
        id: jobId,
        file_name: `${SECRET}.apk`,
        size: 1,
        state: 'done',
        created_at: server.now,
        created_by: SECRET,
      })
      .execute();
    await tx
      .insertInto('appraisals')
      .values({
        ...common,
        platform: 'android',
        package: `com.${SECRET}`,
        label: SECRET,
        version_name: null,
        version_code: null,
        verdict: 'benign',
        malice: 0,
        data_risk: 0,
        report: JSON.stringify(emptyAppraisal()),
        appraised_at: server.now,
      })
      .execute();
  });
  const tokenId = (token.json() as { id: string }).id;
  const suppression = await theirs.admin.send('POST', '/suppressions', {
    rule: 'android.manifest.debuggable',
    reason: SECRET,
    until: server.now.toISOString().slice(0, 10),
  });
  const suppressionId = (suppression.json() as { id: string }).id;
  const gatewayToken = await theirs.admin.send('POST', '/network/gateway-tokens', { name: SECRET });
  const gatewayTokenId = (gatewayToken.json() as { id: string }).id;
  named = {
    'GET /devices/:id': { path: `/devices/${deviceId}` },
    'PATCH /devices/:id': { path: `/devices/${deviceId}`, body: { name: 'taken' } },
    'POST /devices/:id/retire': { path: `/devices/${deviceId}/retire` },
    'GET /devices/:id/timeline': { path: `/devices/${deviceId}/timeline` },
    'GET /devices/:id/usage': { path: `/devices/${deviceId}/usage` },
    'GET /devices/:id/reports/:reportId': { path: `/devices/${deviceId}/reports/${reportId}` },
    'GET /devices/:id/attestations': { path: `/devices/${deviceId}/attestations` },
    'POST /devices/:id/attestation-challenges': { path: `/devices/${deviceId}/attestation-challenges`, body: {} },
    'POST /devices/:id/attestations': {
      path: `/devices/${deviceId}/attestations`,
      body: {
        challengeId: server.database.newId(),
        session: server.database.newId(),
        statement: { kind: 'managed-device', chain: ['AAAA'] },
      },
    },
    'GET /devices/:id/tunnel': { path: `/devices/${deviceId}/tunnel` },
    'PUT /devices/:id/tunnel': { path: `/devices/${deviceId}/tunnel`, body: { revoked: true } },
    'DELETE /network/gateway-tokens/:id': { path: `/network/gateway-tokens/${gatewayTokenId}` },
    'GET /threats/:id': { path: `/threats/${threatId}` },
    'POST /threats/:id/ignore': { path: `/threats/${threatId}/ignore`, body: { reason: 'not mine' } },
    'POST /threats/:id/reopen': { path: `/threats/${ignoredId}/reopen` },
    'GET /apps/:sha256': { path: `/apps/${BUILD}` },
    'GET /appraisals/:id': { path: `/appraisals/${jobId}` },
    'DELETE /enrolment/tokens/:id': { path: `/enrolment/tokens/${tokenId}` },
    'DELETE /suppressions/:id': { path: `/suppressions/${suppressionId}` },
    'DELETE /connectors/:kind': { path: '/connectors/webhook' },
    'POST /connectors/:kind/test': { path: '/connectors/webhook/test' },
    'POST /actions/:id/retry': { path: `/actions/${actionId}/retry` },
    'GET /policy/versions/:version': { path: '/policy/versions/1' },
  };
});
afterAll(() => server[Symbol.asyncDispose]());

function emptyAppraisal() {
  const score = { value: 0, parts: [] };
  const app = { platform: 'android', package: `com.${SECRET}`, label: SECRET, versionName: null, versionCode: null };
  return {
    schema: 'vedette.appraisal/1',
    engine: { name: 'vedette', version: '0', rules: 0 },
    file: { name: 'a.apk', size: 1, sha256: BUILD },
    app: { ...app, minSdk: null, targetSdk: null, signers: [], permissions: [], components: [], hosts: [] },
    verdict: 'benign',
    score: { malice: score, dataRisk: score },
    classes: [],
    findings: [],
    coverage: { stages: [], counts: {} },
    diagnostics: [],
  };
}

describe('every route', () => {
  it('that anyone may call is on this list', () => {
    const open = routes.filter(isPublic).flatMap((route) => methodsOf(route).map((method) => `${method} ${route.url}`));
    expect(open.sort()).toEqual([
      'GET /api/v1/openapi.json',
      'GET /api/v1/setup',
      'GET /healthz',
      'GET /readyz',
      'POST /agent/v1/attestation/challenges',
      'POST /agent/v1/attestation/statements',
      'POST /agent/v1/enrol',
      'POST /agent/v1/enrol/challenge',
      'POST /agent/v1/network',
      'POST /agent/v1/reports',
      'POST /api/v1/session',
      'POST /api/v1/setup',
      'POST /gateway/v1/peers',
    ]);
  });

  it('of the rest refuses a caller who is not signed in, before it looks at anything else', async () => {
    expect(guarded().length).toBeGreaterThan(20);
    for (const { method, path } of guarded()) {
      const response = await server.anonymous.send(method, path.replace(/:\w+/g, 'x'));
      expect([method, path, response.statusCode, response.json().code]).toEqual([method, path, 401, 'signed-out']);
    }
  });

  it('that changes something needs an administrator, except signing out', async () => {
    for (const { method, path, permission } of guarded()) {
      if (method === 'GET' || (method === 'DELETE' && path === '/session')) continue;
      // A preview is a question: it changes nothing.
      if (path === '/policy/preview') continue;
      expect([method, path, permission]).toEqual([method, path, 'administer']);
      const response = await mine.viewer.send(method, path.replace(/:\w+/g, 'x'));
      expect([method, path, response.statusCode]).toEqual([method, path, 403]);
    }
  });

  it('with a parameter says "not found" for what belongs to another organisation, and finds it for its own', async () => {
    const withParameters = guarded().filter(({ path }) => path.includes(':'));
    for (const { method, path } of withParameters) {
      const key = `${method} ${path}`;
      const target = named[key];
      expect(target, `add ${key} to this test`).toBeDefined();
      // Numbers are every organisation's own.
      if (target === undefined || path === '/policy/versions/:version') continue;
      const refused = await mine.admin.send(method, target.path, target.body);
      expect([key, refused.statusCode, refused.body.includes(SECRET)]).toEqual([key, 404, false]);
    }
    for (const { method, path } of withParameters.filter((route) => route.method === 'GET')) {
      const own = await theirs.admin.send(method, named[`${method} ${path}`]?.path ?? '');
      expect([path, own.statusCode]).toEqual([path, 200]);
    }
  });

  it('that lists shows nothing of another organisation', async () => {
    const lists = guarded().filter(({ method, path }) => method === 'GET' && !path.includes(':') && path !== '/events');
    let shown = 0;
    for (const { path } of lists) {
      const full = path === '/search' ? `/search?q=${SECRET}` : path;
      const own = await theirs.admin.send('GET', full);
      const other = await mine.admin.send('GET', full);
      expect([path, own.statusCode, other.statusCode]).toEqual([path, 200, 200]);
      if (own.body.includes(SECRET)) shown += 1;
      expect([path, other.body.includes(SECRET)]).toEqual([path, false]);
    }
    expect(shown, 'the marker is in most lists of its own organisation').toBeGreaterThan(7);
  });

  it('declared without saying who may call it keeps the server from being built', () => {
    const fresh: App = fastify().withTypeProvider<ZodTypeProvider>();
    controlAccess(fresh, { findActor: () => Promise.resolve(null), publicUrl: 'http://localhost' });
    expect(() => fresh.get('/forgotten', () => 'x')).toThrow('GET /forgotten must declare');
    expect(() => fresh.get('/both', { config: { public: true, permission: 'read' } }, () => 'x')).toThrow(
      'must declare',
    );
  });
});

describe('requests that change something', () => {
  const body = { label: 'x', expiresInHours: 1, maxUses: 1 };
  const send = (headers: Record<string, string>) => mine.admin.send('POST', '/enrolment/tokens', body, { headers });

  it.each([
    ['without the header', { 'x-vedette-csrf': '' }],
    ['from another site', { 'sec-fetch-site': 'cross-site' }],
    ['from a sibling site', { 'sec-fetch-site': 'same-site' }],
    ['with the origin of another site', { origin: 'https://evil.example' }],
    ['with an origin that hides', { origin: 'null' }],
  ])('%s are refused', async (_, headers) => {
    const response = await send(headers);
    expect([response.statusCode, response.json().code]).toEqual([403, 'cross-site']);
  });

  it('from this site are taken, at its public address and at the one it was called by', async () => {
    expect((await send({ origin: 'http://localhost:8080', 'sec-fetch-site': 'same-origin' })).statusCode).toBe(201);
    expect((await send({ origin: 'http://127.0.0.1:9', host: '127.0.0.1:9' })).statusCode).toBe(201);
  });
});

it('a policy every organisation begins with is there', async () => {
  const rows = await server.database.store.withTenant(mine.tenantId, (tx) =>
    tx.selectFrom('policies').select(['version', 'document']).execute(),
  );
  expect(rows).toEqual([{ version: 1, document: DEFAULT_POLICY }]);
});
