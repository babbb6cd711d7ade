import type { Finding, Score, ScorePart, Verdict } from '@vedette/contracts';
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
    if (weight > 0) parts.push({ ruleId: rule.id, ruleVersion: rule.version, weight });
  }
  parts.sort((a, b) => b.weight - a.weight || (a.ruleId < b.ruleId ? -1 : 1));
  return { value: sumOf(parts), parts };
}

/** What anyone can recompute: `min(100, sum)`, rounded to two decimals against binary fractions. */
export function sumOf(parts: readonly ScorePart[]): number {
  const sum = parts.reduce((total, part) => total + part.weight, 0);
  return Math.min(100, Math.round(sum * 100) / 100);
}

/** From here on the axis `malice` reads as hostile, if behaviour supports it. */
export const MALICIOUS_FROM = 50;
/** One single behaviour must weigh at least this much on the axis `malice`: many small oddities do not make malware. */
export const STRONG_BEHAVIOUR_FROM = 15;
export const RISKY_FROM_MALICE = 20;
export const RISKY_FROM_DATA_RISK = 30;

/**
 * The verdict, by the thresholds above, first match:
 * 1. `malicious`: malice ≥ 50, and at least one rule of kind `behaviour` that weighs ≥ 15 there. What a manifest asks for is never enough;
 * 2. `risky`: malice ≥ 20 or data risk ≥ 30;
 * 3. `unknown`: something could not be read, or a finding says so; what was not seen cannot be called benign;
 * 4. `benign`: everything was read and little was found. It means "nothing found by these rules", no more.
 */
export function verdictOf(
  fired: readonly FiredRule[],
  score: { readonly malice: Score; readonly dataRisk: Score },
  findings: readonly Pick<Finding, 'status'>[],
): Verdict {
  const strong = fired.some(
    ({ rule, hit }) => rule.kind === 'behaviour' && weigh(rule.malice, hit) >= STRONG_BEHAVIOUR_FROM,
  );
  if (score.malice.value >= MALICIOUS_FROM && strong) return 'malicious';
  if (score.malice.value >= RISKY_FROM_MALICE || score.dataRisk.value >= RISKY_FROM_DATA_RISK) return 'risky';
  if (findings.some((finding) => finding.status === 'unknown')) return 'unknown';
  return 'benign';
}
