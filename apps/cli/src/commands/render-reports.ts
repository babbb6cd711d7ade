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
 */
export async function renderReports(format: DocumentFormat, answers: readonly Answer[], now: string): Promise<string> {
  const { Appraisal } = await import('@vedette/contracts');
  const report = await import('@vedette/report');
  const appraisals = answers.map(({ json }) => Appraisal.parse(JSON.parse(json)));
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
