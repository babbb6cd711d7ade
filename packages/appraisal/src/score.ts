import type { Finding, Score, ScorePart, Verdict } from '@vedette/contracts';
import { isAtLeast } from '@vedette/contracts/vocabulary';
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
  return Math.min(100, total(parts.map((part) => part.weight)));
}

/** From here on the axis `malice` reads as hostile, if behaviour supports it. */
export const MALICIOUS_FROM = 50;
/** A behaviour that weighs at least this much on the axis `malice` is a strong one. Many small oddities do not make malware. */
export const STRONG_BEHAVIOUR_FROM = 15;
/** What the strong behaviours must weigh together: two of them, or one that is decisive by itself. One alone has honest uses too. */
export const STRONG_SUM_FROM = 35;
export const RISKY_FROM_MALICE = 25;
export const RISKY_FROM_DATA_RISK = 30;
/** Of the data risk, how much must come from weaknesses and behaviour: asking for a permission is not yet a risk taken. */
export const RISKY_FROM_WEAKNESS = 20;

/**
 * The verdict, by the thresholds above, first match:
 * 1. `malicious`: malice ≥ 50, of which strong behaviours (≥ 15 each) make up ≥ 35. What a manifest asks for is never enough;
 * 2. `risky`: a finding of severity high or critical; or malice ≥ 25; or data risk ≥ 30, of which other things than declarations make up ≥ 20;
 * 3. `unknown`: something could not be read, or a finding says so; what was not seen cannot be called benign;
 * 4. `benign`: everything was read and little was found. It means "nothing found by these rules", no more.
 *
 * All sums only grow with what fires, so a further bad finding never improves the verdict.
 */
export function verdictOf(
  fired: readonly FiredRule[],
  score: { readonly malice: Score; readonly dataRisk: Score },
  findings: readonly Pick<Finding, 'status' | 'severity'>[],
): Verdict {
  const strong = fired
    .filter(({ rule }) => rule.kind === 'behaviour')
    .map(({ rule, hit }) => weigh(rule.malice, hit))
    .filter((weight) => weight >= STRONG_BEHAVIOUR_FROM);
  if (score.malice.value >= MALICIOUS_FROM && total(strong) >= STRONG_SUM_FROM) return 'malicious';
  if (findings.some(({ status, severity }) => status === 'bad' && isAtLeast(severity, 'high'))) return 'risky';
  if (score.malice.value >= RISKY_FROM_MALICE) return 'risky';
  const taken = fired
    .filter(({ rule }) => rule.kind !== 'declaration')
    .map(({ rule, hit }) => weigh(rule.dataRisk, hit));
  if (score.dataRisk.value >= RISKY_FROM_DATA_RISK && total(taken) >= RISKY_FROM_WEAKNESS) return 'risky';
  if (findings.some((finding) => finding.status === 'unknown')) return 'unknown';
  return 'benign';
}

function total(weights: readonly number[]): number {
  return Math.round(weights.reduce((sum, weight) => sum + weight, 0) * 100) / 100;
}
