import type pg from 'pg';
import { APPLICATION_ROLE } from '../migrations/2026-11-22-foundation.ts';

/** Owns the schema; no superuser. */
export const OWNER = 'vedette';

/**
 * Makes the two roles and the database of a new cluster; changes nothing in one that has them. The application role may log in here, where only the
 * account of the database can reach the socket, so that no session of the application can ever return to a stronger role.
 */
export async function createRolesAndDatabase(superuser: pg.Client, database: string): Promise<void> {
  const { rows } = await superuser.query<{ owner: boolean; application: boolean; database: boolean }>(
    `select exists (select from pg_roles where rolname = $1) as owner,
            exists (select from pg_roles where rolname = $2) as application,
            exists (select from pg_database where datname = $3) as database`,
    [OWNER, APPLICATION_ROLE, database],
  );
  const there = rows[0];
  if (there?.owner !== true) await superuser.query(`create role ${OWNER} login nosuperuser createdb`);
  if (there?.application !== true) {
    await superuser.query(`create role ${APPLICATION_ROLE} login nosuperuser nobypassrls`);
    await superuser.query(`grant ${APPLICATION_ROLE} to ${OWNER}`);
  }
  if (there?.database !== true)
    await superuser.query(`create database ${superuser.escapeIdentifier(database)} owner ${OWNER}`);
}
