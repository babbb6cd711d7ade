import type { Score, ScorePart } from '@vedette/contracts';
import type { Hit, Rule } from './rule.ts';
import { weigh } from './weigh.ts';

/** A rule that fired, with what it found. */
export interface FiredRule {
  readonly rule: Rule;
  readonly hit: Hit;
}

export type Axis = 'malice' | 'dataRisk';

/**
 * The score of one axis: one part per rule that fired and has a weight there, heaviest first;
 * the value is `min(100, sum of the weights)`. A rule that fires in addition only adds a part, so the value cannot fall.
 */
export function scoreOf(fired: readonly FiredRule[], axis: Axis): Score {
  const parts: ScorePart[] = [];
  for (const { rule, hit } of fired) {
    const weight = weigh(rule[axis], hit);
    if (weight > 0) parts.push({ ruleId: rule.id, ruleVersion: rule.version, weight, kind: rule.kind });
  }
  parts.sort((a, b) => b.weight - a.weight || (a.ruleId < b.ruleId ? -1 : 1));
  return { value: sumOf(parts), parts };
}

/** What anyone can recompute: `min(100, sum)`, rounded to two decimals against binary fractions. */
export function sumOf(parts: readonly ScorePart[]): number {
  return Math.min(100, totalOf(parts));
}

/** The sum of the weights, uncapped, rounded to two decimals. */
export function totalOf(parts: readonly Pick<ScorePart, 'weight'>[]): number {
  return Math.round(parts.reduce((sum, { weight }) => sum + weight, 0) * 100) / 100;
}
