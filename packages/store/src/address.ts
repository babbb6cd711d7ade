import type { PoolConfig } from 'pg';
import pg from 'pg';

/** Where a database is. A connection string (RFC 3986 `postgresql://…`, as libpq takes it), or a Unix socket of our own supervisor. */
export type DatabaseAddress =
  | { readonly connectionString: string }
  | { readonly socketFolder: string; readonly user: string; readonly database: string };

const INT8_OID = 20;

/** Reads `bigint` as a number: ids here are UUIDs, so every bigint is a count or a sequence number below 2^53. */
const typeParsers = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8_OID && format !== 'binary'
      ? (text: string) => Number(text)
      : pg.types.getTypeParser(oid, format ?? 'text')) as typeof pg.types.getTypeParser,
};

/** Settings for the driver. `role`: the role every session takes at its start, whatever the user it signs in as. */
export function driverSettings(address: DatabaseAddress, role?: string): PoolConfig {
  const common: PoolConfig = {
    types: typeParsers,
    application_name: 'vedette',
    connectionTimeoutMillis: 10_000,
    ...(role === undefined ? {} : { options: `-c role=${role}` }),
  };
  return 'connectionString' in address
    ? { ...common, connectionString: address.connectionString }
    : { ...common, host: address.socketFolder, user: address.user, database: address.database };
}
