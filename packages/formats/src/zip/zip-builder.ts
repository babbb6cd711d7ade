import { ByteWriter } from '@vedette/bytes';
import { crc32 } from './crc32.ts';
import { deflateRuns } from './deflate-runs.ts';
import {
  CENTRAL_HEADER,
  END_OF_CENTRAL_DIRECTORY,
  LOCAL_HEADER,
  METHOD_DEFLATED,
  METHOD_STORED,
} from './zip-records.ts';

/** Header fields to write instead of the true ones: for archives that lie. */
export interface HeaderLies {
  readonly name?: string;
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
}

export interface ZipOptions {
  /** Bytes before the first entry; offsets are counted from the file's beginning. */
  readonly prefix?: Uint8Array;
  /** Bytes between the entries and the directory: where the APK signing block is. */
  readonly beforeDirectory?: Uint8Array;
  readonly afterDirectory?: Uint8Array;
  readonly comment?: Uint8Array;
  readonly trailing?: Uint8Array;
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
    const localOffset = out.length;
    const name = nameBytes(entry.local?.name ?? entry.name);
    out.u32(LOCAL_HEADER).u16(20);
    writeFields(out, packed, entry.local);
    out.u16(name.length, entry.extra?.length ?? 0).bytes(name, entry.extra ?? [], packed.bytes);
    return { entry, packed, localOffset };
  });
  out.bytes(options.beforeDirectory ?? []);

  const directoryOffset = out.length;
  for (const { entry, packed, localOffset } of listed) {
    const name = nameBytes(entry.central?.name ?? entry.name);
    out.u32(CENTRAL_HEADER).u16(20, 20);
    writeFields(out, packed, entry.central);
    out.u16(name.length, entry.extra?.length ?? 0, 0, 0, 0).u32(entry.externalAttributes ?? 0);
    out.u32(entry.central?.localOffset ?? localOffset).bytes(name, entry.extra ?? []);
  }
  const directorySize = out.length - directoryOffset;
  out.bytes(options.afterDirectory ?? []);

  const { end = {}, comment = new Uint8Array(0) } = options;
  const count = end.entryCount ?? entries.length;
  out.u32(END_OF_CENTRAL_DIRECTORY).u16(end.disk ?? 0, end.disk ?? 0, count, count);
  out.u32(end.directorySize ?? directorySize, end.directoryOffset ?? directoryOffset);
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
  out.u16(lies.flags ?? 0, lies.method ?? packed.method, 0, 0x0221);
  out.u32(lies.crc32 ?? packed.crc32, lies.compressedSize ?? packed.bytes.length, lies.size ?? packed.size);
}

function nameBytes(name: string): Uint8Array {
  return new TextEncoder().encode(name);
}
