import type { Mappings, Severity, ThreatClass } from '@vedette/contracts';
import type { MethodQuery } from '@vedette/program';
import { atCall } from './evidence.ts';
import { hit, type Rule, type RuleKind, type Weight } from './rule.ts';

/** What differs between rules that look for calls of certain methods. */
export interface CallRule {
  /** Last part of the id: `android.code.<name>`. */
  readonly name: string;
  readonly title: string;
  readonly why: string;
  readonly remedy: string;
  readonly calls: readonly MethodQuery[];
  /** What is to be seen at each call. */
  readonly note: string;
  readonly severity: Severity;
  readonly kind: RuleKind;
  readonly malice?: Weight;
  readonly dataRisk?: Weight;
  readonly classes?: readonly ThreatClass[];
  readonly mappings: Mappings;
}

/** A rule that fires when code calls one of the methods. That the call is there does not say that it is ever reached. */
export function callRule(spec: CallRule): Rule {
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
    run: (_image, ctx) => hit(ctx.calls(...spec.calls).map((call) => atCall(call, spec.note))),
  };
}
