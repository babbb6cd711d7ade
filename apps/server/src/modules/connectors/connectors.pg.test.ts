import { ConnectorList, ConnectorTestResult } from '@vedette/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestServer, type TestOrganisation, type TestServer } from '../../testing/create-test-server.ts';
import { readEmailSettings } from './connector-store.ts';

const SECRET = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;
const WEBHOOK = { url: 'https://hooks.example.com/v', secret: SECRET };
const EMAIL = {
  host: 'mail.example.com',
  port: 587,
  security: 'starttls',
  username: 'vedette',
  password: 'hunter2 hunter2',
  from: 'vedette@example.com',
  adminRecipients: ['ada@example.com'],
};

let server: TestServer;
let acme: TestOrganisation;
beforeAll(async () => {
  server = await createTestServer();
});
beforeEach(async () => {
  acme = await server.addOrganisation();
});
afterAll(() => server[Symbol.asyncDispose]());

const stored = async () => {
  const rows = await server.database.store.withTenant(acme.tenantId, async (tx) => [
    ...(await tx.selectFrom('connectors').selectAll().execute()),
    ...(await tx.selectFrom('audit').selectAll().execute()),
  ]);
  return JSON.stringify(rows, (_, value: unknown) =>
    value instanceof Uint8Array || (typeof value === 'object' && value !== null && 'data' in value) ? '' : value,
  );
};
const emailSettings = () =>
  server.database.store.withTenant(acme.tenantId, (tx) => readEmailSettings(tx, server.context.sealer));

describe('connectors', () => {
  it('show everything but their secrets, which are kept sealed and are in no audit line', async () => {
    await acme.admin.send('PUT', '/connectors/webhook', WEBHOOK);
    const answer = await acme.admin.send('PUT', '/connectors/email', EMAIL);
    expect(ConnectorList.parse(answer.json())).toMatchObject({
      webhook: { url: WEBHOOK.url, hasSecret: true, allowPrivateAddress: false },
      email: { host: EMAIL.host, username: 'vedette', hasPassword: true },
    });
    for (const text of [answer.body, await stored()]) {
      expect(text).toContain('mail.example.com');
      expect(text).not.toContain(EMAIL.password);
      expect(text).not.toContain(SECRET);
    }
    const row = await server.database.store.withTenant(acme.tenantId, (tx) =>
      tx.selectFrom('connectors').select('sealed').where('kind', '=', 'webhook').executeTakeFirstOrThrow(),
    );
    expect(Buffer.from(row.sealed).includes(SECRET)).toBe(false);
    expect(JSON.parse(Buffer.from(server.context.sealer.open(row.sealed)).toString())).toMatchObject({
      secret: SECRET,
    });
  });

  it('keep a password that is not given again, but never hand it to another server or account', async () => {
    const save = (more: object) => acme.admin.send('PUT', '/connectors/email', { ...EMAIL, ...more });
    await save({});
    await save({ password: null, from: 'other@example.com' });
    expect((await emailSettings())?.password).toBe(EMAIL.password);
    await save({ password: null, host: 'evil.example.com' });
    expect((await emailSettings())?.password).toBeNull();
    await save({});
    await save({ password: null, username: 'someone' });
    expect((await emailSettings())?.password).toBeNull();
    await save({});
    await save({ password: null, security: 'none' });
    expect((await emailSettings())?.password).toBeNull();
  });

  it('are removed, and then are not there', async () => {
    await acme.admin.send('PUT', '/connectors/webhook', WEBHOOK);
    const removed = await acme.admin.send('DELETE', '/connectors/webhook');
    expect(ConnectorList.parse(removed.json())).toEqual({ webhook: null, email: null });
    expect((await acme.admin.send('DELETE', '/connectors/webhook')).statusCode).toBe(404);
    expect((await acme.admin.send('POST', '/connectors/webhook/test')).statusCode).toBe(404);
  });

  it('say what came of a test: a private address is refused unless it is allowed', async () => {
    await acme.admin.send('PUT', '/connectors/webhook', { ...WEBHOOK, url: 'http://127.0.0.1:9/hook' });
    const result = await acme.admin.post('/connectors/webhook/test', undefined, ConnectorTestResult);
    expect(result.ok).toBe(false);
    expect(result.detail).not.toBe('');
  });

  it('ask for what waited to be looked at again', async () => {
    await acme.admin.send('PUT', '/connectors/webhook', WEBHOOK);
    const jobs = await server.database.store.withoutTenant((tx) =>
      tx.selectFrom('jobs').select('queue').where('tenant_id', '=', acme.tenantId).execute(),
    );
    expect(jobs).toEqual([{ queue: 'reassess-all' }]);
  });
});
