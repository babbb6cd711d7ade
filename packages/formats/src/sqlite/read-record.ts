import { latin1Text, utf8Text, utf16Text } from '@vedette/bytes';
import type { SqliteValue } from './sqlite-value.ts';

export type SqliteEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** Columns of one row: SQLite allows 32,767. */
const MAX_COLUMNS = 32_767;

/** A variable-length integer (file format, section 1.6) as a double; a row id may need `bigVarint`. */
export interface Varint {
  readonly value: number;
  readonly next: number;
}

/** Null where the bytes end within it. Values above 2⁵³ lose their lowest digits: no length is that large. */
export function varintAt(bytes: Uint8Array, at: number): Varint | null {
  let value = 0;
  for (let index = 0; index < 9; index++) {
    const byte = bytes[at + index];
    if (byte === undefined) return null;
    if (index === 8) return { value: value * 256 + byte, next: at + 9 };
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, next: at + index + 1 };
  }
  return null;
}

/** The same as a signed number of 64 bits. */
export function rowidAt(
  bytes: Uint8Array,
  at: number,
): { readonly value: number | bigint; readonly next: number } | null {
  const small = varintAt(bytes, at);
  if (small === null || small.value <= Number.MAX_SAFE_INTEGER) return small;
  let value = 0n;
  for (let index = 0; index < 9; index++) {
    const byte = BigInt(bytes[at + index] ?? 0);
    value = index === 8 ? (value << 8n) | byte : (value << 7n) | (byte & 0x7fn);
  }
  return { value: safe(BigInt.asIntN(64, value)), next: small.next };
}

/**
 * Reads a record (file format, section 2.1): a header of serial types, then the values.
 * @returns the values as far as the bytes go; null when the header makes no sense
 */
export function readRecord(bytes: Uint8Array, encoding: SqliteEncoding): SqliteValue[] | null {
  const header = varintAt(bytes, 0);
  if (header === null || header.value < header.next || header.value > bytes.length) return null;
  const values: SqliteValue[] = [];
  let at = header.value;
  for (let cursor = header.next; cursor < header.value && values.length < MAX_COLUMNS; ) {
    const type = varintAt(bytes, cursor);
    if (type === null || type.next > header.value) return null;
    cursor = type.next;
    const size = sizeOf(type.value);
    if (size === null || at + size > bytes.length) return values;
    values.push(valueAt(bytes, at, type.value, size, encoding));
    at += size;
  }
  return values;
}

function sizeOf(type: number): number | null {
  if (type >= 12) return Math.floor((type - (type % 2 === 0 ? 12 : 13)) / 2);
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0][type] ?? null;
}

function valueAt(bytes: Uint8Array, at: number, type: number, size: number, encoding: SqliteEncoding): SqliteValue {
  switch (type) {
    case 0:
      return null;
    case 7:
      return new DataView(bytes.buffer, bytes.byteOffset + at, 8).getFloat64(0);
    case 8:
      return 0;
    case 9:
      return 1;
    default:
      if (type < 7) return integerAt(bytes, at, size);
      return type % 2 === 0 ? bytes.slice(at, at + size) : textAt(bytes.subarray(at, at + size), encoding);
  }
}

function integerAt(bytes: Uint8Array, at: number, size: number): number | bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, size);
  switch (size) {
    case 1:
      return view.getInt8(0);
    case 2:
      return view.getInt16(0);
    case 3:
      return view.getInt8(0) * 0x10000 + view.getUint16(1);
    case 4:
      return view.getInt32(0);
    case 6:
      return view.getInt16(0) * 0x1_0000_0000 + view.getUint32(2);
    default:
      return safe(view.getBigInt64(0));
  }
}

function textAt(bytes: Uint8Array, encoding: SqliteEncoding): string {
  if (encoding === 'utf-8') return utf8Text(bytes);
  if (encoding === 'utf-16le') return utf16Text(bytes, 0, bytes.length >> 1);
  const swapped = new Uint8Array(bytes.length & ~1);
  for (let at = 0; at < swapped.length; at += 2) {
    swapped[at] = bytes[at + 1] ?? 0;
    swapped[at + 1] = bytes[at] ?? 0;
  }
  return utf16Text(swapped, 0, swapped.length >> 1);
}

function safe(value: bigint): number | bigint {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

/** Whether the bytes begin like a database. */
export function isSqlite(bytes: Uint8Array): boolean {
  return latin1Text(bytes, 0, 16) === 'SQLite format 3\0';
}
