/**
 * Distinct triples of unsigned 32-bit integers, numbered from 0 in the order in which they are met. For members of
 * classes: class, name, and prototype or type. A plain record, as `ByteTable` is.
 */
export interface TripleTable {
  count: number;
  /** Open addressing: a triple's number plus one, 0 for a free slot. */
  slots: Int32Array;
  /** `ROW` values for each triple. */
  rows: Uint32Array;
  /** What found all its slots taken. */
  readonly overflow: Map<string, number>;
}

/** First, second, third; then file and index of where it was first met. */
const ROW = 5;
/** See `byte-table.ts`. */
const MAX_PROBES = 24;
const NO_SLOT = -0x8000_0000;
const SMALLEST = 1 << 8;
const LARGEST_START = 1 << 18;

/** A table with room for about `expected` triples; it grows as needed. */
export function createTripleTable(expected = 0): TripleTable {
  let capacity = SMALLEST;
  while (capacity < expected && capacity < LARGEST_START) capacity *= 2;
  return {
    count: 0,
    slots: new Int32Array(capacity * 2),
    rows: new Uint32Array(capacity * ROW),
    overflow: new Map(),
  };
}

export function internTriple(
  table: TripleTable,
  first: number,
  second: number,
  third: number,
  unit: number,
  index: number,
): number {
  let place = probe(table, first, second, third);
  if (place > 0) return place - 1;
  if (place === NO_SLOT) {
    const known = table.overflow.get(keyOf(first, second, third));
    if (known !== undefined) return known;
  }
  const id = table.count;
  if (id * ROW === table.rows.length) {
    grow(table);
    place = probe(table, first, second, third);
  }
  table.count = id + 1;
  const { rows } = table;
  const at = id * ROW;
  rows[at] = first;
  rows[at + 1] = second;
  rows[at + 2] = third;
  rows[at + 3] = unit;
  rows[at + 4] = index;
  if (place === NO_SLOT) table.overflow.set(keyOf(first, second, third), id);
  else table.slots[-place] = id + 1;
  return id;
}

/** -1 for a triple that was never met. */
export function findTriple(table: TripleTable, first: number, second: number, third: number): number {
  const place = probe(table, first, second, third);
  if (place === NO_SLOT) return table.overflow.get(keyOf(first, second, third)) ?? -1;
  return place > 0 ? place - 1 : -1;
}

export function firstOf(table: TripleTable, id: number): number {
  return table.rows[id * ROW] ?? 0;
}

export function secondOf(table: TripleTable, id: number): number {
  return table.rows[id * ROW + 1] ?? 0;
}

export function thirdOf(table: TripleTable, id: number): number {
  return table.rows[id * ROW + 2] ?? 0;
}

/** Where a triple was first met: the file, and the index in it. */
export function unitOfTriple(table: TripleTable, id: number): number {
  return table.rows[id * ROW + 3] ?? 0;
}

export function indexOfTriple(table: TripleTable, id: number): number {
  return table.rows[id * ROW + 4] ?? 0;
}

/** One value of every triple: 0 for the first, 1 for the second, 2 for the third. */
export function columnOf(table: TripleTable, which: 0 | 1 | 2): Uint32Array {
  const column = new Uint32Array(table.count);
  for (let id = 0; id < column.length; id++) column[id] = table.rows[id * ROW + which] ?? 0;
  return column;
}

/** The number plus one of a triple; minus the free slot where it belongs; or `NO_SLOT`. */
function probe(table: TripleTable, first: number, second: number, third: number): number {
  const { slots, rows } = table;
  const mask = slots.length - 1;
  const hash = mix(first, second, third);
  for (let step = 0; step < MAX_PROBES; step++) {
    // Slot 0 is never used: its negative would be no different from itself.
    const slot = (hash + step) & mask || mask;
    const found = slots[slot] ?? 0;
    if (found === 0) return -slot;
    const at = (found - 1) * ROW;
    if (rows[at] === first && rows[at + 1] === second && rows[at + 2] === third) return found;
  }
  return NO_SLOT;
}

function mix(first: number, second: number, third: number): number {
  let hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second + 0x7f4a7c15, 0x85ebca77);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) ^ Math.imul(third, 0xc2b2ae3d);
  hash = Math.imul(hash ^ (hash >>> 13), 0x297a2d39);
  return hash ^ (hash >>> 16);
}

function grow(table: TripleTable): void {
  const rows = new Uint32Array(table.rows.length * 2);
  rows.set(table.rows);
  table.rows = rows;
  table.slots = new Int32Array(table.slots.length * 2);
  for (let id = 0; id < table.count; id++) {
    const at = id * ROW;
    const [first = 0, second = 0, third = 0] = [rows[at], rows[at + 1], rows[at + 2]];
    const place = probe(table, first, second, third);
    if (place === NO_SLOT) table.overflow.set(keyOf(first, second, third), id);
    else table.slots[-place] = id + 1;
  }
}

function keyOf(first: number, second: number, third: number): string {
  return `${first},${second},${third}`;
}
