import { latin1Text } from '@vedette/bytes';

/**
 * Distinct strings, numbered from 0 in the order in which they are met, compared by their MUTF-8 bytes, which stay where
 * they are: none is decoded, none is copied. Two encodings of one text count as two strings, as they do for the platform,
 * which compares bytes and refuses overlong forms.
 *
 * A plain record that the functions below work on: hot loops in closures would be compiled anew for every table.
 */
export interface ByteTable {
  count: number;
  /** Open addressing: a string's number plus one, 0 for a free slot. Twice as many as there is room for strings. */
  slots: Int32Array;
  /** `ROW` values for each string. */
  rows: Int32Array;
  /** Bytes of each file. */
  readonly sources: Uint8Array[];
  /** What found all its slots taken. A file can be made so that all its strings have one hash. */
  readonly overflow: Map<string, number>;
  /** Results of `measure`. */
  hash: number;
  size: number;
}

/** Hash, start and size in bytes, file, index in the file. */
const ROW = 5;
/** Slots looked at; past that the engine's own map, which nobody can make collide, goes on. */
const MAX_PROBES = 24;
const SMALLEST = 1 << 8;
const LARGEST_START = 1 << 17;

/** A table with room for about `expected` strings; it grows as needed. */
export function createByteTable(expected = 0): ByteTable {
  let capacity = SMALLEST;
  while (capacity < expected && capacity < LARGEST_START) capacity *= 2;
  return {
    count: 0,
    slots: new Int32Array(capacity * 2),
    rows: new Int32Array(capacity * ROW),
    sources: [],
    overflow: new Map(),
    hash: 0,
    size: 0,
  };
}

/**
 * The number of the string of `length` UTF-16 code units (or up to a NUL) at `start` of `bytes`, which are those of file
 * `unit`. Where a string is met first (`unit` and `index`) is kept.
 */
export function internBytes(
  table: ByteTable,
  bytes: Uint8Array,
  start: number,
  length: number,
  unit: number,
  index: number,
): number {
  measure(table, bytes, start, length);
  let place = probe(table, bytes, start);
  if (place > 0) return place - 1;
  if (place === NO_SLOT) {
    const known = table.overflow.get(keyOf(bytes, start, table.size));
    if (known !== undefined) return known;
  }
  const id = table.count;
  if (id * ROW === table.rows.length) {
    grow(table);
    place = probe(table, bytes, start);
  }
  table.count = id + 1;
  table.sources[unit] = bytes;
  const { rows } = table;
  const at = id * ROW;
  rows[at] = table.hash;
  rows[at + 1] = start;
  rows[at + 2] = table.size;
  rows[at + 3] = unit;
  rows[at + 4] = index;
  if (place === NO_SLOT) table.overflow.set(keyOf(bytes, start, table.size), id);
  else table.slots[-place] = id + 1;
  return id;
}

/** The number of a text met before; -1 when it never was. */
export function findText(table: ByteTable, text: string): number {
  const bytes = encodeMutf8(text);
  measure(table, bytes, 0, text.length);
  const place = probe(table, bytes, 0);
  if (place === NO_SLOT) return table.overflow.get(keyOf(bytes, 0, table.size)) ?? -1;
  return place > 0 ? place - 1 : -1;
}

/** Where a string was first met: the file, and the index in it. */
export function unitOfBytes(table: ByteTable, id: number): number {
  return table.rows[id * ROW + 3] ?? 0;
}

export function indexOfBytes(table: ByteTable, id: number): number {
  return table.rows[id * ROW + 4] ?? 0;
}

/** FNV-1a over the bytes of `length` code units, or up to a NUL. */
function measure(table: ByteTable, bytes: Uint8Array, start: number, length: number): void {
  let hash = 0x811c9dc5 | 0;
  let at = start;
  for (let left = length; left > 0; left--) {
    const byte = bytes[at] ?? 0;
    if (byte === 0) break;
    hash = Math.imul(hash ^ byte, 0x01000193);
    at += 1;
    if (byte < 0xc0) continue;
    for (let more = byte >> 5 === 0b110 ? 1 : byte >> 4 === 0b1110 ? 2 : 0; more > 0; more--) {
      hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
      at += 1;
    }
  }
  table.hash = hash ^ (hash >>> 15);
  table.size = at - start;
}

const NO_SLOT = -0x8000_0000;

/** The number plus one of the measured string; minus the free slot where it belongs; or `NO_SLOT`. */
function probe(table: ByteTable, bytes: Uint8Array, start: number): number {
  const { slots, rows, hash, size } = table;
  const mask = slots.length - 1;
  for (let step = 0; step < MAX_PROBES; step++) {
    // Slot 0 is never used: its negative would be no different from itself.
    const slot = (hash + step) & mask || mask;
    const found = slots[slot] ?? 0;
    if (found === 0) return -slot;
    const at = (found - 1) * ROW;
    if (rows[at] !== hash || rows[at + 2] !== size) continue;
    const source = table.sources[rows[at + 3] ?? 0];
    if (source !== undefined && sameBytes(source, rows[at + 1] ?? 0, bytes, start, size)) return found;
  }
  return NO_SLOT;
}

function sameBytes(one: Uint8Array, from: number, other: Uint8Array, start: number, size: number): boolean {
  for (let index = 0; index < size; index++) if (one[from + index] !== other[start + index]) return false;
  return true;
}

function grow(table: ByteTable): void {
  const rows = new Int32Array(table.rows.length * 2);
  rows.set(table.rows);
  const slots = new Int32Array(table.slots.length * 2);
  table.rows = rows;
  table.slots = slots;
  for (let id = 0; id < table.count; id++) {
    const slot = freeSlot(slots, rows[id * ROW] ?? 0);
    if (slot > 0) {
      slots[slot] = id + 1;
      continue;
    }
    const source = table.sources[rows[id * ROW + 3] ?? 0];
    if (source !== undefined) table.overflow.set(keyOf(source, rows[id * ROW + 1] ?? 0, rows[id * ROW + 2] ?? 0), id);
  }
}

/** 0 when all slots that a hash may have are taken. */
function freeSlot(slots: Int32Array, hash: number): number {
  const mask = slots.length - 1;
  for (let step = 0; step < MAX_PROBES; step++) {
    const slot = (hash + step) & mask || mask;
    if (slots[slot] === 0) return slot;
  }
  return 0;
}

function keyOf(bytes: Uint8Array, start: number, size: number): string {
  return latin1Text(bytes, start, start + size);
}

/** "Modified UTF-8" (Dalvik executable format): each UTF-16 code unit on its own, U+0000 in two bytes. */
function encodeMutf8(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  let at = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code !== 0 && code < 0x80) {
      bytes[at++] = code;
    } else if (code < 0x800) {
      bytes[at++] = 0xc0 | (code >> 6);
      bytes[at++] = 0x80 | (code & 0x3f);
    } else {
      bytes[at++] = 0xe0 | (code >> 12);
      bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
      bytes[at++] = 0x80 | (code & 0x3f);
    }
  }
  return bytes.subarray(0, at);
}
