import type { Answer } from '../analysis/job.ts';
import { CliError, EXIT } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';
import type { ReportFormat } from './options.ts';

type DocumentFormat = Exclude<ReportFormat, 'text' | 'json'>;

/** GitHub takes no more runs in one SARIF file. */
const MOST_IN_SARIF = 20;

/**
 * Says before any work is done that a format cannot hold the inputs, or must not go to a terminal.
 * @throws CliError that says what to do instead
 */
export function checkReportFormat(
  inputs: number,
  { format, output }: { readonly format: ReportFormat; readonly output?: string },
  terminal: Terminal,
): void {
  if (format === 'html' && output === undefined && terminal.interactive)
    throw new CliError(EXIT.usage, 'HTML is for a browser; add --output report.html');
  if (format === 'sarif' && inputs > MOST_IN_SARIF)
    throw new CliError(EXIT.usage, `a SARIF file holds at most ${MOST_IN_SARIF} apps; give fewer files at a time`);
}

/**
 * What workers answered, as one document. They may have been got to say anything by a hostile file, so it is checked first.
 * @param now ISO 8601, the time of the document
 * @throws CliError when the format is none of the kind's
 */
export async function renderReports(
  kind: 'scan' | 'check',
  format: DocumentFormat,
  answers: readonly Answer[],
  now: string,
): Promise<string> {
  const said = answers.map(({ json }): unknown => JSON.parse(json));
  return kind === 'scan' ? renderAppraisals(format, said, now) : renderChecks(format, said, now);
}

async function renderAppraisals(format: DocumentFormat, said: readonly unknown[], now: string): Promise<string> {
  const { Appraisal } = await import('@vedette/contracts');
  const report = await import('@vedette/report');
  const appraisals = said.map((one) => Appraisal.parse(one));
  switch (format) {
    case 'sarif':
      return report.renderSarif(appraisals);
    case 'stix':
      return report.renderStix(appraisals, { now });
    case 'html':
      return report.renderHtml(appraisals);
    case 'cyclonedx':
      return report.renderCycloneDx(appraisals, { now });
    case 'markdown':
      return report.renderMarkdown(appraisals);
  }
}

async function renderChecks(format: DocumentFormat, said: readonly unknown[], now: string): Promise<string> {
  const { CheckResult } = await import('@vedette/contracts');
  const { answerOf } = await import('@vedette/posture');
  const report = await import('@vedette/report');
  const checks = said.map((one) => {
    const check = CheckResult.parse(one);
    return { check, answer: answerOf(check) };
  });
  switch (format) {
    case 'html':
      return report.renderCheckHtml(checks);
    case 'stix':
      return report.renderCheckStix(checks, { now });
    case 'sarif':
    case 'cyclonedx':
    case 'markdown':
      throw new CliError(EXIT.usage, `a check of a phone is not written as ${format}; use html or stix`);
  }
}
