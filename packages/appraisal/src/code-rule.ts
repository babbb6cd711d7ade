import type { Mappings, Severity, ThreatClass } from '@vedette/contracts';
import type { Rule, RuleKind, Weight } from './rule.ts';

/** What every rule about code says of itself. */
export interface CodeRule {
  /** Last part of the id: `android.code.<name>`. */
  readonly name: string;
  readonly title: string;
  readonly why: string;
  readonly remedy: string;
  readonly severity: Severity;
  readonly kind: RuleKind;
  readonly malice?: Weight;
  readonly dataRisk?: Weight;
  readonly classes?: readonly ThreatClass[];
  readonly mappings: Mappings;
}

/** The first version of a rule that needs the code; `run` is what it looks for. */
export function codeRule(spec: CodeRule, run: Rule['run']): Rule {
  return {
    id: `android.code.${spec.name}`,
    version: 1,
    title: spec.title,
    why: spec.why,
    remedy: spec.remedy,
    severity: spec.severity,
    kind: spec.kind,
    needs: ['code'],
    ...(spec.malice === undefined ? {} : { malice: spec.malice }),
    ...(spec.dataRisk === undefined ? {} : { dataRisk: spec.dataRisk }),
    classes: spec.classes ?? [],
    mappings: spec.mappings,
    run,
  };
}
