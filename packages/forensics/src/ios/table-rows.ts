import type { SqliteRow, SqliteTable } from '@vedette/formats';
import type { DatabaseReader, RowNote } from './database-reader.ts';
import type { IosFile } from './ios-files.ts';

/** Reads one table, a record for each row that tells something. */
export function rowsOf(
  is: DatabaseReader['is'],
  table: string,
  note: (row: SqliteRow) => RowNote | null,
): DatabaseReader {
  return {
    is,
    *read(database) {
      for (const row of database.table(table)?.rows() ?? []) {
        const found = note(row);
        if (found !== null) yield { table, row: row.rowid, note: found };
      }
    },
  };
}

/** The files whose path is so. */
export const ends =
  (pattern: RegExp) =>
  ({ path }: IosFile): boolean =>
    pattern.test(path);

/** A text for one line of a report. */
export const short = (text: string, most = 300): string => (text.length > most ? `${text.slice(0, most)}…` : text);

/** Rows kept to be looked up from another table. */
const MAX_LOOKED_UP = 1_000_000;

/** One column of a table by the row's key: that column, or the row id where the table has none. */
export function byKey<T>(
  table: SqliteTable | null,
  key: string | null,
  take: (row: SqliteRow) => T,
): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const row of table?.rows() ?? []) {
    if (found.size >= MAX_LOOKED_UP) break;
    found.set(String((key === null ? null : row.value(key)) ?? row.rowid), take(row));
  }
  return found;
}
