import { createHash } from 'node:crypto';
import { EnrolmentTokenCreated, EnrolmentTokenList } from '@vedette/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer, type TestOrganisation, type TestServer } from '../../testing/create-test-server.ts';

let server: TestServer;
let acme: TestOrganisation;
beforeAll(async () => {
  server = await createTestServer({ publicUrl: 'https://mtd.example.com' });
  acme = await server.addOrganisation();
});
afterAll(() => server[Symbol.asyncDispose]());

describe('enrolment tokens', () => {
  it('are shown once, in a link whose secret no server log gets, and kept as a hash', async () => {
    const made = await acme.admin.post(
      '/enrolment/tokens',
      { label: 'Sales', expiresInHours: 24, maxUses: 5 },
      EnrolmentTokenCreated,
    );
    expect(made.token).toMatch(/^[\w-]{43}$/);
    expect(made.link).toBe(`https://mtd.example.com/enrol#t=${made.token}`);
    expect(made.expiresAt).toBe(new Date(server.now.getTime() + 24 * 3_600_000).toISOString());
    const { body } = await acme.viewer.send('GET', '/enrolment/tokens');
    expect(body).not.toContain(made.token);
    const hash = createHash('sha256').update(made.token).digest();
    expect(await server.database.store.lookup.enrolmentToken(hash)).toEqual({
      tenantId: acme.tenantId,
      tokenId: made.id,
    });
    const audit = await server.database.store.withTenant(acme.tenantId, (tx) =>
      tx.selectFrom('audit').selectAll().execute(),
    );
    expect(JSON.stringify(audit)).toContain('enrolment-token.create');
    expect(JSON.stringify(audit)).not.toContain(made.token);
  });

  it('are revoked once', async () => {
    const { id } = await acme.admin.post(
      '/enrolment/tokens',
      { label: 'Lost', expiresInHours: 1, maxUses: 1 },
      EnrolmentTokenCreated,
    );
    for (const _ of [1, 2]) expect((await acme.admin.send('DELETE', `/enrolment/tokens/${id}`)).statusCode).toBe(200);
    const { items } = await acme.viewer.get('/enrolment/tokens', EnrolmentTokenList);
    expect(items.find((item) => item.id === id)?.revokedAt).toBe(server.now.toISOString());
    const revocations = await server.database.store.withTenant(acme.tenantId, (tx) =>
      tx.selectFrom('audit').select('detail').where('action', '=', 'enrolment-token.revoke').execute(),
    );
    expect(revocations).toEqual([{ detail: { id, uses: 0 } }]);
  });

  it.each([
    { expiresInHours: 0 },
    { expiresInHours: 24 * 91 },
    { maxUses: 0 },
    { maxUses: 1.5 },
    { label: ' ' },
    { more: 1 },
  ])('refuse %j', async (wrong) => {
    const body = { label: 'x', expiresInHours: 1, maxUses: 1, ...wrong };
    expect((await acme.admin.send('POST', '/enrolment/tokens', body)).statusCode).toBe(422);
  });
});
