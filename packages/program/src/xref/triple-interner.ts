/** Numbers distinct triples of unsigned 32-bit integers from 0 in the order in which they are met. */
export interface TripleInterner {
  readonly count: number;
  intern(first: number, second: number, third: number): number;
  /** -1 for a triple that was never met. */
  find(first: number, second: number, third: number): number;
  first(id: number): number;
  second(id: number): number;
  third(id: number): number;
}

/** See `byte-interner.ts`: what a file made to collide needs more than this, the engine's own map takes over. */
const MAX_PROBES = 24;

export function createTripleInterner(): TripleInterner {
  let capacity = 1 << 11;
  let slots = new Int32Array(capacity * 2).fill(-1);
  let rows = new Uint32Array(capacity * 3);
  const overflow = new Map<string, number>();
  let count = 0;

  /** The number of the triple; -1 - slot where it belongs; or null when all slots it may have are taken. */
  const probe = (first: number, second: number, third: number): number | null => {
    const mask = slots.length - 1;
    const hash = mix(first, second, third);
    for (let step = 0; step < MAX_PROBES; step++) {
      const slot = (hash + step) & mask;
      const id = slots[slot] ?? -1;
      if (id < 0) return -1 - slot;
      const at = id * 3;
      if (rows[at] === first && rows[at + 1] === second && rows[at + 2] === third) return id;
    }
    return null;
  };

  const place = (id: number, where: number | null): void => {
    if (where !== null) slots[-1 - where] = id;
    else overflow.set(keyOf(rows[id * 3] ?? 0, rows[id * 3 + 1] ?? 0, rows[id * 3 + 2] ?? 0), id);
  };

  const grow = (): void => {
    capacity *= 2;
    const larger = new Uint32Array(capacity * 3);
    larger.set(rows);
    rows = larger;
    slots = new Int32Array(capacity * 2).fill(-1);
    for (let id = 0; id < count; id++) {
      place(id, probe(rows[id * 3] ?? 0, rows[id * 3 + 1] ?? 0, rows[id * 3 + 2] ?? 0));
    }
  };

  const find = (first: number, second: number, third: number): number => {
    const where = probe(first, second, third);
    if (where === null) return overflow.get(keyOf(first, second, third)) ?? -1;
    return where < 0 ? -1 : where;
  };

  return {
    get count() {
      return count;
    },
    intern(first, second, third) {
      let where = probe(first, second, third);
      if (where !== null && where >= 0) return where;
      if (where === null) {
        const known = overflow.get(keyOf(first, second, third));
        if (known !== undefined) return known;
      }
      if (count === capacity) {
        grow();
        where = probe(first, second, third);
      }
      const id = count++;
      rows[id * 3] = first;
      rows[id * 3 + 1] = second;
      rows[id * 3 + 2] = third;
      place(id, where);
      return id;
    },
    find,
    first: (id) => rows[id * 3] ?? 0,
    second: (id) => rows[id * 3 + 1] ?? 0,
    third: (id) => rows[id * 3 + 2] ?? 0,
  };
}

function mix(first: number, second: number, third: number): number {
  let hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second + 0x7f4a7c15, 0x85ebca77);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) ^ Math.imul(third, 0xc2b2ae3d);
  hash = Math.imul(hash ^ (hash >>> 13), 0x297a2d39);
  return hash ^ (hash >>> 16);
}

function keyOf(first: number, second: number, third: number): string {
  return `${first},${second},${third}`;
}
