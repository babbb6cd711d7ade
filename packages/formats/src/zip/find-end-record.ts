import { type Diagnostics, u32At } from '@vedette/bytes';
import {
  CENTRAL_HEADER,
  END_OF_CENTRAL_DIRECTORY,
  END_RECORD_SIZE,
  type EndRecord,
  readEndRecord,
} from './zip-records.ts';

const MAX_COMMENT = 0xffff;

/** The end record that counts, with the directory's place made sure of. */
export interface FoundDirectory {
  readonly record: EndRecord;
  readonly directoryStart: number;
  readonly directoryEnd: number;
}

/**
 * Finds the end of central directory record as libziparchive does: the last signature in the final 65,557 bytes of the
 * file. Where that one leads to no directory (a signature planted in the comment), earlier ones are tried.
 * Null when none leads to a directory.
 */
export function findDirectory(bytes: Uint8Array, diagnostics: Diagnostics): FoundDirectory | null {
  const lowest = Math.max(0, bytes.length - END_RECORD_SIZE - MAX_COMMENT);
  let signatures = 0;
  let found: FoundDirectory | null = null;
  for (let offset = bytes.length - END_RECORD_SIZE; offset >= lowest; offset--) {
    if (bytes[offset] !== 0x50 || u32At(bytes, offset) !== END_OF_CENTRAL_DIRECTORY) continue;
    signatures += 1;
    found ??= directoryOf(bytes, offset);
    if (signatures > 64) break;
  }
  if (signatures > 1) {
    diagnostics.note(
      'zip.end-record.several',
      `${signatures} end records; the last that leads to a directory was taken`,
    );
  }
  if (found !== null) reportOddities(bytes, found, diagnostics);
  return found;
}

function directoryOf(bytes: Uint8Array, offset: number): FoundDirectory | null {
  const record = readEndRecord(bytes, offset);
  if (record === null) return null;
  const startsDirectory = (start: number): boolean =>
    start >= 0 && start < offset && u32At(bytes, start) === CENTRAL_HEADER;
  const { directoryOffset, directorySize } = record;
  if (startsDirectory(directoryOffset)) {
    // The size is only believed where it fits: entries are read for as long as they follow each other.
    const claimed = directoryOffset + directorySize;
    const directoryEnd = claimed > directoryOffset && claimed <= offset ? claimed : offset;
    return { record, directoryStart: directoryOffset, directoryEnd };
  }
  if (startsDirectory(offset - directorySize)) {
    return { record, directoryStart: offset - directorySize, directoryEnd: offset };
  }
  // An archive without entries is an archive.
  const empty = record.entryCount === 0 && directorySize === 0;
  return empty ? { record, directoryStart: offset, directoryEnd: offset } : null;
}

function reportOddities(bytes: Uint8Array, found: FoundDirectory, diagnostics: Diagnostics): void {
  const { record, directoryStart, directoryEnd } = found;
  const place = { offset: record.offset };
  if (record.zip64) diagnostics.note('zip.zip64', 'ZIP64 records: Android reads them only since version 12', place);
  if (record.zip64Unused) {
    const message = 'a ZIP64 locator that leads to no record, or to one of no use: readers of ZIP64 may be led astray';
    diagnostics.warning('zip.zip64.false-locator', message, place);
  }
  if (record.multiDisk)
    diagnostics.warning('zip.end-record.multi-disk', 'the end record speaks of several disks', place);
  const end = record.offset + END_RECORD_SIZE + record.commentLength;
  if (end !== bytes.length) {
    const message = `the comment's length leads ${Math.abs(bytes.length - end)} bytes ${end > bytes.length ? 'beyond' : 'short of'} the end of the file`;
    diagnostics.warning('zip.end-record.comment-length', message, place);
  }
  if (directoryStart !== record.directoryOffset) {
    const message = `the directory is at ${directoryStart}, not at ${record.directoryOffset} as the end record says`;
    diagnostics.warning('zip.directory.moved', message, place);
  }
  if (directoryStart + record.directorySize !== directoryEnd) {
    diagnostics.warning(
      'zip.directory.size',
      `a directory of ${record.directorySize} bytes does not fit where it is`,
      place,
    );
  } else if (!record.zip64 && directoryEnd !== record.offset) {
    const message = `${record.offset - directoryEnd} bytes between the directory and the end record`;
    diagnostics.warning('zip.directory.gap', message, { offset: directoryEnd });
  }
}
