import { Problem, Session, SetupStatus } from '@vedette/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestServer, type TestServer } from '../../testing/create-test-server.ts';
import { createTestClient } from '../../testing/test-client.ts';

const ADA = {
  code: 'the-set-up-code',
  organisation: 'Acme',
  name: 'Ada',
  email: 'Ada@Example.com',
  password: 'correct horse battery',
};

let server: TestServer;
beforeEach(async () => {
  server = await createTestServer();
});
afterEach(() => server[Symbol.asyncDispose]());

const cookieOf = (response: { headers: Record<string, unknown> }) => String(response.headers['set-cookie']);
const tokenOf = (response: { headers: Record<string, unknown> }) => cookieOf(response).split(';')[0] ?? '';
const signIn = (email: string, password: string) => server.anonymous.send('POST', '/session', { email, password });
const codeOf = (response: { json(): unknown }) => Problem.parse(response.json()).code;

describe('set-up', () => {
  it('makes the organisation, its administrator and the first policy, and signs in', async () => {
    expect(await server.anonymous.get('/setup', SetupStatus)).toEqual({ needed: true });
    const response = await server.anonymous.send('POST', '/setup', ADA);
    const session = Session.parse(response.json());
    expect(session).toMatchObject({
      user: { name: 'Ada', email: 'Ada@Example.com', role: 'admin' },
      organisation: { name: 'Acme' },
    });
    const client = createTestClient(server.app, tokenOf(response));
    expect(await client.get('/session', Session)).toEqual(session);
    expect(await server.anonymous.get('/setup', SetupStatus)).toEqual({ needed: false });
    const policies = await server.database.store.withTenant(session.organisation.id, (tx) =>
      tx.selectFrom('policies').select(['version', 'created_by']).execute(),
    );
    expect(policies).toEqual([{ version: 1, created_by: 'Ada <Ada@Example.com>' }]);
  });

  it('needs the code the server printed', async () => {
    const response = await server.anonymous.send('POST', '/setup', { ...ADA, code: 'the-set-up-cod' });
    expect([response.statusCode, codeOf(response)]).toEqual([403, 'wrong-code']);
  });

  it('asks for a password of at least 12 characters, by the name of the field', async () => {
    const response = await server.anonymous.send('POST', '/setup', { ...ADA, password: 'short' });
    expect(response.statusCode).toBe(422);
    expect(Problem.parse(response.json()).errors).toEqual([
      { path: 'password', message: 'Use at least 12 characters' },
    ]);
  });

  it('happens once, even when two come at the same time', async () => {
    const both = await Promise.all([
      server.anonymous.send('POST', '/setup', ADA),
      server.anonymous.send('POST', '/setup', { ...ADA, email: 'eve@example.com' }),
    ]);
    expect(both.map((response) => response.statusCode).sort((a, b) => a - b)).toEqual([200, 409]);
    expect(codeOf(await server.anonymous.send('POST', '/setup', ADA))).toBe('already-set-up');
    expect(await server.database.store.lookup.tenantCount()).toBe(1);
  });
});

describe('signing in', () => {
  beforeEach(() => server.anonymous.send('POST', '/setup', ADA));

  it('takes the address in any case, and gives a cookie that scripts and other sites cannot use', async () => {
    const response = await signIn('ADA@example.COM', ADA.password);
    expect(response.statusCode).toBe(200);
    expect(cookieOf(response)).toMatch(/^vedette=[\w-]{43}; Path=\/; Expires=.*; HttpOnly; SameSite=Strict$/);
    expect(response.headers['cache-control']).toBe('no-store');
  });

  it('binds the cookie to this host over https', async () => {
    const https = await createTestServer({ publicUrl: 'https://vedette.example.com' });
    const response = await https.anonymous.send('POST', '/setup', ADA);
    expect(cookieOf(response)).toMatch(/^__Host-vedette=[\w-]{43}; Path=\/; .*HttpOnly; Secure; SameSite=Strict$/);
    expect(response.headers['strict-transport-security']).toContain('max-age=');
    await https[Symbol.asyncDispose]();
  });

  it('says the same for a wrong password and an unknown address', async () => {
    const wrong = await signIn(ADA.email, 'wrong horse battery');
    const unknown = await signIn('nobody@example.com', ADA.password);
    expect(wrong.statusCode).toBe(401);
    expect(unknown.body).toBe(wrong.body);
    expect(wrong.headers['set-cookie']).toBeUndefined();
  });

  it('keeps of the token only its hash, and of the password an argon2id hash', async () => {
    const token = tokenOf(await signIn(ADA.email, ADA.password)).split('=')[1] ?? '';
    const account = await server.database.store.lookup.account(ADA.email);
    expect(account?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const rows = await server.database.store.withTenant(account?.tenantId ?? '', (tx) =>
      tx.selectFrom('sessions').selectAll().execute(),
    );
    expect(rows.length).toBe(2);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('ends with signing out', async () => {
    const client = createTestClient(server.app, tokenOf(await signIn(ADA.email, ADA.password)));
    const out = await client.send('DELETE', '/session');
    expect([out.statusCode, cookieOf(out)]).toEqual([204, expect.stringContaining('vedette=; ')]);
    expect((await client.send('GET', '/session')).statusCode).toBe(401);
  });

  it('ends after twelve hours without use, and after a week of use', async () => {
    const client = createTestClient(server.app, tokenOf(await signIn(ADA.email, ADA.password)));
    const start = server.now.getTime();
    const hours = (count: number) => new Date(start + count * 3_600_000);
    for (let hour = 11; hour < 168; hour += 11) {
      server.now = hours(hour);
      expect([hour, (await client.send('GET', '/session')).statusCode]).toEqual([hour, 200]);
    }
    server.now = hours(168);
    expect((await client.send('GET', '/session')).statusCode).toBe(401);
    const idle = createTestClient(server.app, tokenOf(await signIn(ADA.email, ADA.password)));
    server.now = hours(180);
    expect((await idle.send('GET', '/session')).statusCode).toBe(401);
  });

  it('takes no forged, foreign or endless cookie for a session', async () => {
    for (const cookie of [
      'vedette=',
      'vedette=x',
      `vedette=${'a'.repeat(5000)}`,
      'vedette=%00',
      'other=1; vedette=a.b',
    ]) {
      const response = await createTestClient(server.app, cookie).send('GET', '/session');
      expect([cookie.slice(0, 20), response.statusCode]).toEqual([cookie.slice(0, 20), 401]);
    }
  });

  it('may be tried twenty times a minute from one address', async () => {
    const codes = [];
    for (let attempt = 0; attempt < 21; attempt += 1)
      codes.push(
        (await server.anonymous.send('POST', '/session', { email: `${attempt}@example.com`, password: 'x' }))
          .statusCode,
      );
    expect(codes).toEqual([...Array<number>(20).fill(401), 429]);
  });

  it('may be tried twenty times on one account, from however many addresses', async () => {
    const codes = [];
    for (let attempt = 0; attempt < 21; attempt += 1) {
      const extra = { remoteAddress: `192.0.2.${attempt}` };
      codes.push(
        (await server.anonymous.send('POST', '/session', { email: ADA.email, password: 'x' }, extra)).statusCode,
      );
    }
    expect(codes).toEqual([...Array<number>(20).fill(401), 429]);
  });
});
