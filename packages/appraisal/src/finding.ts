import type { Evidence, Finding } from '@vedette/contracts';
import type { Hit, Rule } from './rule.ts';
import { isInLibrary } from './weigh.ts';

/** A report with hundreds of places is read by nobody; the scores are computed from all of them. */
export const MAX_EVIDENCE = 10;

/** The finding of a rule that fired: evidence in the app's own code first, at most ten pieces. */
export function toFinding(rule: Rule, hit: Hit): Finding {
  const evidence: Evidence[] = [
    ...hit.evidence.filter((piece) => !isInLibrary(piece)),
    ...hit.evidence.filter((piece) => isInLibrary(piece)),
  ];
  const omitted = evidence.length - MAX_EVIDENCE;
  return {
    ruleId: rule.id,
    ruleVersion: rule.version,
    title: rule.title,
    severity: hit.severity ?? rule.severity,
    status: 'bad',
    description: rule.why,
    remedy: rule.remedy,
    evidence: evidence.slice(0, MAX_EVIDENCE),
    ...(omitted > 0 ? { evidenceOmitted: omitted } : {}),
    mappings: rule.mappings,
  };
}
