/** Eight tables of 256: `table[256 * n + byte]` is the checksum of `byte` with `n` zeros behind it. */
let table: Int32Array | undefined;

function crcTable(): Int32Array {
  const made = new Int32Array(8 * 256);
  for (let index = 0; index < 256; index++) {
    let value = index;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb8_8320 ^ (value >>> 1) : value >>> 1;
    made[index] = value;
  }
  for (let index = 256; index < made.length; index++) {
    const before = made[index - 256] ?? 0;
    made[index] = (before >>> 8) ^ (made[before & 0xff] ?? 0);
  }
  return made;
}

/** CRC-32 of ZIP (ISO 3309, reflected polynomial 0xEDB88320), unsigned. Eight bytes a step ("slicing by 8"): about 1 GB/s. */
export function crc32(bytes: Uint8Array): number {
  table ??= crcTable();
  const t = table;
  const { length } = bytes;
  let value = -1;
  let at = 0;
  for (; at < length && ((bytes.byteOffset + at) & 3) !== 0; at++) {
    value = (value >>> 8) ^ (t[(value ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  }
  // Words of the machine are little-endian wherever JavaScript runs; elsewhere the loop for single bytes does it all.
  const littleEndian = new Uint8Array(new Int32Array([1]).buffer)[0] === 1;
  const words =
    littleEndian && length - at >= 8
      ? new Int32Array(bytes.buffer, bytes.byteOffset + at, (length - at) >> 2)
      : new Int32Array(0);
  const pairs = words.length & ~1;
  for (let word = 0; word < pairs; word += 2) {
    const low = value ^ (words[word] ?? 0);
    const high = words[word + 1] ?? 0;
    value =
      (t[1792 + (low & 0xff)] ?? 0) ^
      (t[1536 + ((low >>> 8) & 0xff)] ?? 0) ^
      (t[1280 + ((low >>> 16) & 0xff)] ?? 0) ^
      (t[1024 + (low >>> 24)] ?? 0) ^
      (t[768 + (high & 0xff)] ?? 0) ^
      (t[512 + ((high >>> 8) & 0xff)] ?? 0) ^
      (t[256 + ((high >>> 16) & 0xff)] ?? 0) ^
      (t[high >>> 24] ?? 0);
  }
  for (at += pairs * 4; at < length; at++) value = (value >>> 8) ^ (t[(value ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  return (value ^ -1) >>> 0;
}
