import type { Finding } from '@vedette/contracts';
import { HIDING_RULES } from './rules/packer/packer-rules.ts';
import type { FiredRule } from './score.ts';

const MAX_EVIDENCE = 5;

/** A finding `unknown` where code is hidden until run time: what rules did not find there may be there all the same. */
export function packedCoverage(fired: readonly FiredRule[]): readonly Finding[] {
  const hiding = fired.filter(({ rule }) => HIDING_RULES.has(rule.id));
  if (hiding.length === 0) return [];
  return [
    {
      ruleId: 'android.coverage.packed',
      ruleVersion: 1,
      title: 'Code that is hidden until run time was not seen',
      severity: 'medium',
      status: 'unknown',
      description: `${hiding.map(({ rule }) => rule.id).join(', ')}: the rules ran on what lies open. What was not seen cannot be called harmless.`,
      remedy: 'Ask the maker for the app before packing, or watch it run.',
      evidence: hiding.flatMap(({ hit }) => hit.evidence).slice(0, MAX_EVIDENCE),
    },
  ];
}
