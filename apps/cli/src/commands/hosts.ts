import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { CliError, EXIT } from '../exit-code.ts';
import { listFolder } from '../list-folders/list-folder.ts';
import type { CommandContext } from '../run.ts';
import { deliver } from './deliver.ts';
import { type Format, formatOption, indicatorsOption, outputOption, wholeNumber } from './options.ts';

interface HostsOptions {
  readonly file?: string;
  readonly own: readonly string[];
  readonly allow: readonly string[];
  readonly indicators?: string;
  readonly ages?: string;
  readonly warnAt: number;
  readonly blockAt: number;
  readonly classifier: boolean;
  readonly failOn: 'warn' | 'block';
  readonly format: Format;
  readonly output?: string;
}

const MOST_NAMES = 1_000_000;
const list = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** `vedette hosts`: whether names and addresses are made to deceive. */
export function hostsCommand({ terminal, finish }: CommandContext): Command {
  return new Command('hosts')
    .summary('judge host names and URLs: look-alikes, phishing, known bad ones')
    .description(
      'Judges host names and URLs by what they are written like and by your lists. Nothing is looked up and nobody is asked.',
    )
    .argument('[name...]', 'host names or URLs; - reads them from standard input, one a line')
    .addOption(new Option('--file <file>', 'names, one a line'))
    .addOption(
      new Option('--own <domain>', 'domain of your organisation; several times for several')
        .argParser(list)
        .default([], 'none'),
    )
    .addOption(
      new Option('--allow <domain>', 'domain that you looked at and take; several times for several')
        .argParser(list)
        .default([], 'none'),
    )
    .addOption(indicatorsOption())
    .addOption(new Option('--ages <file>', 'lines of DOMAIN,DAYS: days since a domain was registered'))
    .addOption(
      new Option('--warn-at <score>', 'score from which on somebody is warned').argParser(wholeNumber(100)).default(40),
    )
    .addOption(
      new Option('--block-at <score>', 'score from which on somebody is kept away')
        .argParser(wholeNumber(100))
        .default(80),
    )
    .option('--no-classifier', 'do not ask the trained judge')
    .addOption(
      new Option('--fail-on <verdict>', 'exit with 1 from this verdict on').choices(['warn', 'block']).default('block'),
    )
    .addOption(formatOption())
    .addOption(outputOption())
    .addHelpText(
      'after',
      `
docs/hosts.md says what each reason means and how the score is added.

Examples:
  vedette hosts contoso-login.com --own contoso.com
  vedette hosts --file proxy-log.txt --own contoso.com --format json`,
    )
    .action(async (names: string[], options: HostsOptions) => {
      const inputs = readInputs(names, options.file);
      const { judgeHost } = await import('@vedette/hosts');
      const folder = listFolder('indicators', options.indicators);
      const { loadIndicators } = await import('@vedette/indicators/node');
      const set = folder === null ? null : (await loadIndicators(folder)).set;
      const ages = options.ages === undefined ? null : readAges(options.ages);
      const { own, allow, warnAt, blockAt, classifier } = options;
      const hosts = inputs.map((input) =>
        judgeHost(input, {
          ownDomains: own,
          allowed: allow,
          warnAt,
          blockAt,
          useClassifier: classifier,
          ...(set === null ? {} : { match: (observable) => set.match(observable) }),
          ...(ages === null ? {} : { ageDays: ages }),
        }),
      );
      const { renderHosts } = await import('../hosts/render-hosts.ts');
      await deliver(
        options.format === 'json' ? `${JSON.stringify({ hosts }, null, 2)}\n` : renderHosts(hosts, terminal),
        options,
        terminal,
      );
      const counts = options.failOn === 'warn' ? ['warn', 'block'] : ['block'];
      finish(hosts.some(({ verdict }) => counts.includes(verdict)) ? EXIT.found : EXIT.done);
    });
}

/** @throws CliError where there is nothing to judge */
function readInputs(names: readonly string[], file: string | undefined): string[] {
  const texts = [
    ...names.filter((name) => name !== '-'),
    ...(names.includes('-') ? linesOf(readFileSync(0, 'utf8')) : []),
    ...(file === undefined ? [] : linesOf(readFileSync(file, 'utf8'))),
  ];
  if (texts.length === 0)
    throw new CliError(EXIT.usage, 'name hosts or URLs, - for standard input, or a --file; see vedette hosts --help');
  if (texts.length > MOST_NAMES) throw new CliError(EXIT.failed, `more than ${MOST_NAMES} names; give them in parts`);
  return texts;
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** @throws CliError that names the line */
function readAges(path: string): Map<string, number> {
  const ages = new Map<string, number>();
  readFileSync(path, 'utf8')
    .split('\n')
    .forEach((line, at) => {
      if (line.trim() === '' || line.startsWith('#')) return;
      const match = /^\s*([^,\s]+)\s*,\s*(\d{1,6})\s*$/.exec(line);
      if (match === null) throw new CliError(EXIT.failed, `${path}, line ${at + 1} is not DOMAIN,DAYS`);
      ages.set((match[1] ?? '').toLowerCase(), Number(match[2]));
    });
  return ages;
}
