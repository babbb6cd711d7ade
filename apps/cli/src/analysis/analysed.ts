import type { Finding } from '@vedette/contracts';
import { SEVERITIES } from '@vedette/contracts/vocabulary';
import type { AnalysisJob, Answer } from './job.ts';

/** One analysed input: as data, as text for people (empty when the job wants data), and what was found. */
export interface Analysed {
  readonly data: unknown;
  readonly text: string;
  readonly findings?: readonly Pick<Finding, 'status' | 'severity'>[];
  /** The exact bytes that were asked for. */
  readonly raw?: Uint8Array;
}

/** Makes it ready to print. Only what was found counts as bad: a finding `unknown` says that something could not be looked at. */
export function answerOf({ data, text, findings = [], raw }: Analysed, job: AnalysisJob): Answer {
  const bad = new Set(findings.filter(({ status }) => status === 'bad').map(({ severity }) => severity));
  return {
    json: job.text === null && raw === undefined ? JSON.stringify(data, null, 2) : '',
    text,
    worst: SEVERITIES.find((severity) => bad.has(severity)) ?? null,
    // A copy: posting a view would copy the whole file that it looks at.
    raw: raw === undefined ? null : raw.slice(),
  };
}
