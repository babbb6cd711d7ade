import initSqlJs from 'sql.js';

/** What tests need of the real SQLite, compiled to WebAssembly: run statements, get the file. */
export interface RealDatabase {
  run(sql: string, values?: readonly unknown[]): void;
  rows(sql: string): unknown[][];
  bytes(): Uint8Array;
}

/** A new database of the real SQLite. */
export function createRealDatabase(): Promise<RealDatabase> {
  return openRealDatabase();
}

/** The real SQLite on a file. */
export async function openRealDatabase(bytes?: Uint8Array): Promise<RealDatabase> {
  const SQL = await initSqlJs();
  const db = new SQL.Database(bytes);
  return {
    run: (sql, values) => void db.run(sql, values === undefined ? undefined : [...values]),
    rows: (sql) => db.exec(sql, undefined, { useBigInt: true })[0]?.values ?? [],
    bytes: () => db.export(),
  };
}
