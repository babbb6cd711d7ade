import { type Kysely, type Migration, sql } from 'kysely';

/**
 * The first schema. Every row of a tenant carries `tenant_id` and is behind row-level security: the application role, which owns nothing, sees
 * nothing until `app.tenant` is set in its transaction (PostgreSQL manual, 5.9 Row Security Policies). What must be found before the tenant is known (a session,
 * a device key, an enrolment token, an account at sign-in) is found by narrow SECURITY DEFINER functions that take a hash or an id and give one row.
 */

const TENANT_TABLES = [
  'users',
  'sessions',
  'audit',
  'enrolment_tokens',
  'devices',
  'reports',
  'device_evidence',
  'device_apps',
  'device_events',
  'refusals',
  'threats',
  'threat_history',
  'policies',
  'actions',
  'connectors',
  'appraisals',
  'appraisal_jobs',
] as const;

const SCHEMA = `
create table tenants (
  id uuid primary key,
  name text not null,
  created_at timestamptz not null
);
create table users (
  id uuid primary key,
  tenant_id uuid not null references tenants,
  email text not null,
  name text not null,
  role text not null check (role in ('admin', 'viewer')),
  password_hash text not null,
  created_at timestamptz not null
);
create unique index users_email on users (lower(email));
create table sessions (
  token_hash bytea primary key,
  tenant_id uuid not null references tenants,
  user_id uuid not null references users on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_seen_at timestamptz not null
);
create table audit (
  id uuid primary key,
  tenant_id uuid not null references tenants,
  at timestamptz not null,
  actor text not null,
  action text not null,
  object text not null,
  detail jsonb not null
);
create index audit_newest on audit (tenant_id, at desc, id desc);
create table enrolment_tokens (
  id uuid primary key,
  tenant_id uuid not null references tenants,
  token_hash bytea not null unique,
  label text not null,
  created_at timestamptz not null,
  created_by text not null,
  expires_at timestamptz not null,
  max_uses integer not null check (max_uses > 0),
  uses integer not null default 0 check (uses <= max_uses),
  revoked_at timestamptz
);
create table devices (
  id uuid primary key,
  tenant_id uuid not null references tenants,
  name text not null,
  owner text,
  simulated boolean not null,
  platform text not null check (platform in ('android', 'ios')),
  facts jsonb not null,
  state text not null default 'active' check (state in ('active', 'retired')),
  key_thumbprint text not null unique,
  public_key jsonb not null,
  enrolled_at timestamptz not null,
  enrolment_token_id uuid references enrolment_tokens,
  last_sequence bigint not null default 0,
  last_report_at timestamptz,
  last_full_report_id uuid,
  sequence_gaps integer not null default 0,
  signals jsonb not null default '[]',
  findings jsonb not null default '[]',
  decision jsonb,
  rule_since jsonb not null default '{}',
  assessed_at timestamptz,
  risk_level text not null default 'unknown',
  risk_rank smallint not null default 5,
  compliance text not null default 'unknown',
  open_threats integer not null default 0,
  top_threat text
);
create index devices_by_risk on devices (tenant_id, risk_rank, id) where state = 'active';
create index devices_by_name on devices (tenant_id, lower(name), id) where state = 'active';
create index devices_by_report on devices (tenant_id, last_report_at desc nulls last, id) where state = 'active';
create table reports (
  report_id uuid primary key,
  tenant_id uuid not null references tenants,
  device_id uuid not null references devices,
  sequence bigint not null,
  type text not null check (type in ('full', 'heartbeat')),
  created_at timestamptz not null,
  received_at timestamptz not null,
  sha256 text not null,
  jws text not null,
  unique (device_id, sequence)
);
create index reports_newest on reports (tenant_id, device_id, received_at desc);
create table device_evidence (
  device_id uuid primary key references devices,
  tenant_id uuid not null references tenants,
  report_id uuid not null,
  observations jsonb not null,
  apps_complete boolean not null,
  updated_at timestamptz not null
);
create table device_apps (
  tenant_id uuid not null references tenants,
  device_id uuid not null references devices,
  package text not null,
  sha256 text,
  app jsonb not null,
  primary key (device_id, package)
);
create index device_apps_by_build on device_apps (tenant_id, sha256) where sha256 is not null;
create table device_events (
  id uuid primary key,
  tenant_id uuid not null references tenants,
  device_id uuid not null references devices,
  report_id uuid not null,
  kind text not null,
  at timestamptz not null,
  network text,
  event jsonb not null
);
create index device_events_newest on device_events (tenant_id, device_id, at desc);
create index device_events_by_network on device_events (tenant_id, network, at desc) where network is not null;
create table refusals (
  id uuid primary key,
  tenant_id uuid not null references tenants,
  device_id uuid references devices,
  at timestamptz not null,
  code text not null,
  detail text not null,
  remote text not null
);
create index refusals_newest on refusals (tenant_id, device_id, at desc);
create table threats (
  id uuid primary key,
  tenant_id uuid not null references tenants,
  device_id uuid not null references devices,
  key text not null,
  kind text not null check (kind in ('device', 'app', 'network')),
  type text not null,
  title text not null,
  severity text not null,
  severity_rank smallint not null,
  subject text,
  state text not null check (state in ('open', 'resolved', 'ignored')),
  findings jsonb not null,
  opened_at timestamptz not null,
  updated_at timestamptz not null,
  resolved_at timestamptz
);
create unique index threats_one_live on threats (device_id, key) where state <> 'resolved';
create index threats_list on threats (tenant_id, state, severity_rank, opened_at desc, id);
create index threats_list_all on threats (tenant_id, severity_rank, opened_at desc, id);
create index threats_of_device on threats (tenant_id, device_id, opened_at desc);
create table threat_history (
  id uuid primary key,
  tenant_id uuid not null references tenants,
  threat_id uuid not null references threats,
  at timestamptz not null,
  change text not null,
  by text not null,
  note text
);
create index threat_history_of on threat_history (tenant_id, threat_id, at);
create table policies (
  tenant_id uuid not null references tenants,
  version integer not null,
  document jsonb not null,
  created_at timestamptz not null,
  created_by text not null,
  note text not null,
  primary key (tenant_id, version)
);
create table actions (
  id uuid primary key,
  tenant_id uuid not null references tenants,
  device_id uuid not null references devices,
  key text not null,
  rule_id text not null,
  rule_title text not null,
  connector text not null,
  effect text not null,
  audience text not null,
  undo boolean not null,
  state text not null check (state in ('waiting', 'pending', 'in-force', 'undo-pending', 'undone', 'cancelled', 'failed', 'done')),
  phase text not null default 'do' check (phase in ('do', 'undo')),
  -- Whether the effect may have happened outside: set before the first attempt leaves, so that a crash in between is undone rather than forgotten.
  attempted boolean not null default false,
  wanted_at timestamptz not null,
  not_before timestamptz not null,
  sent_at timestamptz,
  undone_at timestamptz,
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  leased_until timestamptz,
  last_detail text,
  -- The exact content sent, fixed before the first attempt: every retry sends the same bytes under the same idempotency key.
  delivery jsonb,
  undo_delivery jsonb
);
create unique index actions_one_live on actions (device_id, key) where state in ('waiting', 'pending', 'in-force', 'undo-pending', 'failed');
create index actions_due on actions (next_attempt_at) where state in ('pending', 'undo-pending');
create index actions_newest on actions (tenant_id, wanted_at desc, id desc);
create table connectors (
  tenant_id uuid not null references tenants,
  kind text not null check (kind in ('webhook', 'email')),
  -- Settings without secrets, for showing; the whole, sealed with the server's key (AES-256-GCM), for using.
  settings jsonb not null,
  sealed bytea not null,
  updated_at timestamptz not null,
  updated_by text not null,
  primary key (tenant_id, kind)
);
create table appraisals (
  tenant_id uuid not null references tenants,
  sha256 text not null,
  platform text not null,
  package text not null,
  label text,
  version_name text,
  version_code bigint,
  verdict text not null,
  malice real not null,
  data_risk real not null,
  report jsonb not null,
  appraised_at timestamptz not null,
  primary key (tenant_id, sha256)
);
create index appraisals_by_package on appraisals (tenant_id, package, appraised_at desc);
create table appraisal_jobs (
  id uuid primary key,
  tenant_id uuid not null references tenants,
  file_name text not null,
  size bigint not null,
  sha256 text not null,
  state text not null check (state in ('queued', 'running', 'done', 'failed')),
  progress real not null default 0,
  stage text not null default 'queued',
  error text,
  created_at timestamptz not null,
  created_by text not null
);
create index appraisal_jobs_newest on appraisal_jobs (tenant_id, created_at desc);
-- The queue holds ids only and is read across tenants by the workers; what a job is about is read under its tenant.
create table jobs (
  id uuid primary key,
  queue text not null,
  tenant_id uuid not null references tenants,
  payload jsonb not null,
  -- At most one waiting job per key: asking again for what is already asked for changes nothing.
  dedupe_key text,
  created_at timestamptz not null,
  run_at timestamptz not null,
  attempts integer not null default 0,
  -- A worker holds the job while lease_id is its own; a lease that ran out may be taken by another, and the first one's word then counts for nothing.
  lease_id uuid,
  leased_until timestamptz,
  -- Set when the last attempt failed: kept for a person to look at, never run again.
  dead_at timestamptz,
  last_error text
);
create unique index jobs_one_waiting on jobs (queue, tenant_id, dedupe_key) where dedupe_key is not null and lease_id is null and dead_at is null;
create index jobs_running on jobs (queue, tenant_id, dedupe_key) where lease_id is not null;
create index jobs_due on jobs (queue, run_at, id) where dead_at is null;
`;

