import type { Rule } from '../../rule.ts';
import { BEHAVIOUR_ROWS } from './behaviour-rows.ts';
import { behaviourRule } from './behaviour-rule.ts';

/** Behaviours that differ by data only. */
export const BEHAVIOUR_RULES: readonly Rule[] = BEHAVIOUR_ROWS.map(behaviourRule);
