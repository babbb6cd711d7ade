import { Cursor } from '@vedette/bytes';

/** Signatures of the records of a ZIP file, as they are read in little-endian order (APPNOTE 4.3). */
export const LOCAL_HEADER = 0x04034b50; // "PK\3\4"
export const CENTRAL_HEADER = 0x02014b50; // "PK\1\2"
export const END_OF_CENTRAL_DIRECTORY = 0x06054b50; // "PK\5\6"
export const ZIP64_LOCATOR = 0x07064b50; // "PK\6\7"
export const ZIP64_END_OF_CENTRAL_DIRECTORY = 0x06064b50; // "PK\6\6"

export const LOCAL_HEADER_SIZE = 30;
export const CENTRAL_HEADER_SIZE = 46;
export const END_RECORD_SIZE = 22;
export const ZIP64_LOCATOR_SIZE = 20;

const NOTHING = new Uint8Array(0);

/** General purpose flags (APPNOTE 4.4.4). */
export const FLAG_ENCRYPTED = 1;
export const FLAG_DATA_DESCRIPTOR = 8;

export const METHOD_STORED = 0;
export const METHOD_DEFLATED = 8;

/** Methods that other tools know and Android does not (APPNOTE 4.4.5). */
export const FOREIGN_METHODS: Readonly<Record<number, string>> = {
  1: 'Shrink',
  6: 'Implode',
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
  96: 'JPEG variant',
  97: 'WavPack',
  98: 'PPMd',
  99: 'AES encryption',
};

/** What the local and the central header of an entry both say. */
export interface HeaderFields {
  readonly flags: number;
  readonly method: number;
  readonly crc32: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly rawName: Uint8Array;
  readonly extra: Uint8Array;
  /** Date and time of MS-DOS: date in the upper 16 bits, in steps of two seconds. */
  readonly modified: number;
}

export interface LocalHeader extends HeaderFields {
  /** First byte of the entry's data, in bytes from the start of the file. */
  readonly dataOffset: number;
}

/** APPNOTE 4.3.7. Null when there is no local header at `offset`, or it is cut off. */
export function readLocalHeader(bytes: Uint8Array, offset: number): LocalHeader | null {
  const cursor = new Cursor(bytes, offset);
  if (cursor.u32() !== LOCAL_HEADER) return null;
  cursor.skip(2);
  const flags = cursor.u16();
  const method = cursor.u16();
  const modified = cursor.u32();
  const crc32 = cursor.u32();
  const compressedSize = cursor.u32();
  const size = cursor.u32();
  const nameLength = cursor.u16();
  const extraLength = cursor.u16();
  const rawName = cursor.take(nameLength);
  const extra = extraLength === 0 ? NOTHING : cursor.take(extraLength);
  if (cursor.truncated) return null;
  return { flags, method, modified, crc32, compressedSize, size, rawName, extra, dataOffset: cursor.offset };
}

export const DATA_DESCRIPTOR = 0x08074b50; // "PK\7\8"

export interface DataDescriptor {
  readonly crc32: number;
  readonly compressedSize: number;
  readonly size: number;
  /** In bytes, with its optional signature. */
  readonly length: number;
}

/** APPNOTE 4.3.9: the signature may be missing, sizes have eight bytes in ZIP64. What is at `offset`, read as such. */
export function readDataDescriptor(bytes: Uint8Array, offset: number, wide: boolean): DataDescriptor | null {
  const cursor = new Cursor(bytes, offset);
  const first = cursor.u32();
  const crc32 = first === DATA_DESCRIPTOR ? cursor.u32() : first;
  const compressedSize = wide ? cursor.u64() : cursor.u32();
  const size = wide ? cursor.u64() : cursor.u32();
  return cursor.truncated ? null : { crc32, compressedSize, size, length: cursor.offset - offset };
}

export interface CentralHeader extends HeaderFields {
  /** The system in the upper eight bits, the version of the format in the lower. */
  readonly madeBy: number;
  readonly localOffset: number;
  /** The upper 16 bits are the Unix mode where the archive was made on Unix. */
  readonly externalAttributes: number;
  readonly nextOffset: number;
}

