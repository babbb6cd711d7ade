import type { Evidence } from '@vedette/contracts';
import { libraryOf } from './library.ts';
import type { Hit, Weight } from './rule.ts';

/**
 * The weight of a hit on one axis, by the formula stated at `Weight`. Evidence in library code does not count towards the steps,
 * except that a hit all of whose evidence is there weighs `inLibrary`.
 * @returns points, 0 when the rule does not touch the axis; at most two decimals
 */
export function weigh(weight: Weight | undefined, hit: Hit): number {
  if (weight === undefined || hit.evidence.length === 0) return 0;
  const own = hit.evidence.filter((piece) => !isInLibrary(piece)).length;
  const full =
    own === 0
      ? (weight.inLibrary ?? weight.base)
      : Math.min(weight.max ?? Number.POSITIVE_INFINITY, weight.base + (weight.step ?? 0) * (own - 1));
  return Math.round(full * Math.min(1, hit.share ?? 1) * 100) / 100;
}

/** True when evidence points into a class that carries the name of a known library. */
export function isInLibrary(evidence: Evidence): boolean {
  return evidence.kind === 'code' && libraryOf(evidence.class) !== null;
}
