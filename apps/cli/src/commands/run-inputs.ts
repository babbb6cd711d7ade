import { writeFileAtomically } from '@vedette/agent/node';
import { type Finding, isAtLeast, type Severity } from '@vedette/contracts';
import type { AnalysisJob, Progress } from '../analysis/job.ts';
import { CliError, EXIT, type ExitCode } from '../exit-code.ts';
import { version } from '../house.ts';
import type { Terminal } from '../terminal.ts';
import type { AnalysisOptions } from './options.ts';

/** One analysed input: as data, as text, and what was found. */
export interface Analysed {
  readonly data: unknown;
  readonly text: string;
  readonly findings: readonly Finding[];
}

export type Analyse = (job: AnalysisJob, onProgress: Progress, signal: AbortSignal) => Promise<Analysed>;

/**
 * Analyses inputs one after another and prints the results. An input that cannot be read costs a line on stderr and the exit code
 * 3; the others are still done.
 */
export async function runInputs(
  kind: AnalysisJob['kind'],
  paths: readonly string[],
  options: AnalysisOptions,
  terminal: Terminal,
  analyse: Analyse,
): Promise<ExitCode> {
  const done: Analysed[] = [];
  let failures = 0;
  for (const path of paths) {
    const job: AnalysisJob = {
      kind,
      path,
      version: version(),
      now: new Date().toISOString(),
      timeoutMs: options.timeout * 1000,
      text:
        options.format === 'text'
          ? { colour: terminal.color.isColorSupported && options.output === undefined, width: terminal.width }
          : null,
    };
    const onProgress: Progress = (stage, fraction) =>
      terminal.progress(`${path}: ${stage} … ${Math.round(fraction * 100)} %`);
    try {
      done.push(await analyse(job, onProgress, terminal.signal));
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      failures += 1;
      terminal.note(`vedette: ${error.message}`);
    }
    if (terminal.signal.aborted) break;
  }
  // With one input the result stands alone; with several it is a list, also when only one of them could be read.
  const [only] = done;
  const content =
    options.format === 'text'
      ? done.map(({ text }) => text).join('\n')
      : paths.length > 1 || only === undefined
        ? json(done.map(({ data }) => data))
        : json(only.data);
  if (done.length > 0) await deliver(content, options, terminal);
  if (failures > 0) return EXIT.failed;
  return done.some(({ findings }) => worstIsAtLeast(findings, options.failOn)) ? EXIT.found : EXIT.done;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

async function deliver(content: string, options: AnalysisOptions, terminal: Terminal): Promise<void> {
  if (options.output === undefined) {
    terminal.out(content);
    return;
  }
  try {
    await writeFileAtomically(options.output, content, false);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new CliError(EXIT.failed, `${options.output} cannot be written (${reason})`, { cause: error });
  }
  terminal.remark(`Written to ${options.output}`);
}

/** Only what was found counts: a finding `unknown` says that something could not be looked at. */
function worstIsAtLeast(findings: readonly Finding[], threshold: Severity | undefined): boolean {
  return (
    threshold !== undefined &&
    findings.some(({ status, severity }) => status === 'bad' && isAtLeast(severity, threshold))
  );
}
