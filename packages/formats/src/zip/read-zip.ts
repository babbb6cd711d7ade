/**
 * ZIP as Android's libziparchive reads it (APPNOTE 6.3; AOSP system/libziparchive): the central directory is the truth,
 * local headers only tell where data begins, a method that is not DEFLATE is stored, encryption marks are ignored.
 * Whatever else the file says about itself is compared with that view and reported.
 *
 * Deliberately not supported: other compression methods, real encryption, multi-disk archives, checking of checksums
 * (Android does not check them either), writing.
 */
import { type Budget, createBudget, createDiagnostics, type Diagnostics, type Host, u32At } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import { findDirectory } from './find-end-record.ts';
import { type ListedEntry, listCentralEntries, listLocalEntries, printable } from './list-entries.ts';
import { readEntryData } from './read-entry-data.ts';
import { LOCAL_HEADER } from './zip-records.ts';

export interface ZipLimits {
  /** Entries listed; real apps have up to some 23,000. */
  readonly maxEntries: number;
  /** Bytes one entry may inflate to. */
  readonly maxEntryBytes: number;
  /** Bytes all reads of all entries may inflate to. */
  readonly maxTotalBytes: number;
  /** An entry that inflates to more than `bombFloorBytes` and more than this many times its size is cut there. */
  readonly maxRatio: number;
  readonly bombFloorBytes: number;
  readonly timeMs: number;
}

export const DEFAULT_ZIP_LIMITS: ZipLimits = {
  maxEntries: 100_000,
  maxEntryBytes: 128 * 1024 * 1024,
  maxTotalBytes: 1024 * 1024 * 1024,
  maxRatio: 100,
  bombFloorBytes: 24 * 1024 * 1024,
  timeMs: 60_000,
};

export interface ZipEntry extends ListedEntry {
  /**
   * Inflates within the archive's budget. Never throws; what was cut off or disagrees is in the diagnostics.
   * Each call inflates anew and draws on the budget again: keep what you need.
   *
   * @param maxBytes stop after this many bytes: for a look at the beginning
   */
  read(maxBytes?: number): Parsed<Uint8Array>;
}

export interface ZipArchive {
  /** In directory order, duplicates included. */
  readonly entries: readonly ZipEntry[];
  /** The entry the platform would take: the first of its name. */
  find(name: string): ZipEntry | undefined;
  /** Whether the entries are from the central directory, or were scanned from local headers because it is gone. */
  readonly source: 'central-directory' | 'local-headers';
  /** Where the central directory begins, in bytes; null without one. */
  readonly directoryOffset: number | null;
  /** Where the end of central directory record begins, in bytes; null without one. */
  readonly endRecordOffset: number | null;
}

/**
 * Lists the archive in `bytes`. The value is null when there is no archive: no directory and no local header.
 * Reads nothing of the entries' data; costs time and memory in proportion to the number of entries.
 */
export function readZip(
  bytes: Uint8Array,
  host: Host,
  limits: ZipLimits = DEFAULT_ZIP_LIMITS,
): Parsed<ZipArchive | null> {
  const diagnostics = createDiagnostics();
  const budget = createBudget({ entries: limits.maxEntries, bytes: limits.maxTotalBytes, timeMs: limits.timeMs }, () =>
    host.now(),
  );
  const directory = findDirectory(bytes, diagnostics);
  let listed = directory === null ? [] : listCentralEntries(bytes, directory, budget, diagnostics);
  let source: ZipArchive['source'] = 'central-directory';
  if (directory === null) {
    listed = listLocalEntries(bytes, budget, diagnostics);
    source = 'local-headers';
    if (listed.length === 0) {
      diagnostics.error('zip.none', 'no ZIP archive: neither a central directory nor a local header was found');
      return { value: null, diagnostics: diagnostics.list() };
    }
    const message = `the central directory is missing; ${listed.length} entries were found by their local headers`;
    diagnostics.error('zip.central-directory.missing', message);
  }
  reportPrefix(bytes, listed, diagnostics);
  reportNames(listed, diagnostics);
  reportOverlaps(listed, diagnostics);

  const entries = listed.map((entry): ZipEntry => toEntry(entry, bytes, host, limits, budget));
  const byName = new Map<string, ZipEntry>();
  for (const entry of entries) if (!byName.has(entry.name)) byName.set(entry.name, entry);
  const value: ZipArchive = {
    entries,
    find: (name) => byName.get(name),
    source,
    directoryOffset: directory?.directoryStart ?? null,
    endRecordOffset: directory?.record.offset ?? null,
  };
  return { value, diagnostics: diagnostics.list() };
}

function toEntry(entry: ListedEntry, bytes: Uint8Array, host: Host, limits: ZipLimits, budget: Budget): ZipEntry {
  return { ...entry, read: (maxBytes) => readEntryData(entry, { bytes, host, limits, budget, maxBytes }) };
}

const DEX_MAGIC = 0x0a786564; // "dex\n"

function reportPrefix(bytes: Uint8Array, entries: readonly ListedEntry[], diagnostics: Diagnostics): void {
  // CVE-2017-13156 "Janus": the runtime takes the file for a DEX, the installer for a ZIP. The bytes decide, not metadata.
  if (u32At(bytes, 0) === DEX_MAGIC) {
    diagnostics.error('zip.prefix.dex', 'the file is a DEX and a ZIP at once (Janus, CVE-2017-13156)', { offset: 0 });
    return;
  }
  const first = entries.reduce((lowest, entry) => Math.min(lowest, entry.localOffset), bytes.length);
  if (entries.length > 0 && first > 0 && u32At(bytes, 0) !== LOCAL_HEADER) {
    diagnostics.warning('zip.prefix.data', `${first} bytes before the first entry`, { offset: 0 });
  }
}

function reportNames(entries: readonly ListedEntry[], diagnostics: Diagnostics): void {
  const names = new Set<string>();
  for (const { name } of entries) {
    if (names.has(name)) {
      const message = 'the name occurs more than once; the first entry was taken';
      diagnostics.error('zip.name.duplicate', message, { where: printable(name) });
    }
    names.add(name);
  }
  for (const name of names) {
    const parent = name.slice(0, name.lastIndexOf('/'));
    if (parent.endsWith('.dex') || parent === 'AndroidManifest.xml' || parent === 'resources.arsc') {
      const message = 'a file of the platform is also used as a folder, to confuse tools that unpack';
      diagnostics.warning('zip.name.file-as-folder', message, { where: printable(name) });
    }
  }
}

/** Real archives overlap by some bytes (a data descriptor more or less): only a real sharing of data counts. */
const HARMLESS_OVERLAP = 24;

function reportOverlaps(entries: readonly ListedEntry[], diagnostics: Diagnostics): void {
  const byOffset = entries.filter((entry) => entry.dataOffset !== null).sort((a, b) => a.localOffset - b.localOffset);
  let end = 0;
  for (const entry of byOffset) {
    if (entry.localOffset + HARMLESS_OVERLAP < end) {
      const message = `shares ${end - entry.localOffset} bytes with an entry before it`;
      diagnostics.warning('zip.entry.overlap', message, { where: printable(entry.name), offset: entry.localOffset });
    }
    end = Math.max(end, (entry.dataOffset ?? 0) + entry.compressedSize);
  }
}
