let table: Uint32Array | undefined;

function crcTable(): Uint32Array {
  const made = new Uint32Array(256);
  for (let index = 0; index < 256; index++) {
    let value = index;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb8_8320 ^ (value >>> 1) : value >>> 1;
    made[index] = value >>> 0;
  }
  return made;
}

/** CRC-32 of ZIP (ISO 3309, reflected polynomial 0xEDB88320), unsigned. */
export function crc32(bytes: Uint8Array): number {
  table ??= crcTable();
  let value = 0xffff_ffff;
  for (const byte of bytes) value = (table[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return (value ^ 0xffff_ffff) >>> 0;
}
