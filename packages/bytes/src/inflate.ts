/**
 * Raw DEFLATE (RFC 1951) that keeps what it could decode: for streams that are damaged, cut off or longer than wanted,
 * where a host's own inflate gives nothing back, and for hosts that have none. About 100 MB/s: a quarter of zlib.
 * Not supported: zlib and gzip wrappers, preset dictionaries.
 */
export function inflateRawTolerant(
  input: Uint8Array,
  maxOutput: number,
): { readonly output: Uint8Array; readonly complete: boolean } {
  const out = createOutput(maxOutput, input.length);
  const bits = createBits(input);
  let complete = false;
  // Each dynamic block costs two tables of 64 KiB: a stream of nothing but block headers must not buy hours with them.
  let blocksLeft = 256 + (input.length >> 6);
  while (blocksLeft-- > 0) {
    const last = bits.read(1) === 1;
    const type = bits.read(2);
    if (bits.overrun()) break;
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
  return { output: out.finish(), complete };
}

interface Bits {
  /** The next `count` (0 to 16) bits, first bit lowest; zeros beyond the end of input. */
  read(count: number): number;
  decode(table: HuffmanTable): number;
  /** Whether more bits were consumed than there are. */
  overrun(): boolean;
  /** Drops the rest of the current byte and gives a view of the next `count` whole bytes, or null. */
  takeBytes(count: number): Uint8Array | null;
}

function createBits(input: Uint8Array): Bits {
  let position = 0;
  let held = 0;
  let heldBits = 0;

  const fill = (): void => {
    while (heldBits <= 16) {
      held |= (input[position] ?? 0) << heldBits;
      position += 1;
      heldBits += 8;
    }
  };
  const drop = (count: number): void => {
    held >>>= count;
    heldBits -= count;
  };
  const consumedBytes = (): number => position - (heldBits >> 3);

  return {
    read(count) {
      fill();
      const value = held & ((1 << count) - 1);
      drop(count);
      return value;
    },
    decode(table) {
      fill();
      const entry = table[held & (table.length - 1)] ?? 0;
      drop(entry & 15);
      return entry === 0 ? -1 : entry >> 4;
    },
    overrun: () => consumedBytes() > input.length,
    takeBytes(count) {
      drop(heldBits & 7);
      const from = consumedBytes();
      if (from + count > input.length) return null;
      position = from + count;
      held = 0;
      heldBits = 0;
      return input.subarray(from, position);
    },
  };
}

interface Output {
  /** False when the limit is reached. */
  literal(byte: number): boolean;
  bytes(part: Uint8Array): boolean;
  /** False when the distance points before the start, or the limit is reached. */
  repeat(length: number, distance: number): boolean;
  finish(): Uint8Array;
}

function createOutput(maxOutput: number, inputLength: number): Output {
  let buffer = new Uint8Array(Math.min(maxOutput, Math.max(1_024, inputLength * 4)));
  let length = 0;

  const reserve = (count: number): void => {
    if (length + count <= buffer.length) return;
    const larger = new Uint8Array(Math.min(maxOutput, Math.max(buffer.length * 2, length + count)));
    larger.set(buffer.subarray(0, length));
    buffer = larger;
  };

  return {
    literal(byte) {
      if (length >= maxOutput) return false;
      reserve(1);
      buffer[length++] = byte;
      return true;
    },
    bytes(part) {
      const fitting = Math.min(part.length, maxOutput - length);
      reserve(fitting);
      buffer.set(part.subarray(0, fitting), length);
      length += fitting;
      return fitting === part.length;
    },
    repeat(count, distance) {
      if (distance > length) return false;
      const fitting = Math.min(count, maxOutput - length);
      reserve(fitting);
      for (let index = 0; index < fitting; index++, length++) buffer[length] = buffer[length - distance] ?? 0;
      return fitting === count;
    },
    finish: () => (length === buffer.length ? buffer : buffer.slice(0, length)),
  };
}

function copyStored(bits: Bits, out: Output): boolean {
  const header = bits.takeBytes(4);
  if (header === null) return false;
  const length = (header[0] ?? 0) | ((header[1] ?? 0) << 8);
  const inverse = (header[2] ?? 0) | ((header[3] ?? 0) << 8);
  if ((length ^ inverse) !== 0xffff) return false;
  const data = bits.takeBytes(length);
  return data !== null && out.bytes(data);
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

function copyCompressed(bits: Bits, out: Output, tables: Tables): boolean {
  for (;;) {
    const symbol = bits.decode(tables.literals);
    if (symbol < 0 || bits.overrun()) return false;
    if (symbol < 256) {
      if (!out.literal(symbol)) return false;
      continue;
    }
    if (symbol === 256) return true;
    const lengthBase = LENGTH_BASE[symbol - 257];
    if (lengthBase === undefined) return false;
    const length = lengthBase + bits.read(LENGTH_EXTRA[symbol - 257] ?? 0);
    const distanceSymbol = bits.decode(tables.distances);
    const distanceBase = DISTANCE_BASE[distanceSymbol];
    if (distanceBase === undefined) return false;
    const distance = distanceBase + bits.read(DISTANCE_EXTRA[distanceSymbol] ?? 0);
    if (bits.overrun() || !out.repeat(length, distance)) return false;
  }
}

function copyDynamic(bits: Bits, out: Output): boolean {
  const literalCount = bits.read(5) + 257;
  const distanceCount = bits.read(5) + 1;
  const codeLengthCount = bits.read(4) + 4;
  const codeLengths = new Uint8Array(19);
  for (const symbol of CODE_LENGTH_ORDER.slice(0, codeLengthCount)) codeLengths[symbol] = bits.read(3);
  const codeLengthTable = huffmanTable(codeLengths);
  if (codeLengthTable === null) return false;

  const lengths = new Uint8Array(literalCount + distanceCount);
  for (let at = 0; at < lengths.length; ) {
    const symbol = bits.decode(codeLengthTable);
    if (symbol < 0 || bits.overrun()) return false;
    if (symbol < 16) {
      lengths[at++] = symbol;
      continue;
    }
    const repeated = symbol === 16 ? lengths[at - 1] : 0;
    if (repeated === undefined) return false;
    const count = symbol === 16 ? 3 + bits.read(2) : symbol === 17 ? 3 + bits.read(3) : 11 + bits.read(7);
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
