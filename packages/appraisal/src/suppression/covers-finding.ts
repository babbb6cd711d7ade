import type { Finding, Suppression } from '@vedette/contracts';
import { evidenceNames } from './evidence-names.ts';
import { matchesGlob } from './glob.ts';

/** How much of a finding a list of suppressions for its rule covers. */
export interface Cover {
  /** The suppressions that cover anything. */
  readonly by: readonly Suppression[];
  readonly covered: number;
  /** All places, those that the report leaves out too. */
  readonly places: number;
  readonly whole: boolean;
}

/**
 * Whether suppressions cover a finding. One without `where` covers it whole. Those with `where` cover the places whose name fits, and the finding whole when every place
 * is covered and none was left out of the report: a weight cannot be divided by what a report no longer shows, so a finding counts whole or not at all.
 */
export function coverOf(finding: Finding, suppressions: readonly Suppression[]): Cover {
  const places = finding.evidence.length + (finding.evidenceOmitted ?? 0);
  const general = suppressions.filter(({ where }) => where === undefined);
  if (general.length > 0) return { by: general, covered: places, places, whole: true };
  const used = new Set<Suppression>();
  let covered = 0;
  for (const evidence of finding.evidence) {
    const names = evidenceNames(evidence);
    const fitting = suppressions.filter(
      ({ where }) => where !== undefined && names.some((name) => matchesGlob(where, name)),
    );
    for (const suppression of fitting) used.add(suppression);
    if (fitting.length > 0) covered += 1;
  }
  return { by: [...used], covered, places, whole: places > 0 && covered === places };
}
