import type { Appraisal, Severity } from '@vedette/contracts';
import { isAtLeast } from '@vedette/contracts/vocabulary';
import { Command, Option } from 'commander';
import { readInput } from '../analysis/read-input.ts';
import { looksLikeReport, parseReport } from '../analysis/read-report.ts';
import { readSuppressions } from '../analysis/read-suppressions.ts';
import { runAnalysis } from '../analysis/run-analysis.ts';
import { CliError, EXIT } from '../exit-code.ts';
import { version } from '../house.ts';
import type { CommandContext } from '../run.ts';
import type { Terminal } from '../terminal.ts';
import { deliver } from './deliver.ts';
import { failOnOption, outputOption, suppressOption, timeoutOption } from './options.ts';

interface DiffOptions {
  readonly format: 'text' | 'json' | 'markdown';
  readonly output?: string;
  readonly failOn: Severity;
  readonly timeout: number;
  readonly suppress?: string;
}

/** `vedette diff`: what changed between two builds of an app. */
export function diffCommand({ terminal, finish }: CommandContext): Command {
  return new Command('diff')
    .summary('say what changed between two builds of an app')
    .description(
      'Compares two builds, each an app file or a report that `vedette scan --format json` wrote: version, signer, permissions, components, hosts, libraries, findings, scores. Ends with 1 when the later build brings a finding at or above --fail-on, or is signed by somebody else.',
    )
    .argument('<before>', 'the earlier build')
    .argument('<after>', 'the later build')
    .addOption(
      new Option('--format <format>', 'text for people, json for programs, markdown for pull requests')
        .choices(['text', 'json', 'markdown'])
        .default('text'),
    )
    .addOption(outputOption())
    .addOption(failOnOption().default('high'))
    .addOption(suppressOption())
    .addOption(timeoutOption())
    .addHelpText(
      'after',
      `
Examples:
  vedette diff app-1.apk app-2.apk
  vedette diff last-release.json build/app.apk --format markdown --output changes.md`,
    )
    .action(async (before: string, after: string, options: DiffOptions) => {
      const suppressions = options.suppress === undefined ? null : await readSuppressions(options.suppress);
      const now = new Date().toISOString();
      const appraisals = [
        await appraisalOf(before, options, now, terminal),
        await appraisalOf(after, options, now, terminal),
      ];
      const { applySuppressions, compareAppraisals, worstNews } = await import('@vedette/appraisal');
      const [old, fresh] = appraisals.map((one) =>
        suppressions === null ? one : applySuppressions(one, suppressions, now),
      );
      if (old === undefined || fresh === undefined) throw new TypeError('two inputs give two appraisals');
      for (const warning of fresh.suppression?.warnings ?? []) terminal.note(`vedette: ${after}: ${warning}`);
      const difference = compareAppraisals(old, fresh);
      const { renderDifferenceMarkdown, renderDifferenceText } = await import('@vedette/report');
      const content =
        options.format === 'json'
          ? `${JSON.stringify(difference, null, 2)}\n`
          : options.format === 'markdown'
            ? renderDifferenceMarkdown(difference)
            : renderDifferenceText(difference);
      await deliver(content, options, terminal);
      const worst = worstNews(difference);
      const bad = (worst !== null && isAtLeast(worst, options.failOn)) || difference.signer.change === 'different';
      finish(bad ? EXIT.found : EXIT.done);
    });
}

/**
 * The appraisal of one side: read from a report, or made of an app in a worker.
 * @throws CliError when it is neither, or a report of several apps
 */
async function appraisalOf(path: string, options: DiffOptions, now: string, terminal: Terminal): Promise<Appraisal> {
  const bytes = readInput(path);
  if (looksLikeReport(bytes)) {
    const [appraisal, ...more] = await parseReport(path, bytes);
    if (appraisal === undefined || more.length > 0)
      throw new CliError(EXIT.failed, `${path} holds ${more.length + 1} reports; give one of a single app`);
    return appraisal;
  }
  const { json } = await runAnalysis(
    { kind: 'scan', path, version: version(), now, timeoutMs: options.timeout * 1000, text: null },
    (stage, fraction) => terminal.progress(`${path}: ${stage} … ${Math.round(fraction * 100)} %`),
    terminal.signal,
  );
  const { Appraisal: Schema } = await import('@vedette/contracts');
  return Schema.parse(JSON.parse(json));
}
