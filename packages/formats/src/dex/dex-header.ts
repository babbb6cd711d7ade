import { Cursor, type Diagnostics, hex, latin1Text } from '@vedette/bytes';

/** A table of the file: `count` items from `offset`, in bytes; already cut to what fits. */
export interface DexSection {
  readonly count: number;
  readonly offset: number;
}

export interface DexHeader {
  /** `035` to `041`. */
  readonly version: string;
  /** Where the header stands; other than 0 only in a container. All other offsets are from the start of the file. */
  readonly offset: number;
  /** Adler-32 as announced. */
  readonly checksum: number;
  /** SHA-1 as announced, 20 bytes. Neither the platform nor this reader computes it: see `dexSignatureAgrees`. */
  readonly signature: Uint8Array;
  /** In bytes; up to version 040 that of the file, from 041 the way from this header to the next or to the end. */
  readonly fileSize: number;
  readonly headerSize: number;
  readonly linkSize: number;
  readonly linkOffset: number;
  readonly mapOffset: number;
  readonly dataSize: number;
  readonly dataOffset: number;
  readonly strings: DexSection;
  readonly types: DexSection;
  readonly protos: DexSection;
  readonly fields: DexSection;
  readonly methods: DexSection;
  readonly classes: DexSection;
}

export const HEADER_SIZE = 0x70;
/** Header of the container format, version 041, which adds the container's size and the header's place in it. */
export const CONTAINER_HEADER_SIZE = 0x78;
const LITTLE_ENDIAN = 0x12345678;
/** Instructions and ids refer to types, prototypes, fields and methods with 16 bits; a class needs a type. */
const MAX_IDS = 65_536;
/** Strings have 32-bit indices; real files hold up to some 200,000. */
const MAX_STRINGS = 1_000_000;

/** Whether the bytes at `offset` begin as a DEX of any version: `dex\n`, three digits, NUL. */
export function isDex(bytes: Uint8Array, offset = 0): boolean {
  return /^dex\n\d{3}\0$/.test(latin1Text(bytes, offset, Math.min(offset + 8, bytes.length)));
}

/** `header_item` ("Dalvik executable format") at `offset`. Null when there is no DEX header at all. */
export function readDexHeader(bytes: Uint8Array, diagnostics: Diagnostics, offset = 0): DexHeader | null {
  const place = { offset };
  if (!isDex(bytes, offset)) {
    const magic = latin1Text(bytes, offset, Math.min(offset + 4, bytes.length));
    const optimised = magic === 'dey\n' || magic === 'cdex';
    const message = optimised ? 'an optimised or compact DEX, not a plain one' : 'no DEX: the magic is missing';
    diagnostics.error('dex.magic', message, place);
    return null;
  }
  if (bytes.length < offset + HEADER_SIZE) {
    diagnostics.error('dex.truncated', 'the header is cut off', { offset: bytes.length });
    return null;
  }
  const cursor = new Cursor(bytes, offset + 8);

  const version = latin1Text(bytes, offset + 4, offset + 7);
  const checksum = cursor.u32();
  const signature = cursor.take(20);
  const fileSize = cursor.u32();
  const headerSize = cursor.u32();
  const endianTag = cursor.u32();
  const linkSize = cursor.u32();
  const linkOffset = cursor.u32();
  const mapOffset = cursor.u32();
  const section = (what: string, itemSize: number, most = MAX_IDS): DexSection =>
    readSection(cursor, { what, itemSize, bytes, most }, diagnostics);
  const sections = {
    strings: section('string_ids', 4, MAX_STRINGS),
    types: section('type_ids', 4),
    protos: section('proto_ids', 12),
    fields: section('field_ids', 8),
    methods: section('method_ids', 8),
    classes: section('class_defs', 32),
  };
  const dataSize = cursor.u32();
  const dataOffset = cursor.u32();
  const identity = { version, offset, checksum, signature, fileSize, headerSize };
  const header = { ...identity, linkSize, linkOffset, mapOffset, dataSize, dataOffset, ...sections };

  if (version < '035' || version > '041') diagnostics.warning('dex.version', `version ${version} is not known`, place);
  if (endianTag !== LITTLE_ENDIAN)
    diagnostics.warning('dex.endian-tag', `endian tag ${hex(endianTag, 8)}`, { offset: offset + 40 });
  const expected = version === '041' ? CONTAINER_HEADER_SIZE : HEADER_SIZE;
  if (headerSize !== expected)
    diagnostics.warning('dex.header-size', `header of ${headerSize} bytes, not ${expected}`, { offset: offset + 36 });
  if (linkSize !== 0 || linkOffset !== 0)
    diagnostics.warning('dex.link-section', 'has a link section, which no compiler makes', { offset: offset + 44 });
  checkExtent(bytes, header, diagnostics);
  return header;
}

/** Whether the announced size and checksum are those of the bytes. */
function checkExtent(bytes: Uint8Array, header: DexHeader, diagnostics: Diagnostics): void {
  const { offset, fileSize, version, checksum } = header;
  const end = offset + fileSize;
  if (end > bytes.length) {
    const message = `${end - bytes.length} of ${fileSize} bytes are missing`;
    diagnostics.error('dex.truncated', message, { offset: bytes.length });
    return;
  }
  if (end < bytes.length && version !== '041') {
    const message = `${bytes.length - end} bytes behind the end of the DEX`;
    diagnostics.warning('dex.trailing-data', message, { offset: end });
  }
  const computed = adler32(bytes.subarray(offset + 12, Math.max(end, offset + 12)));
  if (computed !== checksum) {
    const message = `checksum ${hex(checksum, 8)}, the content gives ${hex(computed, 8)}`;
    diagnostics.warning('dex.checksum', message, { offset: offset + 8 });
  }
}

interface SectionShape {
  readonly what: string;
  readonly itemSize: number;
  readonly bytes: Uint8Array;
  /** How many items can be of use. */
  readonly most: number;
}

function readSection(cursor: Cursor, shape: SectionShape, diagnostics: Diagnostics): DexSection {
  const place = { offset: cursor.offset };
  const declared = cursor.u32();
  const offset = cursor.u32();
  if (declared === 0) return { count: 0, offset: 0 };
  const fitting = Math.max(0, Math.floor((shape.bytes.length - offset) / shape.itemSize));
  const count = Math.min(declared, fitting);
  if (count < declared) {
    const message = `${shape.what}: ${declared} items announced at ${hex(offset)}, ${count} fit in the file`;
    diagnostics.error('dex.section.truncated', message, place);
  }
  if (count > shape.most) {
    const message = `${shape.what}: ${count} items, of which no more than ${shape.most} are read`;
    diagnostics.error('dex.section.excess', message, place);
  }
  return { count: Math.min(count, shape.most), offset };
}

/** Adler-32 (RFC 1950, 8.2), in runs short enough not to overflow. */
export function adler32(bytes: Uint8Array): number {
  let low = 1;
  let high = 0;
  for (let at = 0; at < bytes.length; ) {
    const end = Math.min(at + 3_800, bytes.length);
    for (; at < end; at++) {
      low += bytes[at] ?? 0;
      high += low;
    }
    low %= 65_521;
    high %= 65_521;
  }
  return ((high << 16) | low) >>> 0;
}
