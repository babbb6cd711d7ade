/** Shannon entropy of `bytes[offset, offset + size)` in bits per byte, 0 to 8. Bytes beyond the file count as not there. */
export function segmentEntropy(bytes: Uint8Array, offset: number, size: number): number {
  const counts = new Uint32Array(256);
  const end = Math.min(bytes.length, offset + size);
  for (let at = Math.max(0, offset); at < end; at++) {
    const byte = bytes[at] ?? 0;
    counts[byte] = (counts[byte] ?? 0) + 1;
  }
  return entropyOf(counts, Math.max(0, end - offset));
}

const WINDOW = 4_096;
const WINDOWS = 16;

/** The same of at most sixteen windows of 4 KiB spread over the range: constant time, within 0.1 of the whole for code. */
export function sampledEntropy(bytes: Uint8Array, offset: number, size: number): number {
  const end = Math.min(bytes.length, offset + size);
  const length = Math.max(0, end - offset);
  if (length <= WINDOW * WINDOWS) return segmentEntropy(bytes, offset, length);
  const counts = new Uint32Array(256);
  const step = Math.floor((length - WINDOW) / (WINDOWS - 1));
  for (let window = 0; window < WINDOWS; window++) {
    const from = offset + window * step;
    for (let at = from; at < from + WINDOW; at++) {
      const byte = bytes[at] ?? 0;
      counts[byte] = (counts[byte] ?? 0) + 1;
    }
  }
  return entropyOf(counts, WINDOW * WINDOWS);
}

function entropyOf(counts: Uint32Array, total: number): number {
  let bits = 0;
  for (const count of counts) if (count > 0) bits -= (count / total) * Math.log2(count / total);
  return bits;
}
