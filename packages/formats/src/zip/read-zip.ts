/**
 * ZIP as Android's libziparchive reads it (APPNOTE 6.3; AOSP system/libziparchive): the central directory is the truth,
 * local headers only tell where data begins, a method that is not DEFLATE is stored, encryption marks are ignored.
 * Whatever else the file says about itself is compared with that view and reported.
 *
 * Deliberately not supported: other compression methods, real encryption, multi-disk archives, writing.
 */
import {
  type Budget,
  createBudget,
  createDiagnostics,
  type Diagnostics,
  type Host,
  isUtf8,
  latin1Text,
  u32At,
  utf8Text,
} from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import { entriesEnd, reportLayout } from './archive-layout.ts';
import { reportAlignment } from './entry-alignment.ts';
import { reportNames } from './entry-name.ts';
import { reportOrigin } from './entry-origin.ts';
import { findDirectory } from './find-end-record.ts';
import { type ListedEntry, listCentralEntries } from './list-entries.ts';
import { listLocalEntries } from './list-local-entries.ts';
import { type EntrySource, readEntryData } from './read-entry-data.ts';
import { LOCAL_HEADER, type LocalHeader } from './zip-records.ts';

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
  /** The entry as its local header describes it, where that leads to other data; null where the two agree. Android never reads this; other tools do. */
  readonly alternative: EntryAlternative | null;
}

/** An entry after its local header, for analysis that looks at what each reader would see. */
export interface EntryAlternative {
  readonly name: string;
  readonly method: number;
  readonly compressedSize: number;
  readonly size: number;
  /** As `ZipEntry.read`. */
  read(maxBytes?: number): Parsed<Uint8Array>;
}

export interface ZipArchive {
  /** In directory order, duplicates included. */
  readonly entries: readonly ZipEntry[];
  /** The first entry of the name. The platform opens no archive with a name twice; Java's readers differ in which they take. */
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
  const end = directory === null ? null : entriesEnd(bytes, directory.directoryStart);
  reportLayout(bytes, listed, end, diagnostics);
  reportAlignment(listed, diagnostics);
  if (directory !== null) reportOrigin(listed, diagnostics);

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
  const read = (maxBytes?: number) => readEntryData(entry, { bytes, host, limits, budget, maxBytes });
  // Written out: copying by spread took half of the time of listing an archive.
  return {
    name: entry.name,
    flags: entry.flags,
    method: entry.method,
    modified: entry.modified,
    crc32: entry.crc32,
    compressedSize: entry.compressedSize,
    size: entry.size,
    rawName: entry.rawName,
    extra: entry.extra,
    madeBy: entry.madeBy,
    localOffset: entry.localOffset,
    dataOffset: entry.dataOffset,
    dataEnd: entry.dataEnd,
    local: entry.local,
    read,
    alternative:
      entry.local === null ? null : toAlternative(alternativeOf(entry, entry.local), { bytes, host, limits, budget }),
  };
}

function toAlternative(entry: ListedEntry, source: Omit<EntrySource, 'maxBytes'>): EntryAlternative {
  const { name, method, compressedSize, size } = entry;
  return { name, method, compressedSize, size, read: (maxBytes) => readEntryData(entry, { ...source, maxBytes }) };
}

/** Sizes that follow the data, or are in a ZIP64 field, are the directory's. */
function alternativeOf(entry: ListedEntry, local: LocalHeader): ListedEntry {
  const told = (mine: number, theirs: number): number => (theirs === 0 || theirs === 0xffff_ffff ? mine : theirs);
  const { method, flags, rawName, extra, modified } = local;
  return {
    ...entry,
    method,
    flags,
    rawName,
    extra,
    modified,
    name: isUtf8(rawName) ? utf8Text(rawName) : latin1Text(rawName),
    compressedSize: told(entry.compressedSize, local.compressedSize),
    size: told(entry.size, local.size),
    crc32: told(entry.crc32, local.crc32),
    local: null,
  };
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