/** APPNOTE 4.3.12. Null when there is no central header at `offset`, or it is cut off. */
export function readCentralHeader(bytes: Uint8Array, offset: number, end: number): CentralHeader | null {
  const cursor = new Cursor(bytes, offset, end);
  if (cursor.u32() !== CENTRAL_HEADER) return null;
  const madeBy = cursor.u16();
  cursor.skip(2);
  const flags = cursor.u16();
  const method = cursor.u16();
  const modified = cursor.u32();
  const crc32 = cursor.u32();
  const compressedSize = cursor.u32();
  const size = cursor.u32();
  const nameLength = cursor.u16();
  const extraLength = cursor.u16();
  const commentLength = cursor.u16();
  cursor.skip(4);
  const externalAttributes = cursor.u32();
  const localOffset = cursor.u32();
  if (cursor.truncated) return null;
  const rawName = cursor.take(nameLength);
  const extra = extraLength === 0 ? NOTHING : cursor.take(extraLength);
  // A name that is cut off makes the entry worthless; a comment or extra field that is, does not.
  if (rawName.length < nameLength) return null;
  cursor.skip(commentLength);
  const fields = {
    madeBy,
    flags,
    method,
    modified,
    crc32,
    compressedSize,
    size,
    rawName,
    extra,
    localOffset,
    externalAttributes,
    nextOffset: cursor.offset,
  };
  return widened(fields);
}

const ZIP64_EXTRA = 0x0001;
const IN_ZIP64 = 0xffff_ffff;

/** APPNOTE 4.5.3: a field of all ones is in the ZIP64 extra field, those that are there in this order. */
function widened<T extends { size: number; compressedSize: number; localOffset: number; extra: Uint8Array }>(
  fields: T,
): T {
  const { size, compressedSize, localOffset, extra } = fields;
  if (size !== IN_ZIP64 && compressedSize !== IN_ZIP64 && localOffset !== IN_ZIP64) return fields;
  const cursor = new Cursor(extra);
  while (cursor.remaining >= 4) {
    const id = cursor.u16();
    const field = cursor.sub(cursor.u16());
    if (id !== ZIP64_EXTRA) continue;
    const wide = (value: number): number => (value === IN_ZIP64 && field.remaining >= 8 ? field.u64() : value);
    return { ...fields, size: wide(size), compressedSize: wide(compressedSize), localOffset: wide(localOffset) };
  }
  return fields;
}

export interface EndRecord {
  /** Where the record is, in bytes from the start of the file. */
  readonly offset: number;
  readonly entryCount: number;
  readonly directorySize: number;
  readonly directoryOffset: number;
  readonly commentLength: number;
  readonly multiDisk: boolean;
  readonly zip64: boolean;
  /** A ZIP64 locator that leads to no ZIP64 record, or to one of which the plain record uses nothing. */
  readonly zip64Unused: boolean;
}

/** APPNOTE 4.3.16, and 4.3.14 and 4.3.15 where a ZIP64 locator stands before it. Null when the record is cut off. */
export function readEndRecord(bytes: Uint8Array, offset: number): EndRecord | null {
  const cursor = new Cursor(bytes, offset);
  if (cursor.u32() !== END_OF_CENTRAL_DIRECTORY) return null;
  const multiDisk = cursor.u32() !== 0;
  const entriesHere = cursor.u16();
  const entryCount = cursor.u16();
  const directorySize = cursor.u32();
  const directoryOffset = cursor.u32();
  const commentLength = cursor.u16();
  if (cursor.truncated) return null;
  const record = {
    offset,
    entryCount,
    directorySize,
    directoryOffset,
    commentLength,
    multiDisk: multiDisk || entriesHere !== entryCount,
    zip64: false,
    zip64Unused: false,
  };
  return zip64EndRecord(bytes, record) ?? record;
}

function zip64EndRecord(bytes: Uint8Array, record: EndRecord): EndRecord | null {
  if (record.offset < ZIP64_LOCATOR_SIZE) return null;
  const locator = new Cursor(bytes, record.offset - ZIP64_LOCATOR_SIZE, record.offset);
  if (locator.u32() !== ZIP64_LOCATOR) return null;
  locator.skip(4);
  const cursor = new Cursor(bytes);
  cursor.seek(locator.u64());
  if (cursor.u32() !== ZIP64_END_OF_CENTRAL_DIRECTORY) return { ...record, zip64: true, zip64Unused: true };
  cursor.skip(8 + 2 + 2 + 4 + 4 + 8);
  const entryCount = cursor.u64();
  const directorySize = cursor.u64();
  const directoryOffset = cursor.u64();
  if (cursor.truncated) return { ...record, zip64: true, zip64Unused: true };
  const used = record.entryCount === 0xffff || record.directorySize === IN_ZIP64 || record.directoryOffset === IN_ZIP64;
  // Only the fields that say so are in the ZIP64 record: a forged locator does not replace a plain directory.
  return {
    ...record,
    zip64: true,
    zip64Unused: !used,
    entryCount: record.entryCount === 0xffff ? entryCount : record.entryCount,
    directorySize: record.directorySize === IN_ZIP64 ? directorySize : record.directorySize,
    directoryOffset: record.directoryOffset === IN_ZIP64 ? directoryOffset : record.directoryOffset,
  };
}
