/**
 * Texts and a number for each, in a few typed arrays: a million host names take some 35 MB, where a Map of strings takes five times that. Open addressing over FNV-1a of the
 * UTF-8 bytes (http://www.isthe.com/chongo/tech/comp/fnv/); equality is of bytes, so no collision of hashes is a match.
 */
export interface KeyTable {
  /** Several numbers under one text are kept in the order they came in. */
  add(key: string, value: number): void;
  /** The numbers under a text; empty for none. */
  find(key: string): readonly number[];
  readonly size: number;
  /** Bytes held. */
  readonly bytes: number;
}

const NONE: readonly number[] = [];
const encoder = new TextEncoder();

export function createKeyTable(): KeyTable {
  let slots = new Uint32Array(1 << 10);
  let starts = new Uint32Array(1 << 9);
  let ends = new Uint32Array(1 << 9);
  let values = new Uint32Array(1 << 9);
  /** The entry after this one with the same text, plus one; 0 for none. */
  let nexts = new Uint32Array(1 << 9);
  let texts = new Uint8Array(1 << 14);
  let scratch = new Uint8Array(1 << 10);
  let count = 0;
  let used = 0;
  let keys = 0;

  const encode = (key: string): number => {
    if (scratch.length < key.length * 3) scratch = new Uint8Array(key.length * 3);
    return encoder.encodeInto(key, scratch).written;
  };
  const hashOf = (length: number): number => {
    let hash = 0x811c9dc5;
    for (let at = 0; at < length; at++) hash = Math.imul(hash ^ (scratch[at] ?? 0), 0x01000193);
    // FNV's low bits are weak for texts that differ at their end; a last mixing spreads them.
    hash ^= hash >>> 15;
    return Math.imul(hash, 0x2c1b3c6d) >>> 0;
  };
  const isSame = (entry: number, length: number): boolean => {
    const start = starts[entry] ?? 0;
    if ((ends[entry] ?? 0) - start !== length) return false;
    for (let at = 0; at < length; at++) if (texts[start + at] !== scratch[at]) return false;
    return true;
  };
  /** The slot of the text in `scratch`, or the free one where it would be. */
  const slotOf = (length: number): number => {
    const mask = slots.length - 1;
    for (let slot = hashOf(length) & mask; ; slot = (slot + 1) & mask) {
      const entry = slots[slot] ?? 0;
      if (entry === 0 || isSame(entry - 1, length)) return slot;
    }
  };
  const grow = (): void => {
    const more = count * 2;
    starts = resized(starts, more);
    ends = resized(ends, more);
    values = resized(values, more);
    nexts = resized(nexts, more);
  };
  const rehash = (): void => {
    const old = slots;
    slots = new Uint32Array(old.length * 2);
    const mask = slots.length - 1;
    for (const entry of old) {
      if (entry === 0) continue;
      const start = starts[entry - 1] ?? 0;
      const length = (ends[entry - 1] ?? 0) - start;
      if (scratch.length < length) scratch = new Uint8Array(length);
      scratch.set(texts.subarray(start, start + length));
      let slot = hashOf(length) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = entry;
    }
  };

  return {
    add(key, value) {
      if ((keys + 1) * 2 > slots.length) rehash();
      const length = encode(key);
      if (count === starts.length) grow();
      const slot = slotOf(length);
      const first = slots[slot] ?? 0;
      const entry = count++;
      values[entry] = value;
      if (first === 0) {
        if (used + length > texts.length) {
          const larger = new Uint8Array(Math.max(texts.length * 2, used + length));
          larger.set(texts.subarray(0, used));
          texts = larger;
        }
        texts.set(scratch.subarray(0, length), used);
        starts[entry] = used;
        used += length;
        ends[entry] = used;
        slots[slot] = entry + 1;
        keys += 1;
        return;
      }
      let last = first - 1;
      while (nexts[last] !== 0) last = (nexts[last] ?? 1) - 1;
      nexts[last] = entry + 1;
    },
    find(key) {
      const length = encode(key);
      let entry = slots[slotOf(length)] ?? 0;
      if (entry === 0) return NONE;
      const found: number[] = [];
      for (; entry !== 0; entry = nexts[entry - 1] ?? 0) found.push(values[entry - 1] ?? 0);
      return found;
    },
    get size() {
      return keys;
    },
    get bytes() {
      return slots.byteLength + starts.byteLength * 4 + texts.byteLength;
    },
  };
}

function resized(array: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(length);
  larger.set(array);
  return larger;
}
