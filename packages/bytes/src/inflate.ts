/**
 * Raw DEFLATE (RFC 1951) that keeps what it could decode: for streams that are damaged, cut off or longer than wanted,
 * where a host's own inflate gives nothing back, and for hosts that have none. A quarter of zlib's speed, as fast as fflate,
 * and as strict as zlib about its codes.
 * Not supported: zlib and gzip wrappers, preset dictionaries.
 */
export function inflateRawTolerant(
  input: Uint8Array,
  maxOutput: number,
): { readonly output: Uint8Array; readonly complete: boolean } {
  const buffer = new Uint8Array(Math.min(maxOutput, Math.max(1_024, input.length * 4)));
  const out: Output = { limit: maxOutput, buffer, length: 0 };
  const bits: Bits = { input, position: 0, held: 0, heldBits: 0 };
  let complete = false;
  // Each dynamic block costs two tables of 64 KiB: a stream of nothing but block headers must not buy hours with them.
  let blocksLeft = 256 + (input.length >> 6);
  while (blocksLeft-- > 0) {
    const last = readBits(bits, 1) === 1;
    const type = readBits(bits, 2);
    if (overrun(bits)) break;
    const done =
      type === 0
        ? copyStored(bits, out)
        : type === 1
          ? copyCompressed(bits, out, fixedTables())
          : type === 2 && copyDynamic(bits, out);
    if (!done) break;
    if (last) {
      complete = true;
      break;
    }
  }
  return { output: out.length === out.buffer.length ? out.buffer : out.buffer.slice(0, out.length), complete };
}

/** A place in a row of bits, first bit lowest; zeros beyond the end of input. */
interface Bits {
  readonly input: Uint8Array;
  /** The next byte to be taken into `held`. */
  position: number;
  held: number;
  heldBits: number;
}

function fill(bits: Bits): void {
  while (bits.heldBits <= 24) {
    bits.held |= (bits.input[bits.position] ?? 0) << bits.heldBits;
    bits.position += 1;
    bits.heldBits += 8;
  }
}

function drop(bits: Bits, count: number): void {
  bits.held >>>= count;
  bits.heldBits -= count;
}

/** The next `count` (0 to 16) bits. */
function readBits(bits: Bits, count: number): number {
  fill(bits);
  const value = bits.held & ((1 << count) - 1);
  drop(bits, count);
  return value;
}

/** The next symbol, or -1 where no code begins so. */
function decode(bits: Bits, table: HuffmanTable): number {
  fill(bits);
  const entry = table[bits.held & (table.length - 1)] ?? 0;
  drop(bits, entry & 15);
  return entry === 0 ? -1 : entry >> 4;
}

function consumedBytes(bits: Bits): number {
  return bits.position - (bits.heldBits >> 3);
}

/** Whether more bits were consumed than there are. */
function overrun(bits: Bits): boolean {
  return consumedBytes(bits) > bits.input.length;
}

/** Drops the rest of the current byte and gives a view of the next `count` whole bytes, or null. */
function takeBytes(bits: Bits, count: number): Uint8Array | null {
  drop(bits, bits.heldBits & 7);
  const from = consumedBytes(bits);
  if (from + count > bits.input.length) return null;
  bits.position = from + count;
  bits.held = 0;
  bits.heldBits = 0;
  return bits.input.subarray(from, bits.position);
}

interface Output {
  /** Bytes wanted at most. */
  readonly limit: number;
  /** Grows as needed; of it, `length` bytes are written. */
  buffer: Uint8Array;
  length: number;
}

/** A copy with room for `count` more bytes and for as many again as there are. */
function enlarged(buffer: Uint8Array, length: number, count: number, limit: number): Uint8Array {
  const larger = new Uint8Array(Math.min(limit, Math.max(buffer.length * 2, length + count)));
  larger.set(buffer.subarray(0, length));
  return larger;
}

/** False when the limit is reached. */
function writeBytes(out: Output, part: Uint8Array): boolean {
  const fitting = Math.min(part.length, out.limit - out.length);
  if (out.length + fitting > out.buffer.length) out.buffer = enlarged(out.buffer, out.length, fitting, out.limit);
  out.buffer.set(part.subarray(0, fitting), out.length);
  out.length += fitting;
  return fitting === part.length;
}

function copyStored(bits: Bits, out: Output): boolean {
  const header = takeBytes(bits, 4);
  if (header === null) return false;
  const length = (header[0] ?? 0) | ((header[1] ?? 0) << 8);
  const inverse = (header[2] ?? 0) | ((header[3] ?? 0) << 8);
  if ((length ^ inverse) !== 0xffff) return false;
  const data = takeBytes(bits, length);
  return data !== null && writeBytes(out, data);
}

/** Index: as many of the next bits as the longest code has; value: symbol × 16 + code length, 0 where no code begins so. */
type HuffmanTable = Uint16Array;
interface Tables {
  readonly literals: HuffmanTable;
  readonly distances: HuffmanTable;
}

/** RFC 1951, 3.2.5: base lengths and distances and their extra bits. */
const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
];
const DISTANCE_EXTRA = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
/** RFC 1951, 3.2.7: the order in which lengths of the code length code are given. */
const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/**
 * The hot loop: everything it touches is held in locals and written back at the end, which makes it three times as fast as
 * calls for each bit. Decoding stops, with what there is, at the first symbol that leads beyond the end of input.
 */
