import { isUtf8, utf8Text } from '@vedette/bytes';

/** A value of CBOR (RFC 8949). Numbers that a double holds exactly are numbers, greater ones bigints. */
export type CborValue =
  | number
  | bigint
  | string
  | boolean
  | null
  | Uint8Array
  | readonly CborValue[]
  | CborMap
  | CborTag;

/** A map, its keys in the order they are written. Keys are numbers or texts, as COSE and WebAuthn have them. */
export type CborMap = ReadonlyMap<number | bigint | string, CborValue>;

export class CborTag {
  readonly tag: number | bigint;
  readonly value: CborValue;

  constructor(tag: number | bigint, value: CborValue) {
    this.tag = tag;
    this.value = value;
  }
}

/** An item, and where it ends. */
export interface CborItem {
  readonly value: CborValue;
  readonly end: number;
}

/** Deepest nesting and most values: an attestation object has 4 levels and some dozen values. */
const MAX_DEPTH = 16;
const MAX_VALUES = 10_000;

/** Marks what is not well-formed; never leaves this file. */
class Malformed extends Error {}

/**
 * Reads one item strictly (RFC 8949, 4.2.1 but for the order of keys): numbers and lengths in the fewest bytes, nothing of
 * indefinite length, texts in UTF-8, no key twice.
 *
 * @param start where the item begins
 * @returns null where it is anything else; whether something follows is for the caller to judge
 */
export function readCborItem(bytes: Uint8Array, start = 0): CborItem | null {
  const reader = new Reader(bytes, start);
  try {
    const value = reader.value(0);
    return { value, end: reader.at };
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

/** Reads bytes that are exactly one item. `undefined` stands for anything else, since `null` is a value; the value `undefined` of CBOR itself is refused. */
export function readCbor(bytes: Uint8Array): CborValue | undefined {
  const item = readCborItem(bytes);
  return item === null || item.end !== bytes.length ? undefined : item.value;
}

class Reader {
  readonly #bytes: Uint8Array;
  #values = 0;
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  value(depth: number): CborValue {
    if (depth > MAX_DEPTH || ++this.#values > MAX_VALUES) throw new Malformed();
    const initial = this.#byte();
    const major = initial >> 5;
    const info = initial & 0x1f;
    if (major === 7) return this.#simple(info);
    const argument = this.#argument(info);
    switch (major) {
      case 0:
        return argument;
      case 1:
        return typeof argument === 'bigint' || argument >= Number.MAX_SAFE_INTEGER
          ? -1n - BigInt(argument)
          : -1 - argument;
      case 2:
        return this.#take(argument);
      case 3: {
        const text = this.#take(argument);
        if (!isUtf8(text)) throw new Malformed();
        return utf8Text(text);
      }
      case 4: {
        const items: CborValue[] = [];
        const count = this.#count(argument);
        for (let index = 0; index < count; index++) items.push(this.value(depth + 1));
        return items;
      }
      case 5:
        return this.#map(this.#count(argument), depth);
      default:
        return new CborTag(argument, this.value(depth + 1));
    }
  }

  #map(count: number, depth: number): CborMap {
    const map = new Map<number | bigint | string, CborValue>();
    for (let index = 0; index < count; index++) {
      const key = this.value(depth + 1);
      if (typeof key !== 'number' && typeof key !== 'bigint' && typeof key !== 'string') throw new Malformed();
      if (map.has(key)) throw new Malformed();
      map.set(key, this.value(depth + 1));
    }
    return map;
  }

  /** RFC 8949, 3.3: truth values, null, and floats as their numbers. */
  #simple(info: number): CborValue {
    switch (info) {
      case 20:
        return false;
      case 21:
        return true;
      case 22:
        return null;
      case 25:
        return half(this.#view(2).getUint16(0));
      case 26:
        return this.#view(4).getFloat32(0);
      case 27:
        return this.#view(8).getFloat64(0);
      default:
        throw new Malformed();
    }
  }

  #argument(info: number): number | bigint {
    if (info < 24) return info;
    switch (info) {
      case 24:
        return atLeast(this.#byte(), 24);
      case 25:
        return atLeast(this.#view(2).getUint16(0), 0x100);
      case 26:
        return atLeast(this.#view(4).getUint32(0), 0x1_0000);
      case 27: {
        const value = this.#view(8).getBigUint64(0);
        if (value < 0x1_0000_0000n) throw new Malformed();
        return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
      }
      default:
        // 28 to 30 are reserved, 31 is an indefinite length.
        throw new Malformed();
    }
  }

  /** A count cannot exceed the bytes that are left: each value takes one. */
  #count(argument: number | bigint): number {
    if (typeof argument === 'bigint' || argument > this.#bytes.length - this.at) throw new Malformed();
    return argument;
  }

  #take(argument: number | bigint): Uint8Array {
    const length = this.#count(argument);
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }

  #byte(): number {
    const byte = this.#bytes[this.at];
    if (byte === undefined) throw new Malformed();
    this.at += 1;
    return byte;
  }

  #view(size: number): DataView {
    const bytes = this.#take(size);
    return new DataView(bytes.buffer, bytes.byteOffset, size);
  }
}

/** RFC 8949, 4.2.1: a number that fits in fewer bytes is written in them. */
function atLeast(value: number, least: number): number {
  if (value < least) throw new Malformed();
  return value;
}

/** IEEE 754 half precision (RFC 8949, appendix D). */
function half(bits: number): number {
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  const size =
    exponent === 0
      ? fraction * 2 ** -24
      : exponent === 31
        ? fraction === 0
          ? Number.POSITIVE_INFINITY
          : Number.NaN
        : (fraction + 1024) * 2 ** (exponent - 25);
  return (bits & 0x8000) === 0 ? size : -size;
}
