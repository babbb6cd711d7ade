/** The part of sql.js that tests use; it has no types of its own. */
declare module 'sql.js' {
  interface SqlJsDatabase {
    run(sql: string, values?: unknown[]): unknown;
    exec(
      sql: string,
      values?: unknown[],
      config?: { useBigInt?: boolean },
    ): { columns: string[]; values: unknown[][] }[];
    export(): Uint8Array;
  }
  export default function initSqlJs(): Promise<{ Database: new (data?: Uint8Array) => SqlJsDatabase }>;
}
