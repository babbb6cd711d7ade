import { isAtLeast } from '@vedette/contracts/vocabulary';
import type { Answer, Progress } from '../analysis/job.ts';
import { runAnalysis } from '../analysis/run-analysis.ts';
import { CliError, EXIT, type ExitCode } from '../exit-code.ts';
import { version } from '../house.ts';
import type { Terminal } from '../terminal.ts';
import { deliver } from './deliver.ts';
import type { AnalysisOptions } from './options.ts';

/**
 * Analyses inputs one after another and prints the results. An input that cannot be read costs a line on stderr and the exit code
 * 3; the others are still done.
 */
export async function runInputs(
  kind: 'scan' | 'check',
  paths: readonly string[],
  options: AnalysisOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const done: Answer[] = [];
  let failures = 0;
  for (const path of paths) {
    const job = {
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
      done.push(await runAnalysis(job, onProgress, terminal.signal));
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
        ? `${JSON.stringify(
            done.map(({ json }): unknown => JSON.parse(json)),
            null,
            2,
          )}\n`
        : `${only.json}\n`;
  if (done.length > 0) await deliver(content, options, terminal);
  if (failures > 0) return EXIT.failed;
  const { failOn } = options;
  const bad = done.some(({ worst }) => worst !== null && failOn !== undefined && isAtLeast(worst, failOn));
  return bad ? EXIT.found : EXIT.done;
}
