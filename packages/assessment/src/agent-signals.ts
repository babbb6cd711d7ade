import { type Finding, type Severity, SIGNALS, type Signal, type SignalId } from '@vedette/contracts';
import type { AssessInput } from './assess-input.ts';

/** A device counts as silent after this many missed reports. */
export const MISSED_REPORTS = 3;
/** A clock that is off by more makes the times in the evidence doubtful. */
const MAX_SKEW_SECONDS = 24 * 3600;

type ContactInput = Pick<AssessInput, 'contact' | 'policy' | 'now'>;

function duration(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} seconds`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} minutes`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} hours`;
  return `${Math.round(seconds / 86_400)} days`;
}

interface Told {
  readonly ruleId: string;
  readonly title: string;
  readonly severity: Severity;
  readonly description: string;
  /** What the server's own records say. Without ages: a finding that changed with every minute would make news of nothing. */
  readonly record: string;
}

function finding(signal: SignalId, { contact }: ContactInput, { record, ...told }: Told): Finding {
  return {
    ...told,
    ruleVersion: 1,
    status: 'bad',
    remedy: SIGNALS[signal].remedy,
    evidence: [
      {
        kind: 'observation',
        signal,
        source: 'agent',
        trust: 'server-verified',
        value: record,
        observedAt: contact.lastReportAt,
        note: 'from the server’s record of this device’s reports',
      },
    ],
  };
}

function base({ contact, now }: ContactInput) {
  const ageMs = contact.lastReportAt === null ? null : Math.max(0, Date.parse(now) - Date.parse(contact.lastReportAt));
  return {
    source: contact.lastReportAt === null ? null : ('agent' as const),
    trust: contact.lastReportAt === null ? null : ('server-verified' as const),
    observedAt: contact.lastReportAt,
    ageSeconds: ageMs === null ? null : Math.floor(ageMs / 1000),
  };
}

/** As the console says it: nobody counts seconds since a report. */
const JUST_NOW_SECONDS = 45;

/** Phones are off at night and in aeroplanes: silence is a threat only after this long. */
const SILENT_THREAT_SECONDS = 24 * 3600;

function silenceSeverity(ageSeconds: number, staleAfterHours: number): Severity {
  if (ageSeconds > staleAfterHours * 3600) return 'medium';
  return ageSeconds > SILENT_THREAT_SECONDS ? 'low' : 'info';
}

/**
 * `agent.contact`: bad when `MISSED_REPORTS` reports are overdue. Its finding is `info` (no threat) for a day, then `low`, and `medium` once all evidence is stale.
 */
export function contactSignal(input: ContactInput): { signal: Signal; findings: Finding[] } {
  const common = { ...base(input), id: 'agent.contact' as const };
  const { ageSeconds } = common;
  if (ageSeconds === null) {
    return {
      signal: { ...common, status: 'unknown', value: 'never', reason: 'No report was ever received.' },
      findings: [],
    };
  }
  const value = ageSeconds < JUST_NOW_SECONDS ? 'just now' : `${duration(ageSeconds)} ago`;
  const dueSeconds = input.contact.reportIntervalSeconds;
  if (ageSeconds <= MISSED_REPORTS * dueSeconds) return { signal: { ...common, status: 'ok', value }, findings: [] };
  const reason = `A report is due every ${duration(dueSeconds)}; the last one came ${value}.`;
  const severity = silenceSeverity(ageSeconds, input.policy.staleAfterHours);
  return {
    signal: { ...common, status: 'bad', value, reason },
    findings: [
      finding('agent.contact', input, {
        ruleId: 'agent.silent',
        title: 'Device is silent',
        severity,
        description: 'What is shown of this device may no longer be so. It may be off, lost, or kept from reporting.',
        record: `last report at ${input.contact.lastReportAt ?? 'no time'}, one due every ${duration(dueSeconds)}`,
      }),
    ],
  };
}

/** `agent.reports`: bad when reports are missing, were refused though the device had signed them, or the device's clock is ahead by more than a day. */
export function reportsSignal(input: ContactInput): { signal: Signal; findings: Finding[] } {
  const common = { ...base(input), id: 'agent.reports' as const };
  const { gaps, refusals, clockSkewSeconds } = input.contact;
  if (common.ageSeconds === null) {
    return {
      signal: { ...common, status: 'unknown', value: '', reason: 'No report was ever received.' },
      findings: [],
    };
  }
  const findings: Finding[] = [];
  const values: string[] = [];
  if (gaps > 0) {
    values.push(`${gaps} missing`);
    findings.push(
      finding('agent.reports', input, {
        ruleId: 'agent.sequence-gap',
        title: 'Reports are missing',
        severity: 'low',
        description: 'Sequence numbers were skipped in the last seven days: reports were lost, or kept from arriving.',
        record: `${gaps} skipped`,
      }),
    );
  }
  if (refusals > 0) {
    values.push(`${refusals} refused`);
    findings.push(
      finding('agent.reports', input, {
        ruleId: 'agent.refused-reports',
        title: 'Signed reports were refused',
        severity: 'medium',
        description:
          'In the last seven days, reports with the device’s own signature were repeated or contradicted each other: the agent was copied, set back, or is faulty.',
        record: `${refusals} refused`,
      }),
    );
  }
  // A report that waited for a connection carries an old time; only a time in the future is the clock's fault.
  if (clockSkewSeconds !== null && clockSkewSeconds > MAX_SKEW_SECONDS) {
    values.push(`clock ahead by ${duration(clockSkewSeconds)}`);
    findings.push(
      finding('agent.reports', input, {
        ruleId: 'agent.clock-skew',
        title: 'The device’s clock is wrong',
        severity: 'low',
        description: 'Times in the evidence cannot be relied on.',
        record: `ahead by ${duration(clockSkewSeconds)}`,
      }),
    );
  }
  const value = values.length === 0 ? 'in order' : values.join(', ');
  if (findings.length === 0) return { signal: { ...common, status: 'ok', value }, findings };
  return { signal: { ...common, status: 'bad', value, reason: `In the last seven days: ${value}.` }, findings };
}
