import { type Budget, createDiagnostics, type Diagnostics, type Host } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import { crc32 } from './crc32.ts';
import type { ListedEntry } from './list-entries.ts';
import { printable } from './printable.ts';
import type { ZipLimits } from './read-zip.ts';
import { FLAG_DATA_DESCRIPTOR, METHOD_DEFLATED, METHOD_STORED } from './zip-records.ts';

export interface EntrySource {
  readonly bytes: Uint8Array;
  readonly host: Host;
  readonly limits: ZipLimits;
  readonly budget: Budget;
  readonly maxBytes: number | undefined;
}

const NOTHING = new Uint8Array(0);

/** The data of one entry, as Android would hand it to the app; see `ZipEntry.read`. */
export function readEntryData(entry: ListedEntry, source: EntrySource): Parsed<Uint8Array> {
  if (entry.dataOffset === null) return failed('zip.local-header.missing', 'the entry has no local header', entry);
  if (entry.dataOffset > source.bytes.length)
    return failed('zip.entry.truncated', 'the data is beyond the file', entry);
  return entry.method === METHOD_DEFLATED
    ? inflate(entry, entry.dataOffset, source)
    : readStored(entry, entry.dataOffset, source);
}

function readStored(entry: ListedEntry, dataOffset: number, source: EntrySource): Parsed<Uint8Array> {
  const diagnostics = createDiagnostics();
  const where = printable(entry.name);
  const available = source.bytes.length - dataOffset;
  // A stored entry has one size; where the two differ Android maps the uncompressed one.
  let size = entry.size;
  if (size !== entry.compressedSize) {
    const message = `stored, but its sizes differ: ${entry.compressedSize} and ${size}`;
    diagnostics.warning('zip.size.mismatch', message, { where });
    if (size > available && entry.compressedSize <= available) size = entry.compressedSize;
  }
  if (size > available) {
    diagnostics.error('zip.entry.truncated', `${size - available} of ${size} bytes are missing`, { where });
    size = available;
  }
  const wanted = Math.min(size, source.maxBytes ?? size);
  const data = source.bytes.subarray(dataOffset, dataOffset + wanted);
  if (entry.method === METHOD_STORED || entry.compressedSize === entry.size || entry.compressedSize === 0) {
    checkSum(entry, data, source.host, diagnostics);
    return { value: data, diagnostics: diagnostics.list() };
  }
  // An unknown method whose data is DEFLATE all the same: the platform would not read it, a loader of the app's own may.
  const packed = source.bytes.subarray(dataOffset, dataOffset + entry.compressedSize);
  const limit = Math.min(
    entry.size,
    source.budget.bytesLeft,
    source.limits.bombFloorBytes,
    source.maxBytes ?? entry.size,
  );
  const inflated = source.host.inflateRaw(packed, limit);
  if (inflated.complete && inflated.output.length === limit && source.budget.takeBytes(limit)) {
    diagnostics.warning('zip.entry.hidden-deflate', 'an unknown method, but the data is DEFLATE', { where });
    return { value: inflated.output, diagnostics: diagnostics.list() };
  }
  return { value: data, diagnostics: diagnostics.list() };
}

function inflate(entry: ListedEntry, dataOffset: number, source: EntrySource): Parsed<Uint8Array> {
  const { budget, host, limits, maxBytes } = source;
  const diagnostics = createDiagnostics();
  const where = printable(entry.name);
  const packed = source.bytes.subarray(dataOffset, dataOffset + entry.compressedSize);
  if (packed.length < entry.compressedSize) {
    const missing = entry.compressedSize - packed.length;
    diagnostics.error('zip.entry.truncated', `${missing} of ${entry.compressedSize} bytes are missing`, { where });
  }
  const byRatio = Math.max(limits.bombFloorBytes, packed.length * limits.maxRatio);
  const cap = Math.min(byRatio, limits.maxEntryBytes, budget.bytesLeft);
  const wanted = Math.min(cap, maxBytes ?? cap);
  if (cap <= 0) return failed('budget.bytes', 'nothing was read: the budget for inflated data is spent', entry);

  // The declared size is tried first, one byte above it: an honest entry then costs one exact allocation.
  const first = Math.min(entry.size + 1, wanted);
  let result = host.inflateRaw(packed, first);
  const longer = !result.complete && result.output.length === first && first < wanted;
  if (longer) result = host.inflateRaw(packed, wanted);
  const { output } = result;
  budget.takeBytes(Math.min(output.length, budget.bytesLeft));

  const cut = !result.complete && output.length >= wanted;
  if (cut && maxBytes !== undefined && output.length >= maxBytes)
    return { value: output, diagnostics: diagnostics.list() };
  if (cut && wanted === byRatio) {
    const message = `inflates to more than ${limits.maxRatio} times its ${packed.length} bytes; cut after ${output.length}`;
    diagnostics.error('zip.bomb', message, { where });
  } else if (cut) {
    diagnostics.error('budget.bytes', `cut after ${output.length} bytes: the limit for inflated data`, { where });
  } else if (!result.complete) {
    diagnostics.error('zip.entry.damaged', `the compressed data is damaged; ${output.length} bytes were read`, {
      where,
    });
  }
  if (!cut && result.complete && output.length !== entry.size && entry.size !== 0xffff_ffff) {
    const message = `declared as ${entry.size} bytes, inflates to ${output.length}`;
    diagnostics.warning('zip.size.mismatch', message, { where });
  }
  if (!cut && result.complete) checkSum(entry, output, host, diagnostics);
  return { value: output, diagnostics: diagnostics.list() };
}

/** Android does not compare checksums (zip_archive.cc, `kCrcChecksEnabled`), so a wrong one keeps nothing from running; other tools refuse the entry. */
function checkSum(entry: ListedEntry, data: Uint8Array, host: Host, diagnostics: Diagnostics): void {
  if (data.length !== entry.size) return;
  // A header that leaves its numbers to a data descriptor says nothing.
  if (entry.crc32 === 0 && (entry.flags & FLAG_DATA_DESCRIPTOR) !== 0) return;
  if ((host.crc32?.(data) ?? crc32(data)) === entry.crc32) return;
  const message = 'the checksum is not that of the data; Android does not compare them';
  diagnostics.warning('zip.entry.checksum', message, { where: printable(entry.name) });
}

function failed(id: string, message: string, entry: ListedEntry): Parsed<Uint8Array> {
  return { value: NOTHING, diagnostics: [{ id, level: 'error', message, where: printable(entry.name) }] };
}