const LOOKUPS = `
create function find_session(hash bytea) returns table (tenant_id uuid, user_id uuid, expires_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select s.tenant_id, s.user_id, s.expires_at from sessions s where s.token_hash = hash $$;
create function find_account(address text) returns table (tenant_id uuid, user_id uuid, password_hash text)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select u.tenant_id, u.id, u.password_hash from users u where lower(u.email) = lower(address) $$;
create function find_device(device uuid) returns table (tenant_id uuid, state text, public_key jsonb)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select d.tenant_id, d.state, d.public_key from devices d where d.id = device $$;
create function find_device_by_key(thumbprint text) returns table (tenant_id uuid, device_id uuid, state text)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select d.tenant_id, d.id, d.state from devices d where d.key_thumbprint = thumbprint $$;
create function find_enrolment_token(hash bytea) returns table (tenant_id uuid, token_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select t.tenant_id, t.id from enrolment_tokens t where t.token_hash = hash $$;
-- Actions whose time has come, over all tenants: ids only.
create function due_actions(at timestamptz, most integer) returns table (tenant_id uuid, action_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select a.tenant_id, a.id from actions a
        where a.state in ('pending', 'undo-pending') and a.next_attempt_at <= at and (a.leased_until is null or a.leased_until <= at)
        order by a.next_attempt_at limit most $$;
-- Devices to look at again because time alone may have changed the answer (evidence that went stale, a wait that ended): ids only.
create function devices_to_reassess(assessed_before timestamptz, most integer) returns table (tenant_id uuid, device_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select d.tenant_id, d.id from devices d
        where d.state = 'active' and (d.assessed_at is null or d.assessed_at < assessed_before) order by d.assessed_at nulls first limit most $$;
-- Ends every lease. Only for a server that knows to be alone: see join-servers.ts.
create function expire_leases() returns void
  language sql volatile security definer set search_path = public, pg_temp
  as $$ update jobs set leased_until = to_timestamp(0) where lease_id is not null;
        update actions set leased_until = to_timestamp(0) where leased_until is not null $$;
create function tenant_count() returns bigint
  language sql stable security definer set search_path = public, pg_temp as $$ select count(*) from tenants $$;
`;

