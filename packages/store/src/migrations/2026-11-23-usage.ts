import { type Kysely, type Migration, sql } from 'kysely';
import { APPLICATION_ROLE } from './2026-11-22-foundation.ts';

/** What the apps of a device used, a row for each window of time and source. */
export const usage: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const run = (text: string) => sql.raw(text).execute(db);
    await run(`
      create table device_usage (
        tenant_id uuid not null references tenants,
        device_id uuid not null references devices,
        source text not null,
        from_at timestamptz not null,
        to_at timestamptz not null,
        usage jsonb not null,
        primary key (device_id, source, from_at, to_at)
      );
      create index device_usage_newest on device_usage (tenant_id, device_id, to_at);
      alter table device_usage enable row level security;
      create policy tenant_only on device_usage to ${APPLICATION_ROLE}
        using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid))
        with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
      grant select, insert, update, delete on device_usage to ${APPLICATION_ROLE};
    `);
  },
};
