import { Kysely, Migrator, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { type DatabaseAddress, driverSettings } from './address.ts';
import { APPLICATION_ROLE, foundation } from './migrations/2026-11-22-foundation.ts';
import { suppressions } from './migrations/2026-11-23-suppressions.ts';
import { usage } from './migrations/2026-11-23-usage.ts';
import { attestation } from './migrations/2026-11-24-attestation.ts';
import { networks } from './migrations/2026-11-25-networks.ts';
import { StoreError } from './store-error.ts';

/** Every migration in order. Names are dates, so that they sort; a shipped one never changes. */
const MIGRATIONS = {
  '2026-11-22-foundation': foundation,
  '2026-11-23-suppressions': suppressions,
  '2026-11-23-usage': usage,
  '2026-11-24-attestation': attestation,
  '2026-11-25-networks': networks,
};
/** Kysely's own tables live apart, where the application role has no rights. */
const MIGRATION_SCHEMA = 'vedette_migrations';
/** Advisory lock of everything that alters roles, which are shared by all databases of a cluster. */
const ROLE_LOCK = 0x7665_6431;
const OLDEST_SERVER = 150_000;

/**
 * Brings the schema up to date, as the owner. Makes the application role when it is missing; running it again changes nothing.
 * @returns the names of the migrations that ran
 * @throws StoreError `too-old`, `may-not-create-role`, `newer-schema`, `unreachable`
 */
export async function migrate(owner: DatabaseAddress): Promise<{ applied: string[] }> {
  const pool = new pg.Pool({ ...driverSettings(owner), max: 2 });
  // What breaks shows in the statement that fails.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    await requireServerVersion(db);
    await ensureApplicationRole(db);
    const migrator = new Migrator({
      db,
      provider: { getMigrations: () => Promise.resolve(MIGRATIONS) },
      migrationTableSchema: MIGRATION_SCHEMA,
    });
    const { error, results } = await migrator.migrateToLatest();
    if (error !== undefined) throw migrationError(error);
    return { applied: (results ?? []).map((result) => result.migrationName) };
  } finally {
    await db.destroy();
  }
}

async function requireServerVersion(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ number: string; text: string }>`
    select current_setting('server_version_num') as number, current_setting('server_version') as text`.execute(db);
  const version = rows[0];
  if (version === undefined || Number(version.number) < OLDEST_SERVER)
    throw new StoreError('too-old', `PostgreSQL ${version?.text ?? '?'} is too old: use version 15 or newer`);
}

/**
 * The role may not log in where it is made here: the application signs in with the owner's address and takes this role at the start of each session
 * (`options=-c role=…`), so no second password exists.
 */
async function ensureApplicationRole(db: Kysely<unknown>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${ROLE_LOCK})`.execute(tx);
    const { rows } = await sql<{ present: boolean; member: boolean; owner: string }>`
      select exists (select from pg_roles where rolname = ${APPLICATION_ROLE}) as present, current_user as owner,
        coalesce((select pg_has_role(current_user, oid, 'member') from pg_roles where rolname = ${APPLICATION_ROLE}), false) as member`.execute(
      tx,
    );
    const state = rows[0];
    if (state === undefined || (state.present && state.member)) return;
    try {
      if (!state.present) await sql.raw(`create role ${APPLICATION_ROLE} nologin nosuperuser nobypassrls`).execute(tx);
      await sql`grant ${sql.id(APPLICATION_ROLE)} to ${sql.id(state.owner)}`.execute(tx);
    } catch (cause) {
      throw new StoreError(
        'may-not-create-role',
        `The database user "${state.owner}" may not make the role ${APPLICATION_ROLE}; as an administrator of the database run: CREATE ROLE ${APPLICATION_ROLE} NOLOGIN; GRANT ${APPLICATION_ROLE} TO "${state.owner}";`,
        { cause },
      );
    }
  });
}

function migrationError(error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  // Kysely's words when the database holds a migration this code does not know: a newer server has been here.
  if (message.includes('previously executed migration'))
    return new StoreError(
      'newer-schema',
      'The database was made by a newer version of Vedette: start that version, or restore a backup',
      {
        cause: error,
      },
    );
  return error instanceof Error ? error : new Error(message);
}