/** The tenant of the transaction, or null. As a sub-select it is worked out once per statement, not once per row: twice as fast over ten thousand devices. */
const CURRENT_TENANT = `(select nullif(current_setting('app.tenant', true), '')::uuid)`;

/** Name of the role the application uses: owns nothing, bypasses nothing. */
export const APPLICATION_ROLE = 'vedette_app';

export const foundation: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const run = (text: string) => sql.raw(text).execute(db);
    await run(SCHEMA);
    for (const table of TENANT_TABLES) {
      await run(`alter table ${table} enable row level security`);
      // The lookups above run as the owner, so the owner's rows are not forced; the application role owns nothing and is always filtered.
      await run(`create policy tenant_only on ${table} to ${APPLICATION_ROLE}
        using (tenant_id = ${CURRENT_TENANT}) with check (tenant_id = ${CURRENT_TENANT})`);
    }
    await run('alter table tenants enable row level security');
    await run(`create policy tenant_only on tenants to ${APPLICATION_ROLE}
      using (id = ${CURRENT_TENANT}) with check (id = ${CURRENT_TENANT})`);
    await run(LOOKUPS);
    await run(`grant usage on schema public to ${APPLICATION_ROLE}`);
    await run(`grant select, insert, update, delete on all tables in schema public to ${APPLICATION_ROLE}`);
    // The ledger and the audit log are append-only for the application.
    await run(`revoke update, delete on reports, audit, threat_history from ${APPLICATION_ROLE}`);
    await run(`revoke all on all functions in schema public from public`);
    await run(`grant execute on all functions in schema public to ${APPLICATION_ROLE}`);
  },
};
