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
      const seen = { size: 0, ended: false };
      const stream = new Inflate((chunk, final) => {
        parts.push(chunk);
        seen.size += chunk.length;
        seen.ended = final;
      });
      try {
        for (let at = 0; at < input.length && seen.size <= maxOutput && !seen.ended; at += CHUNK)
          stream.push(input.subarray(at, at + CHUNK), at + CHUNK >= input.length);
      } catch {
        // Damaged or truncated: what came out so far is given, and `complete` says that it is not all.
        seen.ended = false;
      }
      const output = new Uint8Array(Math.min(seen.size, maxOutput));
      let at = 0;
      for (const part of parts) {
        if (at >= output.length) break;
        output.set(part.subarray(0, output.length - at), at);
        at += part.length;
      }
      return { output, complete: seen.ended && seen.size <= maxOutput };
    },
  };
}
