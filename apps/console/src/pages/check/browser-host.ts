import { sha256 } from '@noble/hashes/sha2.js';
import type { Host } from '@vedette/bytes';
import { Inflate } from 'fflate';

const CHUNK = 64 * 1024;

/** The browser's side of what the pure packages need. Inflating stops as soon as `maxOutput` is reached, so a bomb costs no more than its limit. */
export function createBrowserHost(now: () => number): Host {
  return {
    now,
    sha256: (input) => sha256(input),
    inflateRaw(input, maxOutput) {
      const parts: Uint8Array[] = [];
      let size = 0;
      let ended = false;
      const stream = new Inflate((chunk, final) => {
        parts.push(chunk);
        size += chunk.length;
        ended = final;
      });
      try {
        for (let at = 0; at < input.length && size <= maxOutput && !ended; at += CHUNK) stream.push(input.subarray(at, at + CHUNK), at + CHUNK >= input.length);
      } catch {
        // Damaged or truncated: what came out so far is given, and `complete` says that it is not all.
        ended = false;
      }
      const output = new Uint8Array(Math.min(size, maxOutput));
      let at = 0;
      for (const part of parts) {
        if (at >= output.length) break;
        output.set(part.subarray(0, output.length - at), at);
        at += part.length;
      }
      return { output, complete: ended && size <= maxOutput };
    },
  };
}
