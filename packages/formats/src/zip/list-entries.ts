import { type Budget, type Diagnostics, u32At } from '@vedette/bytes';
import { compareHeaders, dataEnd } from './compare-headers.ts';
import { entryName } from './entry-name.ts';
import type { FoundDirectory } from './find-end-record.ts';
import { printable } from './printable.ts';
import {
  CENTRAL_HEADER,
  type HeaderFields,
  type LocalHeader,
  readCentralHeader,
  readLocalHeader,
} from './zip-records.ts';

/** An entry as listed, before anything of its data is read. */
export interface ListedEntry extends HeaderFields {
  readonly name: string;
  /** Offset of the local header in the file, in bytes. */
  readonly localOffset: number;
  /** Null when there is no local header where the directory says: the entry has no data. */
  readonly dataOffset: number | null;
  /** One past the last byte of data and data descriptor; null without data. */
  readonly dataEnd: number | null;
  /** What the directory says of the tool that wrote it; 0 where there is no directory. */
  readonly madeBy: number;
  /** The local header, where it leads to other data than the directory. */
  readonly local: LocalHeader | null;
}

/** The directory's entries in order, each compared with its local header; what they disagree about are diagnostics. */
export function listCentralEntries(
  bytes: Uint8Array,
  directory: FoundDirectory,
  budget: Budget,
  diagnostics: Diagnostics,
): ListedEntry[] {
  const entries: ListedEntry[] = [];
  let offset = directory.directoryStart;
  while (offset < directory.record.offset && u32At(bytes, offset) === CENTRAL_HEADER) {
    const header = readCentralHeader(bytes, offset, directory.record.offset);
    if (header === null) {
      diagnostics.error('zip.central-directory.truncated', 'the directory is cut off inside of an entry', { offset });
      break;
    }
    if (!budget.takeEntries(1) || !budget.hasTime()) {
      const message = `reading stopped after ${entries.length} entries; the end record announces ${directory.record.entryCount}`;
      diagnostics.error('budget.entries', message, { offset });
      break;
    }
    const name = entryName(header.rawName, diagnostics);
    const local = readLocalHeader(bytes, header.localOffset);
    let other = false;
    if (local === null) {
      const message = 'no local header where the directory says; the entry cannot be read';
      diagnostics.error('zip.local-header.missing', message, { where: printable(name), offset: header.localOffset });
    } else {
      other = compareHeaders(name, header, local, diagnostics);
    }
    reportMode(name, header.externalAttributes, diagnostics);
    entries.push({
      name,
      flags: header.flags,
      method: header.method,
      modified: header.modified,
      crc32: header.crc32,
      compressedSize: header.compressedSize,
      size: header.size,
      rawName: header.rawName,
      extra: header.extra,
      localOffset: header.localOffset,
      madeBy: header.madeBy,
      dataOffset: local?.dataOffset ?? null,
      dataEnd: local === null ? null : dataEnd(bytes, header, local, { name, diagnostics }),
      local: other ? local : null,
    });
    offset = header.nextOffset;
  }
  // The 16-bit count wraps in archives of more than 65,535 entries made without ZIP64.
  if ((entries.length & 0xffff) !== (directory.record.entryCount & 0xffff) && !diagnostics.has('budget.entries')) {
    const message = `the end record announces ${directory.record.entryCount} entries, the directory holds ${entries.length}`;
    diagnostics.warning('zip.end-record.entry-count', message, { offset: directory.record.offset });
  }
  return entries;
}

const UNIX_TYPE = 0o170000;
const UNIX_LINK = 0o120000;

function reportMode(name: string, externalAttributes: number, diagnostics: Diagnostics): void {
  if (((externalAttributes >>> 16) & UNIX_TYPE) === UNIX_LINK) {
    diagnostics.warning('zip.entry.symlink', 'the entry is a symbolic link', { where: printable(name) });
  }
}
