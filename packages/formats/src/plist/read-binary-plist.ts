/**
 * Binary property lists, version 00 (CF-1153, CFBinaryPList.c). Each object is read once, whatever refers to it: cost
 * and memory stay in proportion to the file, and a cycle becomes a null where it closes.
 */
import { createDiagnostics, type Diagnostics, isUtf8, latin1Text, utf8Text } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import { MAX_PLIST_DEPTH, type PlistValue } from './plist-value.ts';

const NULL: PlistValue = { kind: 'null' };
const TRAILER = 32;
const HEADER = 8;
/** 2001-01-01T00:00:00Z, from which dates count seconds. */
const EPOCH_SECONDS = 978_307_200;

/** Reads a list whose first bytes are `bplist`. The value is null when its trailer leads nowhere. */
export function readBinaryPlist(bytes: Uint8Array): Parsed<PlistValue | null> {
  const diagnostics = createDiagnostics();
  const version = latin1Text(bytes, 6, 8);
  if (version !== '00') {
    // CoreFoundation reads `0` and anything; 15, 16 and 17 are other formats of other readers.
    const level = version.startsWith('0') ? 'warning' : 'error';
    diagnostics[level]('plist.binary.version', 'a binary list of an unusual version');
    if (level === 'error') return { value: null, diagnostics: diagnostics.list() };
  }
  const trailer = readTrailer(bytes, diagnostics);
  if (trailer === null) return { value: null, diagnostics: diagnostics.list() };
  const value = new BinaryPlistReader(bytes, trailer, diagnostics).object(trailer.top, 0);
  return { value, diagnostics: diagnostics.list() };
}

interface Trailer {
  readonly offsetSize: number;
  readonly referenceSize: number;
  readonly count: number;
  readonly top: number;
  readonly tableOffset: number;
}

function readTrailer(bytes: Uint8Array, diagnostics: Diagnostics): Trailer | null {
  const at = bytes.length - TRAILER;
  if (at < HEADER) {
    diagnostics.error('plist.truncated', 'the file is too short for a binary list');
    return null;
  }
  const trailer: Trailer = {
    offsetSize: bytes[at + 6] ?? 0,
    referenceSize: bytes[at + 7] ?? 0,
    count: unsigned(bytes, at + 8, 8),
    top: unsigned(bytes, at + 16, 8),
    tableOffset: unsigned(bytes, at + 24, 8),
  };
  const { offsetSize, referenceSize, count, top, tableOffset } = trailer;
  const sizes = offsetSize >= 1 && offsetSize <= 8 && referenceSize >= 1 && referenceSize <= 8;
  if (!sizes || top >= count || tableOffset < HEADER + 1 || tableOffset + count * offsetSize > at) {
    const message = `sizes ${offsetSize} and ${referenceSize}, ${count} objects, the table at ${tableOffset}: not in this file`;
    diagnostics.error('plist.binary.trailer', message, { offset: at });
    return null;
  }
  return trailer;
}

class BinaryPlistReader {
  readonly #bytes: Uint8Array;
  readonly #trailer: Trailer;
  readonly #diagnostics: Diagnostics;
  readonly #done = new Map<number, PlistValue>();
  readonly #open = new Set<number>();
  /** Objects of honest lists do not overlap; those that do cannot cost more than this together. */
  #bytesLeft: number;

  constructor(bytes: Uint8Array, trailer: Trailer, diagnostics: Diagnostics) {
    this.#bytes = bytes;
    this.#trailer = trailer;
    this.#diagnostics = diagnostics;
    this.#bytesLeft = bytes.length * 2;
  }

