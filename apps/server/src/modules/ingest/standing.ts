import type { Decision, ReportAck } from '@vedette/contracts';

/** The decision in force, for the person who carries the device: why, and what lifts it. Null before the first assessment. */
export function standingOf(decision: Decision | null): ReportAck['standing'] {
  if (decision === null) return null;
  return {
    riskLevel: decision.riskLevel,
    compliance: decision.compliance,
    reasons: decision.fired.map((rule) => ({ title: rule.title, remedy: rule.userText === '' ? null : rule.userText })),
  };
}
