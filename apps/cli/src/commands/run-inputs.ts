import { isAtLeast } from '@vedette/contracts/vocabulary';
import type { Answer, Progress } from '../analysis/job.ts';
import { readSuppressions } from '../analysis/read-suppressions.ts';
import { runAnalysis } from '../analysis/run-analysis.ts';
import { CliError, EXIT, type ExitCode } from '../exit-code.ts';
import { version } from '../house.ts';
import { listFolder } from '../list-folders/list-folder.ts';
import type { Terminal } from '../terminal.ts';
import { backupPassword } from './backup-password.ts';
import { deliver } from './deliver.ts';
import type { AnalysisOptions } from './options.ts';
import { checkReportFormat, renderReports } from './render-reports.ts';

/** What is analysed: a path, or evidence in memory that goes by a name. */
export type Input = string | { readonly path: string; readonly files: ReadonlyMap<string, Uint8Array> };

/**
 * Analyses inputs one after another and prints the results. An input that cannot be read costs a line on stderr and the exit code
 * 3; the others are still done.
 * @throws CliError when the format cannot hold the inputs or go where it is to go, or the list of suppressions is none
 */
export async function runInputs(
  kind: 'scan' | 'check',
  inputs: readonly Input[],
  options: AnalysisOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  checkReportFormat(inputs.length, options, terminal);
  const suppressions = options.suppress === undefined ? undefined : await readSuppressions(options.suppress);
  const indicators = listFolder('indicators', options.indicators);
  const password = kind === 'check' ? await backupPassword(options.askPassword === true, terminal) : undefined;
  const vulnerabilities = kind === 'check' ? listFolder('vulnerabilities', options.vulnerabilities) : null;
  const now = new Date().toISOString();
  const done: Answer[] = [];
  let failures = 0;
  for (const input of inputs) {
    const { path, files } = typeof input === 'string' ? { path: input, files: undefined } : input;
    const job = {
      kind,
      path,
      version: version(),
      now,
      timeoutMs: options.timeout * 1000,
      text:
        options.format === 'text'
          ? { colour: terminal.color.isColorSupported && options.output === undefined, width: terminal.width }
          : null,
      ...(files === undefined ? {} : { files }),
      ...(suppressions === undefined ? {} : { suppressions }),
      ...(indicators === null ? {} : { indicators }),
      ...(vulnerabilities === null ? {} : { vulnerabilities }),
      ...(password === undefined ? {} : { password }),
    };
    const onProgress: Progress = (stage, fraction) =>
      terminal.progress(`${path}: ${stage} … ${Math.round(fraction * 100)} %`);
    try {
      const answer = await runAnalysis(job, onProgress, terminal.signal);
      for (const note of answer.notes) terminal.note(`vedette: ${path}: ${note}`);
      done.push(answer);
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      failures += 1;
      terminal.note(`vedette: ${error.message}`);
    }
    if (terminal.signal.aborted) break;
  }
  const content = await contentOf(kind, done, inputs.length, options.format, now);
  if (done.length > 0) await deliver(content, options, terminal);
  if (failures > 0) return EXIT.failed;
  const { failOn } = options;
  const bad = done.some(({ worst }) => worst !== null && failOn !== undefined && isAtLeast(worst, failOn));
  return bad ? EXIT.found : EXIT.done;
}

/** With one input the result stands alone; as JSON several are a list, also when only one of them could be read. */
async function contentOf(
  kind: 'scan' | 'check',
  done: readonly Answer[],
  asked: number,
  format: AnalysisOptions['format'],
  now: string,
): Promise<string> {
  if (format === 'text') return done.map(({ text }) => text).join('\n');
  const [only] = done;
  if (format !== 'json') return done.length === 0 ? '' : renderReports(kind, format, done, now);
  if (asked === 1 && only !== undefined) return `${only.json}\n`;
  const all = done.map(({ json }): unknown => JSON.parse(json));
  return `${JSON.stringify(all, null, 2)}\n`;
}
