import { latin1Text } from '@vedette/bytes';

/** Numbers distinct strings from 0 in the order in which they are met. Strings are compared by their MUTF-8 bytes. */
export interface ByteInterner {
  readonly count: number;
  /**
   * The number of the string of `length` UTF-16 code units (or up to a NUL) at `start` of `bytes`. `unit` and `index` say
   * where it was met; the first place is kept.
   */
  intern(bytes: Uint8Array, start: number, length: number, unit: number, index: number): number;
  /** The number of a string met before; -1 when it never was. */
  find(text: string): number;
  /** Where a string was first met. */
  unitOf(id: number): number;
  indexOf(id: number): number;
}

/** Files can be made so that all their strings have one hash: past this many steps the engine's own (seeded) map goes on. */
const MAX_PROBES = 24;

/**
 * A table with open addressing over bytes that stay where they are: no string is decoded and none is copied. Two
 * encodings of one text count as two strings, as they do for the platform, which compares bytes and refuses overlong forms.
 */
export function createByteInterner(): ByteInterner {
  let slots = new Int32Array(1 << 12).fill(-1);
  let capacity = 1 << 11;
  let hashes = new Int32Array(capacity);
  let starts = new Uint32Array(capacity);
  let sizes = new Uint32Array(capacity);
  let units = new Uint32Array(capacity);
  let indices = new Uint32Array(capacity);
  const sources: Uint8Array[] = [];
  const overflow = new Map<string, number>();
  let count = 0;
  // Out-parameters of `measure`: an object per string would cost more than the hashing.
  let hash = 0;
  let size = 0;

  const measure = (bytes: Uint8Array, start: number, length: number): void => {
    let value = 0x811c9dc5 | 0;
    let at = start;
    for (let left = length; left > 0; left--) {
      const byte = bytes[at] ?? 0;
      if (byte === 0) break;
      value = Math.imul(value ^ byte, 0x01000193);
      at += 1;
      if (byte < 0xc0) continue;
      for (let more = byte >> 5 === 0b110 ? 1 : byte >> 4 === 0b1110 ? 2 : 0; more > 0; more--) {
        value = Math.imul(value ^ (bytes[at] ?? 0), 0x01000193);
        at += 1;
      }
    }
    hash = value ^ (value >>> 15);
    size = at - start;
  };

  const isAt = (id: number, bytes: Uint8Array, start: number): boolean => {
    if (hashes[id] !== hash || sizes[id] !== size) return false;
    const source = sources[units[id] ?? 0];
    if (source === undefined) return false;
    const from = starts[id] ?? 0;
    for (let index = 0; index < size; index++) if (source[from + index] !== bytes[start + index]) return false;
    return true;
  };

  /** The free slot where a measured string belongs, as -1 - slot, or its number; past all probes `overflow` decides. */
  const probe = (bytes: Uint8Array, start: number): number | null => {
    const mask = slots.length - 1;
    for (let step = 0; step < MAX_PROBES; step++) {
      const slot = (hash + step) & mask;
      const id = slots[slot] ?? -1;
      if (id < 0) return -1 - slot;
      if (isAt(id, bytes, start)) return id;
    }
    return null;
  };

  const grow = (): void => {
    capacity *= 2;
    const larger = (column: Uint32Array): Uint32Array<ArrayBuffer> => {
      const copy = new Uint32Array(capacity);
      copy.set(column);
      return copy;
    };
    const wider = new Int32Array(capacity);
    wider.set(hashes);
    hashes = wider;
    starts = larger(starts);
    sizes = larger(sizes);
    units = larger(units);
    indices = larger(indices);
    slots = new Int32Array(capacity * 2).fill(-1);
    const mask = slots.length - 1;
    for (let id = 0; id < count; id++) {
      for (let step = 0; ; step++) {
        const slot = ((hashes[id] ?? 0) + step) & mask;
        if (step === MAX_PROBES) {
          overflow.set(keyOf(sources[units[id] ?? 0] ?? EMPTY, starts[id] ?? 0, sizes[id] ?? 0), id);
          break;
        }
        if ((slots[slot] ?? 0) >= 0) continue;
        slots[slot] = id;
        break;
      }
    }
  };

  return {
    get count() {
      return count;
    },
    intern(bytes, start, length, unit, index) {
      measure(bytes, start, length);
      let place = probe(bytes, start);
      if (place !== null && place >= 0) return place;
      if (place === null) {
        const known = overflow.get(keyOf(bytes, start, size));
        if (known !== undefined) return known;
      }
      if (count === capacity) {
        grow();
        place = probe(bytes, start);
      }
      const id = count++;
      hashes[id] = hash;
      starts[id] = start;
      sizes[id] = size;
      units[id] = unit;
      indices[id] = index;
      sources[unit] = bytes;
      if (place === null) overflow.set(keyOf(bytes, start, size), id);
      else slots[-1 - place] = id;
      return id;
    },
    find(text) {
      const bytes = encodeMutf8(text);
      measure(bytes, 0, text.length);
      const place = probe(bytes, 0);
      if (place === null) return overflow.get(keyOf(bytes, 0, size)) ?? -1;
      return place < 0 ? -1 : place;
    },
    unitOf: (id) => units[id] ?? 0,
    indexOf: (id) => indices[id] ?? 0,
  };
}

const EMPTY = new Uint8Array(0);

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
