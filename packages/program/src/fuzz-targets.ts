import type { FuzzTarget } from '@vedette/formats/builders';
import { appImageTarget } from './fuzz-target.ts';

/** Readers of whole apps, for the fuzzers (`npm run fuzz`). */
export const fuzzTargets: readonly FuzzTarget[] = [appImageTarget];
