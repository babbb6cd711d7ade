import { aabTarget } from './aab/fuzz-target.ts';
import { arscTarget } from './arsc/fuzz-target.ts';
import { axmlTarget } from './axml/fuzz-target.ts';
import type { FuzzTarget } from './builders/fuzz-target.ts';
import { elfTarget } from './elf/fuzz-target.ts';

/** Every reader of bytes in this package, for the fuzzers (`npm run fuzz`). */
export const fuzzTargets: readonly FuzzTarget[] = [aabTarget, arscTarget, axmlTarget, elfTarget];
