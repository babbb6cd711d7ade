import type { Evidence, Mappings, Severity, ThreatClass } from '@vedette/contracts';
import { atString } from './evidence.ts';
import { hit, type Rule, type RuleKind, type Weight } from './rule.ts';

/** What differs between rules that look for several strings of a known list. */
export interface StringListRule {
  /** Last part of the id: `android.code.<name>`. */
  readonly name: string;
  readonly title: string;
  readonly why: string;
  readonly remedy: string;
  readonly strings: readonly string[];
  /** How many different strings of the list must be there: one alone is seldom a sign of anything. */
  readonly atLeast: number;
  readonly note: string;
  readonly severity: Severity;
  readonly kind: RuleKind;
  readonly malice?: Weight;
  readonly dataRisk?: Weight;
  readonly classes?: readonly ThreatClass[];
  readonly mappings: Mappings;
}

/** A rule that fires when code loads at least `atLeast` different strings of the list; one piece of evidence for each. */
export function stringListRule(spec: StringListRule): Rule {
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
    run(_image, ctx) {
      const wanted = new Set(spec.strings);
      const found = new Map<string, Evidence>();
      for (const site of ctx.stringLoads((value) => wanted.has(value))) {
        if (!found.has(site.value)) found.set(site.value, atString(site, spec.note));
      }
      return found.size < spec.atLeast ? null : hit([...found.values()]);
    },
  };
}
