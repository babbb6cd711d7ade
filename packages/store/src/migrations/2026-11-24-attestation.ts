import { type Kysely, type Migration, sql } from 'kysely';
import { APPLICATION_ROLE } from './2026-11-22-foundation.ts';

const TABLES = [
  'attestation_challenges',
  'device_attestations',
  'device_attested_keys',
  'attestation_settings',
] as const;

/** Challenges, the statements that answered them, the keys that were attested, and whose word an organisation takes. */
export const attestation: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const run = (text: string) => sql.raw(text).execute(db);
    await run(`
      create table attestation_challenges (
        id uuid primary key,
        tenant_id uuid not null references tenants,
        device_id uuid references devices,
        enrolment_token_id uuid references enrolment_tokens,
        kind text not null,
        session uuid not null,
        challenge bytea not null,
        created_at timestamptz not null,
        expires_at timestamptz not null,
        used_at timestamptz,
        check (num_nonnulls(device_id, enrolment_token_id) = 1)
      );
      create index attestation_challenges_of_device on attestation_challenges (device_id, created_at);
      create index attestation_challenges_of_token on attestation_challenges (enrolment_token_id, created_at);
      create table device_attestations (
        id uuid primary key,
        tenant_id uuid not null references tenants,
        device_id uuid not null references devices,
        challenge_id uuid not null unique,
        kind text not null,
        via text not null check (via in ('agent', 'enrolment', 'administrator')),
        received_at timestamptz not null,
        accepted boolean not null,
        reasons jsonb not null,
        grade text,
        source text not null,
        trust text not null,
        facts jsonb not null,
        fields jsonb not null,
        checks jsonb not null,
        statement jsonb not null,
        sha256 text not null
      );
      create index device_attestations_newest on device_attestations (tenant_id, device_id, received_at desc);
      create table device_attested_keys (
        device_id uuid primary key references devices,
        tenant_id uuid not null references tenants,
        public_key bytea not null,
        counter bigint not null check (counter >= 0),
        updated_at timestamptz not null
      );
      create table attestation_settings (
        tenant_id uuid primary key references tenants,
        settings jsonb not null,
        sealed bytea,
        updated_at timestamptz not null,
        updated_by text not null
      );
      alter table enrolment_tokens add column attestation text not null default 'none'
        check (attestation in ('none', 'any', 'hardware'));
      alter table devices add column attestation text not null default 'none';
      alter table devices add column attested_key text;
      alter table devices add column attested_provisioning text;
      create index devices_by_attested_key on devices (tenant_id, attested_key) where attested_key is not null;
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
