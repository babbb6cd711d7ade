import type { PlistValue } from '@vedette/formats';
import type { EvidenceBuilder, RecordNote } from '../evidence-builder.ts';
import type { IosFile } from './ios-files.ts';

/** One artefact that is a property list. */
export interface ListReader {
  /** Which files it is. */
  readonly is: (file: IosFile) => boolean;
  /** Gives its records, and tells the builder what is no record. */
  readonly read: (value: PlistValue, builder: EvidenceBuilder, file: IosFile) => Iterable<RecordNote>;
}

/** Entries of one list that are read. */
export const MAX_ENTRIES = 20_000;

/** A date as ISO 8601; null for what is none. */
export function isoOf(text: string | null): string | null {
  const time = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
