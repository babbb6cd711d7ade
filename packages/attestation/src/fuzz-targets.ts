import type { FuzzTarget } from '@vedette/formats/builders';

/** Readers of statements, for the fuzzers (`npm run fuzz`). */
export const fuzzTargets: readonly FuzzTarget[] = [];
