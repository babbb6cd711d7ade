import { readSqlite, type SqliteDatabase } from '@vedette/formats';
import type { EvidenceBuilder, RecordNote } from '../evidence-builder.ts';
import type { IosFile, IosFiles } from './ios-files.ts';

/** A record of a row; the place is filled in. Null: the row tells nothing. */
export type RowNote = Omit<RecordNote, 'place'>;

/** One artefact that is a database. */
export interface DatabaseReader {
  /** Which files it is. */
  readonly is: (file: IosFile) => boolean;
  /** Gives the records of a database, each with the table and the row that it stands in. */
  readonly read: (
    database: SqliteDatabase,
    file: IosFile,
    files: IosFiles,
  ) => Iterable<{ readonly table: string; readonly row: number | bigint; readonly note: RowNote }>;
}

/** Opens a database with its log once, and writes the records of all its readers. What is missing or damaged costs a diagnostic. */
export function readDatabase(
  builder: EvidenceBuilder,
  files: IosFiles,
  file: IosFile,
  readers: readonly DatabaseReader[],
): void {
  const bytes = file.bytes();
  const { value, diagnostics } = readSqlite(bytes ?? new Uint8Array(), {
    wal: files.beside(file, '-wal')?.bytes() ?? null,
  });
  if (value === null) {
    const message =
      bytes === null
        ? 'The file is in the list, and the evidence does not have it, or no key that opens it.'
        : (diagnostics[0]?.message ?? 'It cannot be read.');
    builder.diagnose({ id: 'ios.database', level: 'warning', message, where: file.shownAs });
    return;
  }
  for (const reader of readers)
    for (const { table, row, note } of reader.read(value, file, files))
      builder.record({ ...note, place: { file: `${file.shownAs}!/${table}#${row}` } });
  for (const { id, message, level } of value.diagnostics().slice(0, 3))
    if (level !== 'note') builder.diagnose({ id, level, message, where: file.shownAs });
}
