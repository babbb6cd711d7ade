/** Bytes of randomness, `length` of them. */
export type RandomBytes = (length: number) => Uint8Array;

/**
 * Makes a source of UUID version 7 (RFC 9562 section 5.7): 48 bits of Unix milliseconds, then a 12-bit counter in `rand_a` (section 6.2, method 1) so that
 * ids made by one process sort in the order they were made, then 62 random bits.
 * @param clock current time
 * @returns a function that yields a new lower-case UUID at each call; it never goes backwards even when the clock does
 */
export function createUuidV7(clock: () => Date, random: RandomBytes): () => string {
  let lastMs = -1;
  let counter = 0;
  return () => {
    const nowMs = clock().getTime();
    if (nowMs > lastMs) {
      lastMs = nowMs;
      // The top bit starts at 0, so that at least 2,048 ids fit into a millisecond before the counter borrows the next one.
      const seed = random(2);
      counter = (((seed[0] ?? 0) << 8) | (seed[1] ?? 0)) & 0x7ff;
    } else {
      counter += 1;
      if (counter > 0xfff) {
        lastMs += 1;
        counter = 0;
      }
    }
    const bytes = new Uint8Array(16);
    const view = new DataView(bytes.buffer);
    view.setUint16(0, Math.floor(lastMs / 2 ** 32));
    view.setUint32(2, lastMs % 2 ** 32);
    view.setUint16(6, 0x7000 | counter);
    bytes.set(random(8), 8);
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  };
}
