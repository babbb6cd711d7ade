import { sha256 } from '@noble/hashes/sha2.js';
import type { Host } from './host.ts';
import { inflateRawTolerant } from './inflate.ts';
import { digest } from './signature/digest.ts';
import { verifySignature } from './signature/verify-signature.ts';

/**
 * The host of browsers, where inflating, digests and signatures of the platform are asynchronous or missing. It needs no
 * platform at all, and answers as the host of Node does. It belongs into a worker: a large file takes seconds.
 * @param now monotonic milliseconds, e.g. of `performance`
 */
export function createBrowserHost(now: () => number): Host {
  return {
    now,
    inflateRaw: (input, maxOutput) =>
      maxOutput < 1 ? { output: new Uint8Array(0), complete: false } : inflateRawTolerant(input, maxOutput),
    sha256: (input) => sha256(input),
    signatures: { digest, verify: verifySignature },
  };
}
