/** Base lengths 3 to 10 need no extra bits; longer runs are written as 258, the longest match. */
const LONGEST_MATCH = 258;

/**
 * Raw DEFLATE for builders: one block of fixed codes (RFC 1951, 3.2.6), runs of one byte as matches of distance 1.
 * Valid for any data; text comes out slightly larger than it went in, runs shrink to a 158th.
 */
export function deflateRuns(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  let held = 0;
  let heldBits = 0;
  const bits = (value: number, count: number): void => {
    held |= value << heldBits;
    heldBits += count;
    while (heldBits >= 8) {
      out.push(held & 0xff);
      held >>>= 8;
      heldBits -= 8;
    }
  };
  /** Huffman codes are packed from their most significant bit. */
  const code = (value: number, count: number): void => {
    for (let bit = count - 1; bit >= 0; bit--) bits((value >> bit) & 1, 1);
  };
  const symbol = (value: number): void => {
    if (value < 144) code(0x30 + value, 8);
    else if (value < 256) code(0x190 + value - 144, 9);
    else if (value < 280) code(value - 256, 7);
    else code(0xc0 + value - 280, 8);
  };

  bits(1, 1);
  bits(1, 2);
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    if (at > 0 && repeatsFor(bytes, at) === LONGEST_MATCH) {
      symbol(285);
      code(0, 5);
      at += LONGEST_MATCH;
    } else {
      symbol(byte);
      at += 1;
    }
  }
  symbol(256);
  if (heldBits > 0) bits(0, 8 - heldBits);
  return Uint8Array.from(out);
}

/** For how many bytes from `at` the byte before it is repeated, up to the longest match. */
function repeatsFor(bytes: Uint8Array, at: number): number {
  let run = 0;
  while (run < LONGEST_MATCH && bytes[at + run] === bytes[at - 1]) run += 1;
  return run;
}

/**
 * Raw DEFLATE of `count` zero bytes, made without ever holding them: for ZIP bombs of any size.
 * `count` is rounded up to 1 plus a multiple of 8 × 258, so that the bit pattern repeats by whole bytes.
 */
export function deflateZeros(count: number): { readonly packed: Uint8Array; readonly size: number } {
  // Eight matches of 13 bits are 13 bytes. The header (3 bits) and the first zero (8 bits) come before.
  const rounds = Math.ceil(Math.max(0, count - 1) / (8 * LONGEST_MATCH));
  const one = deflateRuns(new Uint8Array(1 + 8 * LONGEST_MATCH));
  const round = one.subarray(1, 14);
  const packed = new Uint8Array(one.length + 13 * Math.max(0, rounds - 1));
  packed.set(one.subarray(0, 1));
  for (let index = 0; index < Math.max(1, rounds); index++) packed.set(round, 1 + index * 13);
  packed.set(one.subarray(14), 1 + 13 * Math.max(1, rounds));
  return { packed, size: 1 + Math.max(1, rounds) * 8 * LONGEST_MATCH };
}
