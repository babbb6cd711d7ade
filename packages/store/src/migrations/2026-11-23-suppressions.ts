import { type Kysely, type Migration, sql } from 'kysely';
import { APPLICATION_ROLE } from './2026-11-22-foundation.ts';

/** Decisions that a finding does not count, and until when an appraisal's judgement rests on one. */
export const suppressions: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const run = (text: string) => sql.raw(text).execute(db);
    await run(`
      create table suppressions (
        id uuid primary key,
        tenant_id uuid not null references tenants,
        rule text not null,
        suppression jsonb not null,
        created_at timestamptz not null
      );
      create index suppressions_newest on suppressions (tenant_id, created_at desc);
      alter table appraisals add column suppressed_until text check (suppressed_until ~ '^\\d{4}-\\d{2}-\\d{2}$');
      create index appraisals_suppressed on appraisals (tenant_id, suppressed_until) where suppressed_until is not null;
      create index appraisals_findings on appraisals using gin ((report -> 'findings') jsonb_path_ops);
      alter table suppressions enable row level security;
      create policy tenant_only on suppressions to ${APPLICATION_ROLE}
        using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid))
        with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
      grant select, insert, update, delete on suppressions to ${APPLICATION_ROLE};
    `);
  },
};
