import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { driverSettings } from './address.ts';
import { migrate } from './migrate.ts';
import { addTenant, createTestStore, type TestStore } from './testing/create-test-store.ts';

let test: TestStore;
let mine: string;
let theirs: string;

beforeAll(async () => {
  test = await createTestStore();
  mine = await addTenant(test, 'Mine');
  theirs = await addTenant(test, 'Theirs');
});
afterAll(() => test[Symbol.asyncDispose]());

function addUser(tenantId: string, name: string, inTenant = tenantId) {
  return test.store.withTenant(inTenant, (tx) =>
    tx
      .insertInto('users')
      .values({
        id: test.newId(),
        tenant_id: tenantId,
        email: `${name}@example.com`,
        name,
        role: 'admin',
        password_hash: 'x',
        created_at: new Date(0),
      })
      .execute(),
  );
}

describe('row-level security', () => {
  it('covers every table that has a tenant, for every command', async () => {
    const client = new pg.Client(driverSettings(test.superuser));
    await client.connect();
    const { rows } = await client.query<{ name: string; secured: boolean; policies: string }>(`
      select c.relname as name, c.relrowsecurity as secured, (select count(*) from pg_policy p where p.polrelid = c.oid and p.polcmd = '*') as policies
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id')`);
    await client.end();
    expect(rows.length).toBeGreaterThan(15);
    const open = rows.filter((row) => !row.secured || row.policies === '0').map((row) => row.name);
    expect(open, 'only the job queue, which holds ids, is read over all tenants').toEqual(['jobs']);
  });

  it('shows a tenant its own rows only', async () => {
    await addUser(mine, 'a');
    await addUser(theirs, 'b');
    const names = await test.store.withTenant(mine, (tx) => tx.selectFrom('users').select('name').execute());
    expect(names).toEqual([{ name: 'a' }]);
    expect(await test.store.withTenant(mine, (tx) => tx.selectFrom('tenants').select('name').execute())).toEqual([
      { name: 'Mine' },
    ]);
  });

  it('shows nothing while no tenant is set', async () => {
    expect(await test.store.withoutTenant((tx) => tx.selectFrom('users').selectAll().execute())).toEqual([]);
    expect(await test.store.withoutTenant((tx) => tx.selectFrom('tenants').selectAll().execute())).toEqual([]);
  });

  it('does not carry the tenant over to the next transaction of a connection', async () => {
    const one = await createTestStore({ maxConnections: 1 });
    const tenant = await addTenant(one);
    const seen = await one.store.withoutTenant((tx) => tx.selectFrom('tenants').selectAll().execute());
    const again = await one.store.withTenant(tenant, (tx) => tx.selectFrom('tenants').select('id').execute());
    await one[Symbol.asyncDispose]();
    expect(seen).toEqual([]);
    expect(again).toEqual([{ id: tenant }]);
  });

  it('refuses to write a row of another tenant', async () => {
    await expect(addUser(theirs, 'intruder', mine)).rejects.toThrow(/row-level security/);
  });

  it('changes and deletes nothing of another tenant', async () => {
    const changed = await test.store.withTenant(mine, (tx) =>
      tx.updateTable('users').set({ name: 'taken' }).where('tenant_id', '=', theirs).executeTakeFirst(),
    );
    const deleted = await test.store.withTenant(mine, (tx) =>
      tx.deleteFrom('users').where('tenant_id', '=', theirs).executeTakeFirst(),
    );
    expect([changed.numUpdatedRows, deleted.numDeletedRows]).toEqual([0n, 0n]);
  });

  it('does not let the application return to a stronger role', async () => {
    await expect(test.store.withTenant(mine, (tx) => sql`set local role postgres`.execute(tx))).rejects.toThrow(
      /permission denied/,
    );
    await expect(
      test.store.withTenant(mine, (tx) => sql`alter table users disable row level security`.execute(tx)),
    ).rejects.toThrow(/must be owner/);
    const { rows } = await test.store.withoutTenant((tx) =>
      sql<{ role: string }>`select session_user::text as role`.execute(tx),
    );
    expect(rows).toEqual([{ role: 'vedette_app' }]);
  });

  it('takes nothing but a UUID for a tenant', async () => {
    await expect(test.store.withTenant("' or true --", () => Promise.resolve(1))).rejects.toMatchObject({
      code: 'not-a-uuid',
    });
  });
});

