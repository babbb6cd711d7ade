/**
 * Who refers to what, in compressed rows: the sites that refer to target `t` are those from `starts[t]` up to
 * `starts[t + 1]`, in order of their place in the file.
 */
export interface CrossReferences {
  /** One more than there are targets. */
  readonly starts: Uint32Array;
  /** Which method refers: an index into the code table. */
  readonly methods: Uint32Array;
  /** Where in the method, in code units. */
  readonly offsets: Uint32Array;
  /** Opcode of the referring instruction: whether a call is virtual or static, a field is read or written. See `reference-kinds.ts`. */
  readonly opcodes: Uint8Array;
}

/** References as they are met. */
export interface ReferenceLog {
  add(target: number, method: number, offset: number, opcode: number): void;
  /** Forgets the references of `method`, the last one met. */
  forget(method: number): void;
  /** Sorts by target, keeping the order of arrival (counting sort). */
  finish(targets: number): CrossReferences;
}

/** Opcode and method share a word: methods of a file are numbered with 18 bits at most (`MAX_MEMBERS` in class-data.ts). */
const OPCODE_SHIFT = 24;
const METHOD_MASK = (1 << OPCODE_SHIFT) - 1;

export function createReferenceLog(): ReferenceLog {
  let capacity = 256;
  let count = 0;
  let entries = new Uint32Array(capacity * 3);

  const grow = (): void => {
    capacity *= 2;
    const larger = new Uint32Array(capacity * 3);
    larger.set(entries);
    entries = larger;
  };

  return {
    add(target, method, offset, opcode) {
      if (count === capacity) grow();
      const at = count * 3;
      entries[at] = target;
      entries[at + 1] = method | (opcode << OPCODE_SHIFT);
      entries[at + 2] = offset;
      count += 1;
    },
    forget(method) {
      while (count > 0 && ((entries[count * 3 - 2] ?? 0) & METHOD_MASK) === method) count -= 1;
    },
    finish: (targets) => sortByTarget(entries, count, targets),
  };
}

// Each loop is a function of its own: the engine compiles a running loop with what it has seen, and starts over for
// what stands behind it.

function sortByTarget(entries: Uint32Array, count: number, targets: number): CrossReferences {
  const starts = new Uint32Array(targets + 1);
  const sorted = {
    starts,
    methods: new Uint32Array(count),
    offsets: new Uint32Array(count),
    opcodes: new Uint8Array(count),
  };
  if (count === 0) return sorted;
  countRows(entries, count, starts);
  addUp(starts);
  scatter(entries, count, starts.slice(), sorted);
  return sorted;
}

function countRows(entries: Uint32Array, count: number, starts: Uint32Array): void {
  for (let index = 0; index < count * 3; index += 3) {
    const row = (entries[index] ?? 0) + 1;
    starts[row] = (starts[row] ?? 0) + 1;
  }
}

function addUp(starts: Uint32Array): void {
  let sum = 0;
  for (let row = 0; row < starts.length; row++) {
    sum += starts[row] ?? 0;
    starts[row] = sum;
  }
}

function scatter(entries: Uint32Array, count: number, next: Uint32Array, into: CrossReferences): void {
  const { methods, offsets, opcodes } = into;
  for (let index = 0; index < count * 3; index += 3) {
    const target = entries[index] ?? 0;
    const place = next[target] ?? 0;
    next[target] = place + 1;
    const packed = entries[index + 1] ?? 0;
    methods[place] = packed & METHOD_MASK;
    opcodes[place] = packed >>> OPCODE_SHIFT;
    offsets[place] = entries[index + 2] ?? 0;
  }
}
