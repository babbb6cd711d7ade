import { ByteWriter } from '@vedette/bytes';
import { crc32 } from './crc32.ts';
import { deflateRuns } from './deflate-runs.ts';
import {
  CENTRAL_HEADER,
  DATA_DESCRIPTOR,
  END_OF_CENTRAL_DIRECTORY,
  LOCAL_HEADER,
  METHOD_DEFLATED,
  METHOD_STORED,
  ZIP64_END_OF_CENTRAL_DIRECTORY,
  ZIP64_LOCATOR,
} from './zip-records.ts';

/** Header fields to write instead of the true ones: for archives that lie. */
export interface HeaderLies {
  /** Bytes where no text would do. */
  readonly name?: string | Uint8Array;
  /** This header only. */
  readonly extra?: Uint8Array;
  /** Date in the upper 16 bits, time in the lower. */
  readonly modified?: number;
  /** Central header only: the system and version that made the entry. */
  readonly madeBy?: number;
  readonly method?: number;
  readonly flags?: number;
  readonly crc32?: number;
  readonly compressedSize?: number;
  readonly size?: number;
  /** Central header only: where it says the local header is. */
  readonly localOffset?: number;
}

export interface ZipEntrySpec {
  readonly name: string;
  readonly data: Uint8Array;
  /** Default `stored`. */
  readonly method?: 'stored' | 'deflated';
  /** Data already deflated: `data` is then ignored but for its checksum, `size` must be given. */
  readonly packed?: { readonly bytes: Uint8Array; readonly size: number };
  readonly extra?: Uint8Array;
  readonly externalAttributes?: number;
  readonly local?: HeaderLies;
  readonly central?: HeaderLies;
  /** A data descriptor behind the data, with these lies; flag bit 3 must be set in `local.flags`. */
  readonly descriptor?: Pick<HeaderLies, 'crc32' | 'compressedSize' | 'size'>;
  /** Bytes before the local header. */
  readonly before?: Uint8Array;
  /** Leaves the entry out of the directory. */
  readonly unlisted?: boolean;
}

export interface ZipOptions {
  /** Bytes before the first entry; offsets are counted from the file's beginning. */
  readonly prefix?: Uint8Array;
  /** Bytes between the entries and the directory: where the APK signing block is. */
  readonly beforeDirectory?: Uint8Array;
  readonly afterDirectory?: Uint8Array;
  readonly comment?: Uint8Array;
  readonly trailing?: Uint8Array;
  /** A ZIP64 locator before the end record, which leads here. */
  readonly zip64Locator?: number;
  /** ZIP64 records, and numbers of all ones in the plain end record. */
  readonly zip64?: boolean;
  readonly end?: {
    readonly entryCount?: number;
    readonly directorySize?: number;
    readonly directoryOffset?: number;
    readonly commentLength?: number;
    readonly disk?: number;
  };
}

interface Packed {
  readonly method: number;
  readonly bytes: Uint8Array;
  readonly size: number;
  readonly crc32: number;
}

/** Writes a ZIP archive (APPNOTE 6.3), honest unless told to lie. */
export function buildZip(entries: readonly ZipEntrySpec[], options: ZipOptions = {}): Uint8Array {
  const out = new ByteWriter();
  out.bytes(options.prefix ?? []);
  const listed = entries.map((entry) => {
    const packed = pack(entry);
    out.bytes(entry.before ?? []);
    const localOffset = out.length;
    const name = nameBytes(entry.local?.name ?? entry.name);
    const extra = entry.local?.extra ?? entry.extra ?? new Uint8Array(0);
    out.u32(LOCAL_HEADER).u16(20);
    writeFields(out, packed, entry.local);
    out.u16(name.length, extra.length).bytes(name, extra, packed.bytes);
    if (entry.descriptor !== undefined) {
      const { crc32: checksum, compressedSize, size } = entry.descriptor;
      out.u32(DATA_DESCRIPTOR, checksum ?? packed.crc32, compressedSize ?? packed.bytes.length, size ?? packed.size);
    }
    return { entry, packed, localOffset };
  });
  out.bytes(options.beforeDirectory ?? []);

  const directoryOffset = out.length;
  for (const { entry, packed, localOffset } of listed) {
    if (entry.unlisted === true) continue;
    const extra = entry.central?.extra ?? entry.extra ?? new Uint8Array(0);
    const name = nameBytes(entry.central?.name ?? entry.name);
    out.u32(CENTRAL_HEADER).u16(entry.central?.madeBy ?? 20, 20);
    writeFields(out, packed, entry.central);
    out.u16(name.length, extra.length, 0, 0, 0).u32(entry.externalAttributes ?? 0);
    out.u32(entry.central?.localOffset ?? localOffset).bytes(name, extra);
  }
  const directorySize = out.length - directoryOffset;
  out.bytes(options.afterDirectory ?? []);

  const { end = {}, comment = new Uint8Array(0) } = options;
  const listedCount = entries.filter(({ unlisted }) => unlisted !== true).length;
  const wide = options.zip64 === true;
  if (wide) writeZip64(out, { count: listedCount, size: directorySize, offset: directoryOffset });
  else if (options.zip64Locator !== undefined) writeZip64Locator(out, options.zip64Locator);
  const count = end.entryCount ?? (wide ? 0xffff : listedCount);
  out.u32(END_OF_CENTRAL_DIRECTORY).u16(end.disk ?? 0, end.disk ?? 0, count, count);
  out.u32(end.directorySize ?? (wide ? 0xffff_ffff : directorySize));
  out.u32(end.directoryOffset ?? (wide ? 0xffff_ffff : directoryOffset));
  out.u16(end.commentLength ?? comment.length).bytes(comment, options.trailing ?? []);
  return out.finish();
}

function pack(entry: ZipEntrySpec): Packed {
  const checksum = crc32(entry.data);
  if (entry.packed) return { method: METHOD_DEFLATED, ...entry.packed, crc32: checksum };
  const deflated = entry.method === 'deflated';
  return {
    method: deflated ? METHOD_DEFLATED : METHOD_STORED,
    bytes: deflated ? deflateRuns(entry.data) : entry.data,
    size: entry.data.length,
    crc32: checksum,
  };
}

/** Flags to sizes, the same in both headers. The date is 1 January 1981, as build tools write it. */
function writeFields(out: ByteWriter, packed: Packed, lies: HeaderLies = {}): void {
  out.u16(lies.flags ?? 0, lies.method ?? packed.method).u32(lies.modified ?? 0x0221_0000);
  out.u32(lies.crc32 ?? packed.crc32, lies.compressedSize ?? packed.bytes.length, lies.size ?? packed.size);
}

function nameBytes(name: string | Uint8Array): Uint8Array {
  return typeof name === 'string' ? new TextEncoder().encode(name) : name;
}

/** APPNOTE 4.3.14: the record of 56 bytes and its locator. */
function writeZip64(out: ByteWriter, { count, size, offset }: { count: number; size: number; offset: number }): void {
  const at = out.length;
  out.u32(ZIP64_END_OF_CENTRAL_DIRECTORY).u64(44).u16(45, 45).u32(0, 0);
  out.u64(count).u64(count).u64(size).u64(offset);
  writeZip64Locator(out, at);
}

function writeZip64Locator(out: ByteWriter, at: number): void {
  out.u32(ZIP64_LOCATOR, 0).u64(at).u32(1);
}
