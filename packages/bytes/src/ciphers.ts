/** What encrypted backups need of a host. Synchronous; null where the input has no right size or padding. */
export interface Ciphers {
  /** PBKDF2 with HMAC (RFC 8018, section 5.2). */
  pbkdf2(
    hash: 'sha1' | 'sha256',
    password: Uint8Array,
    salt: Uint8Array,
    iterations: number,
    length: number,
  ): Uint8Array;
  /** One or more blocks of AES, each by itself (FIPS 197), for what is built on it. */
  aesDecryptBlocks(key: Uint8Array, blocks: Uint8Array): Uint8Array | null;
  /** AES in CBC mode without padding (SP 800-38A). */
  aesCbcDecrypt(key: Uint8Array, iv: Uint8Array, bytes: Uint8Array): Uint8Array | null;
}

const CHECK = 0xa6;

/**
 * Unwraps a key (RFC 3394, section 2.2.2).
 * @returns null when the check at its front fails: the key to unwrap with is another
 */
export function unwrapKey(
  ciphers: Pick<Ciphers, 'aesDecryptBlocks'>,
  key: Uint8Array,
  wrapped: Uint8Array,
): Uint8Array | null {
  const count = wrapped.length / 8 - 1;
  if (!Number.isInteger(count) || count < 2 || count > 64) return null;
  let front: Uint8Array = wrapped.slice(0, 8);
  const parts = Array.from({ length: count }, (_, index) => wrapped.slice(8 + index * 8, 16 + index * 8));
  for (let round = 5; round >= 0; round--) {
    for (let index = count - 1; index >= 0; index--) {
      const block = new Uint8Array(16);
      block.set(front);
      // The counter is below 256 × 6: its lowest two bytes are all there is of it.
      const step = round * count + index + 1;
      block[7] = (block[7] ?? 0) ^ (step & 0xff);
      block[6] = (block[6] ?? 0) ^ (step >> 8);
      block.set(parts[index] ?? new Uint8Array(8), 8);
      const open = ciphers.aesDecryptBlocks(key, block);
      if (open === null) return null;
      front = open.subarray(0, 8);
      parts[index] = open.slice(8, 16);
    }
  }
  if (!front.every((byte) => byte === CHECK)) return null;
  const whole = new Uint8Array(count * 8);
  for (const [index, part] of parts.entries()) whole.set(part, index * 8);
  return whole;
}
