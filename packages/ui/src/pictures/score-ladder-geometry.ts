import type { ScorePart } from '@vedette/contracts';

/** One step of the ladder: from where the sum stood to where this part takes it, both capped at 100. */
export interface LadderStep {
  readonly ruleId: string;
  readonly weight: number;
  readonly from: number;
  readonly to: number;
  /** True when this step is the one that takes the sum to the threshold or over it. */
  readonly crosses: boolean;
  /** True when some of its weight is lost to the cap. */
  readonly capped: boolean;
}

/**
 * Lays a score out as steps, longest first, ties in the order of the rule ids.
 * The steps end at min(100, sum of weights): the same value anyone can recompute.
 * @param threshold the policy's line, 0 to 100
 */
export function ladderSteps(parts: readonly ScorePart[], threshold: number): readonly LadderStep[] {
  const ordered = [...parts].sort((a, b) => b.weight - a.weight || (a.ruleId < b.ruleId ? -1 : 1));
  let sum = 0;
  return ordered.map((part) => {
    const from = Math.min(100, sum);
    // Weights may be tenths; binary fractions must not show as 57.49999.
    sum = Math.round((sum + part.weight) * 100) / 100;
    const to = Math.min(100, sum);
    return {
      ruleId: part.ruleId,
      weight: part.weight,
      from,
      to,
      crosses: from < threshold && to >= threshold,
      capped: sum > 100,
    };
  });
}
