import type { Evidence, Finding, Severity } from '@vedette/contracts';
import { SEVERITIES } from '@vedette/contracts/vocabulary';
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
  return { ...statedBy(rule, evidence), severity: severityOf(rule, hit) };
}

/** What a rule says by itself, with at most ten pieces of evidence. */
export function statedBy(rule: Omit<Rule, 'run'>, evidence: readonly Evidence[]): Finding {
  const omitted = evidence.length - MAX_EVIDENCE;
  return {
    ruleId: rule.id,
    ruleVersion: rule.version,
    title: rule.title,
    severity: rule.severity,
    status: 'bad',
    description: rule.why,
    remedy: rule.remedy,
    evidence: evidence.slice(0, MAX_EVIDENCE),
    ...(omitted > 0 ? { evidenceOmitted: omitted } : {}),
    mappings: rule.mappings,
  };
}

/**
 * The severity of the hit, else of the rule; one step milder when all evidence is in code that carries the name of a library and the
 * rule weighs less there: it is still somebody's to fix, but says little about this app.
 */
function severityOf(rule: Rule, hit: Hit): Severity {
  const usual = hit.severity ?? rule.severity;
  const weighsLess = rule.malice?.inLibrary !== undefined || rule.dataRisk?.inLibrary !== undefined;
  if (!weighsLess || !hit.evidence.every(isInLibrary)) return usual;
  return SEVERITIES[Math.min(SEVERITIES.indexOf(usual) + 1, SEVERITIES.length - 1)] ?? usual;
}