  object(index: number, depth: number): PlistValue {
    const known = this.#done.get(index);
    if (known !== undefined) return known;
    const { offsetSize, count, tableOffset } = this.#trailer;
    if (index >= count) return this.#fault('plist.binary.reference', `object ${index} of ${count}`);
    const offset = unsigned(this.#bytes, tableOffset + index * offsetSize, offsetSize);
    if (offset < HEADER || offset >= tableOffset) {
      return this.#fault('plist.binary.offset', 'an object that lies outside of the objects', offset);
    }
    if (this.#open.has(index)) return this.#fault('plist.binary.cycle', 'a container holds itself', offset);
    if (depth >= MAX_PLIST_DEPTH) {
      return this.#fault('plist.depth', `nested deeper than ${MAX_PLIST_DEPTH} levels`, offset);
    }
    this.#open.add(index);
    const value = this.#read(offset, depth);
    this.#open.delete(index);
    this.#done.set(index, value);
    return value;
  }

  #read(offset: number, depth: number): PlistValue {
    const bytes = this.#bytes;
    const marker = bytes[offset] ?? 0;
    const low = marker & 0x0f;
    switch (marker >> 4) {
      case 0:
        if (low === 8 || low === 9) return { kind: 'boolean', value: low === 9 };
        return low === 0 ? NULL : this.#fault('plist.binary.marker', `object of kind 0x${marker.toString(16)}`, offset);
      case 1:
        return this.#integer(offset + 1, 1 << low);
      case 2:
        return this.#real(offset + 1, low);
      case 3:
        return { kind: 'date', value: dateText(float64(bytes, offset + 1)) };
      case 8:
        return this.#take(low + 1, offset)
          ? { kind: 'uid', value: unsigned(bytes, offset + 1, Math.min(low + 1, 8)) }
          : NULL;
      case 4:
      case 5:
      case 6:
        return this.#text(marker >> 4, offset);
      case 0xa:
      case 0xb:
      case 0xc:
        return { kind: 'array', items: this.#items(offset, 1).map((index) => this.object(index, depth + 1)) };
      case 0xd:
        return this.#dictionary(offset, depth);
      default:
        return this.#fault('plist.binary.marker', `object of kind 0x${marker.toString(16)}`, offset);
    }
  }

  /** The count of a marker and where its content begins: in four bits, or as an integer that follows. */
  #count(offset: number): { readonly count: number; readonly start: number } {
    const low = (this.#bytes[offset] ?? 0) & 0x0f;
    if (low !== 0x0f) return { count: low, start: offset + 1 };
    const size = 1 << ((this.#bytes[offset + 1] ?? 0) & 0x0f);
    const kind = (this.#bytes[offset + 1] ?? 0) >> 4;
    if (kind !== 1 || size > 8) {
      this.#fault('plist.binary.length', 'a length that is no integer', offset);
      return { count: 0, start: offset + 2 };
    }
    return { count: unsigned(this.#bytes, offset + 2, size), start: offset + 2 + size };
  }

  #text(kind: number, offset: number): PlistValue {
    const { count, start } = this.#count(offset);
    const size = kind === 6 ? count * 2 : count;
    if (start + size > this.#trailer.tableOffset) {
      return this.#fault('plist.binary.length', `${size} bytes, which are not there`, offset);
    }
    if (!this.#take(size, offset)) return NULL;
    if (kind === 4) return { kind: 'data', value: this.#bytes.subarray(start, start + size) };
    if (kind === 6) return { kind: 'string', value: utf16BigEndian(this.#bytes, start, count) };
    const view = this.#bytes.subarray(start, start + size);
    return { kind: 'string', value: isUtf8(view) ? utf8Text(view) : latin1Text(view) };
  }

  /** References of a container; `columns` 2 gives keys first, then values. */
  #items(offset: number, columns: number): readonly number[] {
    const { count, start } = this.#count(offset);
    const { referenceSize, tableOffset } = this.#trailer;
    const size = count * columns * referenceSize;
    if (start + size > tableOffset) {
      this.#fault('plist.binary.length', `${count} entries, which are not there`, offset);
      return [];
    }
    if (!this.#take(size, offset)) return [];
    return Array.from({ length: count * columns }, (_, index) =>
      unsigned(this.#bytes, start + index * referenceSize, referenceSize),
    );
  }

  #dictionary(offset: number, depth: number): PlistValue {
    const references = this.#items(offset, 2);
    const half = references.length / 2;
    const entries = new Map<string, PlistValue>();
    for (let index = 0; index < half; index++) {
      const key = this.object(references[index] ?? 0, depth + 1);
      if (key.kind !== 'string') {
        this.#fault('plist.binary.key', 'a key that is no text', offset);
        continue;
      }
      if (entries.has(key.value)) {
        const message = 'a key stands twice in one dictionary; CoreFoundation keeps the first one of a binary list';
        this.#diagnostics.warning('plist.duplicate-key', message, { where: key.value.slice(0, 120) });
        continue;
      }
      entries.set(key.value, this.object(references[half + index] ?? 0, depth + 1));
    }
    return { kind: 'dictionary', entries };
  }

  #integer(start: number, size: number): PlistValue {
    if (size > 16 || start + size > this.#trailer.tableOffset) {
      return this.#fault('plist.binary.length', `an integer of ${size} bytes`, start);
    }
    let value = 0n;
    for (let index = 0; index < size; index++) value = (value << 8n) | BigInt(this.#bytes[start + index] ?? 0);
    // Up to four bytes integers have no sign.
    if (size >= 8) value = BigInt.asIntN(size * 8, value);
    return { kind: 'integer', value };
  }

  #real(start: number, low: number): PlistValue {
    if (low === 3) return { kind: 'real', value: float64(this.#bytes, start) };
    if (low === 2) {
      const word = unsigned(this.#bytes, start, 4);
      return { kind: 'real', value: new Float32Array(new Uint32Array([word]).buffer)[0] ?? 0 };
    }
    return this.#fault('plist.binary.length', 'a real number of an unknown size', start);
  }

  #take(size: number, offset: number): boolean {
    if (size <= this.#bytesLeft) {
      this.#bytesLeft -= size;
      return true;
    }
    this.#fault('plist.binary.overlap', 'objects overlap so much that the rest is not read', offset);
    return false;
  }

  #fault(id: string, message: string, offset?: number): PlistValue {
    this.#diagnostics.error(id, message, offset === undefined ? {} : { offset });
    return NULL;
  }
}

/** Big-endian, of 1 to 8 bytes; beyond 2^53 only the magnitude is right. Bytes outside read as zero. */
function unsigned(bytes: Uint8Array, at: number, size: number): number {
  let value = 0;
  for (let index = 0; index < size; index++) value = value * 256 + (bytes[at + index] ?? 0);
  return value;
}

function float64(bytes: Uint8Array, at: number): number {
  const view = new DataView(new ArrayBuffer(8));
  for (let index = 0; index < 8; index++) view.setUint8(index, bytes[at + index] ?? 0);
  return view.getFloat64(0);
}

function dateText(seconds: number): string | null {
  const time = new Date((seconds + EPOCH_SECONDS) * 1_000);
  return Number.isNaN(time.getTime()) ? null : time.toISOString().replace(/\.\d+Z$/, 'Z');
}

function utf16BigEndian(bytes: Uint8Array, start: number, units: number): string {
  let text = '';
  const codes: number[] = [];
  for (let index = 0; index < units; index++) {
    codes.push(((bytes[start + index * 2] ?? 0) << 8) | (bytes[start + index * 2 + 1] ?? 0));
    if (codes.length === 4_096) text += String.fromCharCode(...codes.splice(0));
  }
  return text + String.fromCharCode(...codes);
}
