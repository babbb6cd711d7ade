import { type Budget, type Diagnostics, isUtf8, latin1Text, u32At, utf8Text } from '@vedette/bytes';
import type { FoundDirectory } from './find-end-record.ts';
import {
  CENTRAL_HEADER,
  FLAG_DATA_DESCRIPTOR,
  FLAG_ENCRYPTED,
  type HeaderFields,
  LOCAL_HEADER,
  type LocalHeader,
  METHOD_DEFLATED,
  METHOD_STORED,
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
    if (local === null) {
      const message = 'no local header where the directory says; the entry cannot be read';
      diagnostics.error('zip.local-header.missing', message, { where: name, offset: header.localOffset });
    } else {
      compareHeaders(name, header, local, diagnostics);
    }
    reportMode(name, header.externalAttributes, diagnostics);
    const { flags, method, crc32, compressedSize, size, rawName, extra, localOffset } = header;
    const dataOffset = local?.dataOffset ?? null;
    entries.push({ name, flags, method, crc32, compressedSize, size, rawName, extra, localOffset, dataOffset });
    offset = header.nextOffset;
  }
  // The 16-bit count wraps in archives of more than 65,535 entries made without ZIP64.
  if ((entries.length & 0xffff) !== (directory.record.entryCount & 0xffff) && !diagnostics.has('budget.entries')) {
    const message = `the end record announces ${directory.record.entryCount} entries, the directory holds ${entries.length}`;
    diagnostics.warning('zip.end-record.entry-count', message, { offset: directory.record.offset });
  }
  return entries;
}

function compareHeaders(name: string, central: HeaderFields, local: LocalHeader, diagnostics: Diagnostics): void {
  const differences: string[] = [];
  const sameName =
    central.rawName.length === local.rawName.length &&
    central.rawName.every((byte, index) => byte === local.rawName[index]);
  if (!sameName) differences.push(`name (${printable(latin1Text(local.rawName))})`);
  if (central.method !== local.method) differences.push(`method (${central.method} and ${local.method})`);
  if ((central.flags & FLAG_ENCRYPTED) !== (local.flags & FLAG_ENCRYPTED)) differences.push('encryption flag');
  const sizesFollow = (local.flags & FLAG_DATA_DESCRIPTOR) !== 0;
  const wide = local.size === 0xffff_ffff || local.compressedSize === 0xffff_ffff;
  if (!wide) {
    const differs = (mine: number, theirs: number): boolean => mine !== theirs && !(sizesFollow && theirs === 0);
    if (differs(central.compressedSize, local.compressedSize)) differences.push('compressed size');
    if (differs(central.size, local.size)) differences.push('size');
    if (differs(central.crc32, local.crc32)) differences.push('checksum');
  }
  if (differences.length > 0) {
    const message = `local header and directory disagree: ${differences.join(', ')}; the directory was followed, as Android does`;
    diagnostics.warning('zip.local-header.mismatch', message, { where: name });
  }
  if (((central.flags | local.flags) & FLAG_ENCRYPTED) !== 0) {
    diagnostics.warning('zip.entry.encrypted-flag', 'marked as encrypted; Android ignores the mark', { where: name });
  }
  if (central.method !== METHOD_STORED && central.method !== METHOD_DEFLATED) {
    const message = `compression method ${central.method}, which Android does not know and reads as stored`;
    diagnostics.warning('zip.entry.unknown-method', message, { where: name });
  }
}

const UNIX_TYPE = 0o170000;
const UNIX_LINK = 0o120000;

function reportMode(name: string, externalAttributes: number, diagnostics: Diagnostics): void {
  if (((externalAttributes >>> 16) & UNIX_TYPE) === UNIX_LINK) {
    diagnostics.warning('zip.entry.symlink', 'the entry is a symbolic link', { where: name });
  }
}

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
      diagnostics.error('zip.entry.truncated', 'the file ends inside of this entry', { where: name, offset });
    }
    const { flags, method, crc32, rawName, extra, dataOffset } = header;
    const compressedSize = end - dataOffset;
    const size = header.size > 0 ? header.size : method === METHOD_DEFLATED ? 0 : compressedSize;
    entries.push({ name, flags, method, crc32, compressedSize, size, rawName, extra, localOffset: offset, dataOffset });
    offset = nextRecord(bytes, end, isLocalHeader);
  }
  return entries;
}

function isLocalHeader(signature: number): boolean {
  return signature === LOCAL_HEADER;
}

const DATA_DESCRIPTOR = 0x08074b50; // "PK\7\8"

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

/** Android takes names as UTF-8 whatever the flag says; what is not UTF-8 is shown as Latin-1. */
function entryName(rawName: Uint8Array, diagnostics: Diagnostics): string {
  let plain = true;
  for (const byte of rawName) plain &&= byte < 0x80;
  const name = plain || !isUtf8(rawName) ? latin1Text(rawName) : utf8Text(rawName);
  if (name === '') diagnostics.warning('zip.name.empty', 'an entry without a name');
  else if (name.includes('\\') || hasControl(name)) {
    diagnostics.warning('zip.name.control', 'control characters or a backslash in the name', {
      where: printable(name),
    });
  }
  if (name.startsWith('/') || /(^|[\\/])\.\.([\\/]|$)/.test(name) || /^[A-Za-z]:[\\/]/.test(name)) {
    diagnostics.warning('zip.name.traversal', 'the name leads out of the archive', { where: printable(name) });
  }
  return name;
}

function isControl(code: number): boolean {
  return code < 0x20 || code === 0x7f;
}

function hasControl(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (isControl(text.charCodeAt(index))) return true;
  return false;
}

/** Control characters as escapes, and not more than fits a line. */
export function printable(text: string): string {
  const short = text.length > 120 ? `${text.slice(0, 117)}…` : text;
  if (!hasControl(short)) return short;
  return Array.from(short, (char) => {
    const code = char.charCodeAt(0);
    return isControl(code) ? `\\x${code.toString(16).padStart(2, '0')}` : char;
  }).join('');
}
