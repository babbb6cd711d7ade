import { type Decision, SIGNALS, SignalId } from '@vedette/contracts';

const COMPLIANCE_WORDS = {
  compliant: 'Compliant.',
  'non-compliant': 'Not compliant.',
  unknown: 'Compliance is unknown.',
} as const satisfies Record<Decision['compliance'], string>;

const MISSING_WORDS: Readonly<Record<string, string>> = {
  report: 'a recent report',
  apps: 'a complete list of apps',
};

function nameOf(fact: string): string {
  const signal = SignalId.safeParse(fact);
  return signal.success ? SIGNALS[signal.data].title : (MISSING_WORDS[fact] ?? fact);
}

/**
 * A decision in plain words, one statement per line: the outcome, each rule that fired with its reasons, what could not be evaluated, what evidence is missing.
 */
export function explain(decision: Decision): string[] {
  const lines = [`${COMPLIANCE_WORDS[decision.compliance]} Risk: ${decision.riskLevel}.`];
  for (const rule of decision.fired) {
    const reasons = rule.because.length === 0 ? '' : `, because of ${rule.because.map(nameOf).join(', ')}`;
    lines.push(`${rule.title} (${rule.severity}, since ${rule.since})${reasons}.`);
  }
  for (const error of decision.errors) lines.push(`Rule ${error.ruleId} could not be evaluated: ${error.message}.`);
  const missing = decision.missing ?? [];
  if (missing.length > 0) lines.push(`Missing: ${missing.map(nameOf).join(', ')}.`);
  return lines;
}
