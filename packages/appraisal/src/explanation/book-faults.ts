import type { Appraisal } from '@vedette/contracts';
import type { Rule, Weight } from '../rule.ts';

/** What the rules at hand say of themselves. */
export type RuleBook = readonly Pick<Rule, 'id' | 'version' | 'kind' | 'malice' | 'dataRisk'>[];

/**
 * What a report says of a rule and the rule itself, of the same version, does not: another kind, a weight above the most it can weigh, or a finding that weighs
 * nothing though it must.
 */
export function bookFaults(
  { score, findings, suppression }: Appraisal,
  book: RuleBook,
): { readonly faults: string[]; readonly checked: number } {
  const rules = new Map(book.map((rule) => [rule.id, rule]));
  const faults: string[] = [];
  let checked = 0;
  for (const [axis, name] of [
    ['malice', 'malice'],
    ['dataRisk', 'data risk'],
  ] as const) {
    const parts = [...score[axis].parts, ...(suppression?.parts[axis] ?? [])];
    for (const { ruleId, ruleVersion, weight, kind } of parts) {
      const rule = rules.get(ruleId);
      if (rule === undefined || rule.version !== ruleVersion) continue;
      checked += 1;
      const most = mostOf(rule[axis]);
      if (weight > most) faults.push(`${ruleId} adds ${weight} to ${name}, but can add ${most} at most.`);
      if (kind !== undefined && kind !== rule.kind)
        faults.push(`${ruleId} is called a ${kind}, but it is a ${rule.kind}.`);
    }
    const weighing = new Set(parts.map(({ ruleId }) => ruleId));
    for (const { ruleId, ruleVersion, status } of findings) {
      const rule = rules.get(ruleId);
      if (status !== 'bad' || rule?.version !== ruleVersion || weighing.has(ruleId)) continue;
      const weight = rule[axis];
      if (weight !== undefined && Math.min(weight.base, weight.inLibrary ?? weight.base) >= 1)
        faults.push(`${ruleId} was found and must weigh on ${name}, but is no part of it.`);
    }
  }
  return { faults, checked };
}

function mostOf(weight: Weight | undefined): number {
  if (weight === undefined) return 0;
  if (weight.step === undefined || weight.step === 0) return weight.base;
  return weight.max ?? Number.POSITIVE_INFINITY;
}
