/**
 * What the pure packages need from their host. Node and the browser each give one; tests use Node's.
 * All functions are synchronous and total: they report failure in their result and never throw on input.
 */
export interface Host {
  /** Raw DEFLATE (RFC 1951), at most `maxOutput` bytes; `complete` is false when the stream is damaged, truncated or longer. */
  inflateRaw(input: Uint8Array, maxOutput: number): { readonly output: Uint8Array; readonly complete: boolean };
  sha256(input: Uint8Array): Uint8Array;
  /** Monotonic milliseconds, for budgets only. */
  now(): number;
}
