import type { Host } from '@vedette/bytes';

/** One reader of bytes as the fuzzers drive it. The harness is `fuzz/run.mjs`; unit tests may use targets with few iterations. */
export interface FuzzTarget {
  /** Name of the reader, e.g. `zip`, `dex`. */
  readonly reader: string;
  /** Well-formed files from the builders, small (below 64 KiB each); the byte-level fuzzer mutates them. */
  seeds(): readonly Uint8Array[];
  /** A file made by the builder with hostile choices in its structure: counts, offsets, sizes, order. `random` gives numbers from 0 to 1. */
  generate(random: () => number): Uint8Array;
  /** Reads everything that the reader offers: lazy parts too. Whatever it throws is a defect. */
  read(bytes: Uint8Array, host: Host): void;
}
