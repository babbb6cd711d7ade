import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { joinServers } from './join-servers.ts';
import { addTenant, createTestStore, type TestStore } from './testing/create-test-store.ts';

let test: TestStore;
beforeAll(async () => {
  test = await createTestStore();
});
afterAll(() => test[Symbol.asyncDispose]());

const FUTURE = new Date('2099-01-01T00:00:00Z');
const ignore = (): void => undefined;

async function addLeasedJob(): Promise<string> {
  const tenantId = await addTenant(test, 'Any');
  const id = test.newId();
  await test.store.withoutTenant((tx) =>
    tx
      .insertInto('jobs')
      .values({
        id,
        queue: 'q',
        tenant_id: tenantId,
        payload: '{}',
        created_at: new Date(0),
        run_at: new Date(0),
        lease_id: test.newId(),
        leased_until: FUTURE,
      })
      .execute(),
  );
  return id;
}

async function leasedUntil(id: string): Promise<number | undefined> {
  const row = await test.store.withoutTenant((tx) =>
    tx.selectFrom('jobs').select('leased_until').where('id', '=', id).executeTakeFirst(),
  );
  return row?.leased_until?.getTime();
}

describe('a server that joins', () => {
  it('ends the leases of the dead when it is alone, and only then', async () => {
    const job = await addLeasedJob();
    const first = await joinServers(test.application, ignore);
    expect(first.alone).toBe(true);
    expect(await leasedUntil(job)).toBe(0);

    const mine = await addLeasedJob();
    const second = await joinServers(test.application, ignore);
    expect(second.alone).toBe(false);
    expect(await leasedUntil(mine)).toBe(FUTURE.getTime());

    await first[Symbol.asyncDispose]();
    const third = await joinServers(test.application, ignore);
    expect(third.alone).toBe(false);
    await second[Symbol.asyncDispose]();
    await third[Symbol.asyncDispose]();

    const last = await joinServers(test.application, ignore);
    expect(last.alone).toBe(true);
    expect(await leasedUntil(mine)).toBe(0);
    await last[Symbol.asyncDispose]();
  });
});
