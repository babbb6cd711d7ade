import type { Rule } from '../../rule.ts';
import { type BehaviourRow, behaviourRule } from './behaviour-rule.ts';
import { CONTROL_ROWS } from './control-rows.ts';
import { FRAUD_ROWS } from './fraud-rows.ts';
import { HIDING_ROWS } from './hiding-rows.ts';
import { SENDING_ROWS } from './sending-rows.ts';
import { TAKEOVER_ROWS } from './takeover-rows.ts';
import { THEFT_ROWS } from './theft-rows.ts';

export const BEHAVIOUR_ROWS: readonly BehaviourRow[] = [
  ...SENDING_ROWS,
  ...TAKEOVER_ROWS,
  ...THEFT_ROWS,
  ...FRAUD_ROWS,
  ...CONTROL_ROWS,
  ...HIDING_ROWS,
];

/** Behaviours that differ by data only. */
export const BEHAVIOUR_RULES: readonly Rule[] = BEHAVIOUR_ROWS.map(behaviourRule);
