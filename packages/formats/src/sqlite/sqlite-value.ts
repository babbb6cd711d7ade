/** A value of a column, as stored. Whole numbers that a double cannot hold are `bigint`. */
export type SqliteValue = null | number | bigint | string | Uint8Array;

/** A row of a table. */
export interface SqliteRow {
  readonly rowid: number | bigint;
  /** The value of a column by its name (any case); null also where the table has no such column. */
  value(column: string): SqliteValue;
  /** The value as text: numbers written out, blobs as UTF-8; null where there is none. */
  text(column: string): string | null;
  /** The value as a number; null for what is none. */
  number(column: string): number | null;
}

/** A table that can be read from its beginning to its end. */
export interface SqliteTable {
  readonly name: string;
  /** Names of its columns as they were declared. */
  readonly columns: readonly string[];
  /**
   * All rows in the order of their row id. Reading ends early, with a diagnostic of the database, at a damaged page or at a limit; what was read until then is given.
   */
  rows(): Generator<SqliteRow, void>;
}