describe('append-only tables', () => {
  it.each(['reports', 'audit', 'threat_history'] as const)(
    '%s can be neither changed nor deleted from',
    async (table) => {
      await expect(
        test.store.withTenant(mine, (tx) => sql`update ${sql.table(table)} set tenant_id = tenant_id`.execute(tx)),
      ).rejects.toThrow(/permission denied/);
      await expect(
        test.store.withTenant(mine, (tx) => sql`delete from ${sql.table(table)}`.execute(tx)),
      ).rejects.toThrow(/permission denied/);
    },
  );
});

describe('mutate', () => {
  const lines = () =>
    test.store.withTenant(mine, (tx) =>
      tx.selectFrom('audit').select(['actor', 'action', 'object', 'detail']).orderBy('id').execute(),
    );

  it('writes the line of the audit log with the change, or neither', async () => {
    const actor = { tenantId: mine, name: 'Ada <ada@example.com>' };
    const entry = { action: 'user.rename', object: 'user a', detail: { from: 'a', to: 'c' } };
    await test.store.mutate(actor, entry, (tx) => tx.updateTable('users').set({ name: 'c' }).execute());
    await expect(
      test.store.mutate(actor, entry, async (tx) => {
        await tx.updateTable('users').set({ name: 'lost' }).execute();
        throw new Error('half way');
      }),
    ).rejects.toThrow('half way');
    expect(await lines()).toEqual([{ actor: actor.name, ...entry }]);
    expect(await test.store.withTenant(mine, (tx) => tx.selectFrom('users').select('name').execute())).toEqual([
      { name: 'c' },
    ]);
  });

  it('writes no line when nothing changed', async () => {
    const before = await lines();
    await test.store.mutate(
      { tenantId: mine, name: 'Ada' },
      () => null,
      () => Promise.resolve(),
    );
    expect(await lines()).toEqual(before);
  });
});

describe('lookup', () => {
  it('finds an account of any tenant by its address, without regard to case', async () => {
    expect(await test.store.lookup.account('B@EXAMPLE.com')).toMatchObject({ tenantId: theirs, passwordHash: 'x' });
    expect(await test.store.lookup.account('nobody@example.com')).toBeNull();
  });

  it('counts the tenants', async () => {
    expect(await test.store.lookup.tenantCount()).toBe(2);
  });
});

describe('listen', () => {
  it('hears what is said when the transaction commits', async () => {
    const heard: string[] = [];
    let wake: () => void = () => undefined;
    const spoken = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const listener = await test.store.listen('news', (payload) => {
      heard.push(payload);
      if (payload === 'kept') wake();
    });
    await test.store
      .withoutTenant(async (tx) => {
        await sql`select pg_notify('news', 'rolled back')`.execute(tx);
        throw new Error('no');
      })
      .catch(() => undefined);
    await test.store.withoutTenant((tx) => sql`select pg_notify('news', 'kept')`.execute(tx));
    await spoken;
    await listener[Symbol.asyncDispose]();
    expect(heard).toEqual(['', 'kept']);
  });
});

describe('migrate', () => {
  it('changes nothing when it runs again, alone or twice at once', async () => {
    const runs = await Promise.all([migrate(test.superuser), migrate(test.superuser)]);
    expect(runs).toEqual([{ applied: [] }, { applied: [] }]);
  });

  it('refuses a database that a newer version has migrated', async () => {
    const other = await createTestStore();
    const client = new pg.Client(driverSettings(other.superuser));
    await client.connect();
    await client.query(`insert into vedette_migrations.kysely_migration values ('2999-01-01-future', '2999-01-01')`);
    await client.end();
    await expect(migrate(other.superuser)).rejects.toMatchObject({ code: 'newer-schema' });
    await other[Symbol.asyncDispose]();
  });
});
