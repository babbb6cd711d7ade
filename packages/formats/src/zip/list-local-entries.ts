import { type Budget, type Diagnostics, u32At } from '@vedette/bytes';
import { entryName } from './entry-name.ts';
import type { ListedEntry } from './list-entries.ts';
import { printable } from './printable.ts';
import {
  CENTRAL_HEADER,
  DATA_DESCRIPTOR,
  FLAG_DATA_DESCRIPTOR,
  LOCAL_HEADER,
  METHOD_DEFLATED,
  readLocalHeader,
} from './zip-records.ts';

/**
 * Entries found by their local headers alone: for a file whose directory is gone. An entry whose sizes are not in its
 * local header ends where the next record begins.
 */
export function listLocalEntries(bytes: Uint8Array, budget: Budget, diagnostics: Diagnostics): ListedEntry[] {
  const entries: ListedEntry[] = [];
  let offset = nextRecord(bytes, 0, isLocalHeader);
  while (offset < bytes.length) {
    const header = readLocalHeader(bytes, offset);
    if (header === null) break;
    if (!budget.takeEntries(1) || !budget.hasTime()) {
      diagnostics.error('budget.entries', `reading stopped after ${entries.length} entries`, { offset });
      break;
    }
    const name = entryName(header.rawName, diagnostics);
    const known = header.compressedSize > 0 || (header.flags & FLAG_DATA_DESCRIPTOR) === 0;
    const claimedEnd = header.dataOffset + header.compressedSize;
    const believable = known && claimedEnd <= bytes.length;
    const end = believable ? claimedEnd : nextRecord(bytes, header.dataOffset, isAnyRecord);
    if (known && !believable) {
      diagnostics.error('zip.entry.truncated', 'the file ends inside of this entry', {
        where: printable(name),
        offset,
      });
    }
    const { flags, method, modified, crc32, rawName, extra, dataOffset } = header;
    const compressedSize = end - dataOffset;
    const size = header.size > 0 ? header.size : method === METHOD_DEFLATED ? 0 : compressedSize;
    entries.push({
      name,
      flags,
      method,
      modified,
      crc32,
      compressedSize,
      size,
      rawName,
      extra,
      dataOffset,
      localOffset: offset,
      dataEnd: end,
      madeBy: 0,
      local: null,
    });
    offset = nextRecord(bytes, end, isLocalHeader);
  }
  return entries;
}

function isLocalHeader(signature: number): boolean {
  return signature === LOCAL_HEADER;
}

function isAnyRecord(signature: number): boolean {
  return signature === LOCAL_HEADER || signature === DATA_DESCRIPTOR || signature === CENTRAL_HEADER;
}

/** The next offset whose four bytes `matches`, or the end of the file. */
function nextRecord(bytes: Uint8Array, from: number, matches: (signature: number) => boolean): number {
  for (let at = bytes.indexOf(0x50, from); at >= 0; at = bytes.indexOf(0x50, at + 1)) {
    if (bytes[at + 1] === 0x4b && matches(u32At(bytes, at))) return at;
  }
  return bytes.length;
}
