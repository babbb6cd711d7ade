import { type Kysely, type Migration, sql } from 'kysely';
import { APPLICATION_ROLE } from './2026-11-22-foundation.ts';

const TABLES = ['network_settings', 'device_tunnels', 'gateway_tokens'] as const;

/** How organisations deal with networks, the tunnels of their devices, and what the hosts of the tunnels prove themselves with. */
export const networks: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const run = (text: string) => sql.raw(text).execute(db);
    await run(`
      create table network_settings (
        tenant_id uuid primary key references tenants,
        settings jsonb not null,
        updated_at timestamptz not null,
        updated_by text not null
      );
      create table device_tunnels (
        device_id uuid primary key references devices,
        tenant_id uuid not null references tenants,
        public_key text not null,
        addresses jsonb not null,
        created_at timestamptz not null,
        -- When the device asked for it: a request that is repeated never brings an older key back.
        requested_at timestamptz not null,
        revoked_at timestamptz,
        last_handshake_at timestamptz,
        received_bytes bigint not null default 0,
        sent_bytes bigint not null default 0,
        unique (tenant_id, public_key)
      );
      create table gateway_tokens (
        id uuid primary key,
        tenant_id uuid not null references tenants,
        token_hash bytea not null unique,
        name text not null,
        created_at timestamptz not null,
        created_by text not null,
        last_used_at timestamptz
      );
      create function find_gateway_token(hash bytea) returns table (tenant_id uuid, token_id uuid)
        language sql stable security definer set search_path = public, pg_temp
        as $$ select g.tenant_id, g.id from gateway_tokens g where g.token_hash = hash $$;
      revoke all on function find_gateway_token(bytea) from public;
      grant execute on function find_gateway_token(bytea) to ${APPLICATION_ROLE};
    `);
    for (const table of TABLES)
      await run(`
        alter table ${table} enable row level security;
        create policy tenant_only on ${table} to ${APPLICATION_ROLE}
          using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid))
          with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
        grant select, insert, update, delete on ${table} to ${APPLICATION_ROLE};
      `);
  },
};
