import type { Evidence } from '@vedette/contracts';
import { type CodeRule, codeRule } from './code-rule.ts';
import { atString } from './evidence.ts';
import { hit, type Rule } from './rule.ts';

/** What differs between rules that look for several strings of a known list. */
export interface StringListRule extends CodeRule {
  readonly strings: readonly string[];
  /** How many different strings of the list must be there: one alone is seldom a sign of anything. */
  readonly atLeast: number;
  readonly note: string;
}

/** A rule that fires when code loads at least `atLeast` different strings of the list; one piece of evidence for each. */
export function stringListRule(spec: StringListRule): Rule {
  return codeRule(spec, (_image, ctx) => {
    const wanted = new Set(spec.strings);
    const found = new Map<string, Evidence>();
    for (const site of ctx.stringLoads((value) => wanted.has(value))) {
      if (!found.has(site.value)) found.set(site.value, atString(site, spec.note));
    }
    return found.size < spec.atLeast ? null : hit([...found.values()]);
  });
}