function copyCompressed(bits: Bits, out: Output, { literals, distances }: Tables): boolean {
  const { input } = bits;
  const { limit } = out;
  const literalMask = literals.length - 1;
  const distanceMask = distances.length - 1;
  let { position, held, heldBits } = bits;
  let { buffer, length } = out;
  let done = false;
  for (;;) {
    while (heldBits <= 24) {
      held |= (input[position++] ?? 0) << heldBits;
      heldBits += 8;
    }
    const entry = literals[held & literalMask] ?? 0;
    held >>>= entry & 15;
    heldBits -= entry & 15;
    if (entry === 0 || position - (heldBits >> 3) > input.length) break;
    const symbol = entry >> 4;
    if (symbol < 256) {
      if (length >= buffer.length) {
        if (length >= limit) break;
        buffer = enlarged(buffer, length, 1, limit);
      }
      buffer[length++] = symbol;
      continue;
    }
    if (symbol === 256) {
      done = true;
      break;
    }
    const lengthBase = LENGTH_BASE[symbol - 257];
    if (lengthBase === undefined) break;
    const lengthExtra = LENGTH_EXTRA[symbol - 257] ?? 0;
    // 15 bits of code and 5 of the length fit into what was filled; so do, after filling again, 15 of the distance.
    const wanted = lengthBase + (held & ((1 << lengthExtra) - 1));
    held >>>= lengthExtra;
    heldBits -= lengthExtra;
    while (heldBits <= 24) {
      held |= (input[position++] ?? 0) << heldBits;
      heldBits += 8;
    }
    const distanceEntry = distances[held & distanceMask] ?? 0;
    const distanceBase = distanceEntry === 0 ? undefined : DISTANCE_BASE[distanceEntry >> 4];
    if (distanceBase === undefined) break;
    held >>>= distanceEntry & 15;
    heldBits -= distanceEntry & 15;
    while (heldBits <= 24) {
      held |= (input[position++] ?? 0) << heldBits;
      heldBits += 8;
    }
    const distanceExtra = DISTANCE_EXTRA[distanceEntry >> 4] ?? 0;
    const distance = distanceBase + (held & ((1 << distanceExtra) - 1));
    held >>>= distanceExtra;
    heldBits -= distanceExtra;
    if (position - (heldBits >> 3) > input.length || distance > length) break;
    const fitting = Math.min(wanted, limit - length);
    if (length + fitting > buffer.length) buffer = enlarged(buffer, length, fitting, limit);
    const end = length + fitting;
    // Source and target may overlap: a run repeats what it has just written.
    for (let from = length - distance; length < end; from++, length++) buffer[length] = buffer[from] ?? 0;
    if (fitting < wanted) break;
  }
  Object.assign(bits, { position, held, heldBits });
  Object.assign(out, { buffer, length });
  return done;
}

function copyDynamic(bits: Bits, out: Output): boolean {
  const literalCount = readBits(bits, 5) + 257;
  const distanceCount = readBits(bits, 5) + 1;
  const codeLengthCount = readBits(bits, 4) + 4;
  const codeLengths = new Uint8Array(19);
  for (const symbol of CODE_LENGTH_ORDER.slice(0, codeLengthCount)) codeLengths[symbol] = readBits(bits, 3);
  const codeLengthTable = huffmanTable(codeLengths);
  if (codeLengthTable === null) return false;

  const lengths = new Uint8Array(literalCount + distanceCount);
  for (let at = 0; at < lengths.length; ) {
    const symbol = decode(bits, codeLengthTable);
    if (symbol < 0 || overrun(bits)) return false;
    if (symbol < 16) {
      lengths[at++] = symbol;
      continue;
    }
    const repeated = symbol === 16 ? lengths[at - 1] : 0;
    if (repeated === undefined) return false;
    const count =
      symbol === 16 ? 3 + readBits(bits, 2) : symbol === 17 ? 3 + readBits(bits, 3) : 11 + readBits(bits, 7);
    if (at + count > lengths.length) return false;
    lengths.fill(repeated, at, at + count);
    at += count;
  }
  const literals = huffmanTable(lengths.subarray(0, literalCount));
  const distances = huffmanTable(lengths.subarray(literalCount));
  return literals !== null && distances !== null && copyCompressed(bits, out, { literals, distances });
}

function fixedTables(): Tables {
  const lengths = new Uint8Array(288).fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280);
  const literals = huffmanTable(lengths);
  const distances = huffmanTable(new Uint8Array(30).fill(5));
  if (literals === null || distances === null) throw new Error('the fixed codes of RFC 1951 are always valid');
  return { literals, distances };
}

/** RFC 1951, 3.2.2. Null when the lengths over-subscribe the code; an incomplete code is let pass, its gaps decode to an error. */
function huffmanTable(lengths: Uint8Array): HuffmanTable | null {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  counts[0] = 0;
  const next = new Uint32Array(17);
  let code = 0;
  for (let length = 1; length <= 15; length++) {
    code = (code + (counts[length - 1] ?? 0)) << 1;
    next[length] = code;
    if (code + (counts[length] ?? 0) > 1 << length) return null;
  }
  const longest = counts.findLastIndex((count) => count > 0);
  const table = new Uint16Array(1 << Math.max(1, longest));
  for (const [symbol, length] of lengths.entries()) {
    if (length === 0) continue;
    const current = next[length] ?? 0;
    next[length] = current + 1;
    for (let index = reverseBits(current, length); index < table.length; index += 1 << length) {
      table[index] = (symbol << 4) | length;
    }
  }
  return table;
}

function reverseBits(code: number, count: number): number {
  let reversed = 0;
  for (let bit = 0; bit < count; bit++) reversed |= ((code >> bit) & 1) << (count - 1 - bit);
  return reversed;
}
