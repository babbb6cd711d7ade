import type { Finding } from '@vedette/contracts';
import { SEVERITIES } from '@vedette/contracts/vocabulary';
import type { AnalysisJob, Answer } from './job.ts';

/** One analysed input: as data, as text for people (empty when the job wants data), and what was found. */
export interface Analysed {
  readonly data: unknown;
  readonly text: string;
  readonly findings?: readonly Pick<Finding, 'status' | 'severity' | 'suppressed'>[];
  /** The exact bytes that were asked for. */
  readonly raw?: Uint8Array;
  readonly notes?: readonly string[];
}

/** Makes it ready to print. Only what was found and is not suppressed counts as bad: a finding `unknown` says that something could not be looked at. */
export function answerOf({ data, text, findings = [], raw, notes = [] }: Analysed, job: AnalysisJob): Answer {
  const counting = findings.filter(({ status, suppressed }) => status === 'bad' && suppressed === undefined);
  const bad = new Set(counting.map(({ severity }) => severity));
  return {
    json: job.text === null && raw === undefined ? JSON.stringify(data, null, 2) : '',
    text,
    worst: SEVERITIES.find((severity) => bad.has(severity)) ?? null,
    // A copy: posting a view would copy the whole file that it looks at.
    raw: raw === undefined ? null : raw.slice(),
    notes,
  };
}
