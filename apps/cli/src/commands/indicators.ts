import { OBSERVABLE_KINDS, type ObservableKind } from '@vedette/contracts';
import { Command, Option } from 'commander';
import { CliError, EXIT } from '../exit-code.ts';
import { defaultIndicatorFolder } from '../indicators/default-folder.ts';
import { indicatorFolder } from '../indicators/indicator-folder.ts';
import type { CommandContext } from '../run.ts';
import { deliver } from './deliver.ts';
import { type Format, formatOption, indicatorsOption, outputOption } from './options.ts';

interface ListOptions {
  readonly format: Format;
  readonly output?: string;
  readonly indicators?: string;
}
interface TestOptions extends ListOptions {
  readonly kind?: ObservableKind;
}

const ABOUT = `
Vedette ships no lists. Put those that you trust into the folder, as they are published:
  *.stix2, *.stix, *.json   STIX 2.0 and 2.1 bundles
  *.yaml                    families of stalkerware (the AssoEchap list)
  *.csv                     tables with a header
  *.txt                     one value a line; the name says what they are (domains.txt, package_names.txt, sha256.txt, …)
scan and check then hold apps and evidence against them. No lookup leaves this machine.`;

/** `vedette indicators`: the lists of indicators, and what they say of a value. */
export function indicatorsCommand(context: CommandContext): Command {
  return new Command('indicators')
    .summary('lists of known bad things')
    .description('Shows the lists of indicators that scan and check use, and what they say of a value.')
    .addHelpText('after', ABOUT)
    .addCommand(listCommand(context))
    .addCommand(testCommand(context));
}

function listCommand({ terminal, finish }: CommandContext): Command {
  return new Command('list')
    .summary('show the lists: how many, how old, what could not be read')
    .addOption(indicatorsOption())
    .addOption(formatOption())
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  vedette indicators list')
    .action(async (options: ListOptions) => {
      const { set, files, diagnostics, folder } = await load(options.indicators);
      const lists = set.lists.map((list, index) => ({ ...list, ...files[index] }));
      const { renderLists } = await import('../indicators/render-indicators.ts');
      const content =
        options.format === 'json'
          ? `${JSON.stringify({ folder, total: set.total, lists, diagnostics }, null, 2)}\n`
          : renderLists(folder, lists, diagnostics);
      await deliver(content, options, terminal);
      finish(EXIT.done);
    });
}

function testCommand({ terminal, finish }: CommandContext): Command {
  return new Command('test')
    .summary('hold values against the lists')
    .argument('<value...>', 'hosts, URLs, addresses, digests, packages, paths, processes, …')
    .addOption(new Option('--kind <kind>', 'what the values are; guessed unless told').choices(OBSERVABLE_KINDS))
    .addOption(indicatorsOption())
    .addOption(formatOption())
    .addOption(outputOption())
    .addHelpText(
      'after',
      '\nExit code 1 when a list names one of them.\n\nExamples:\n  vedette indicators test evil.example.org\n  vedette indicators test --kind command "pm install /sdcard/x.apk"',
    )
    .action(async (values: string[], options: TestOptions) => {
      const { set } = await load(options.indicators);
      const { guessKinds, refang } = await import('@vedette/indicators');
      const answers = values.map((written) => {
        const value = refang(written);
        const kinds = options.kind === undefined ? guessKinds(value) : [options.kind];
        return { value, kinds, hits: kinds.flatMap((kind) => set.match({ kind, value })) };
      });
      const unclear = answers.filter(({ kinds }) => kinds.length === 0).map(({ value }) => value);
      if (unclear.length > 0)
        throw new CliError(EXIT.usage, `cannot tell what ${unclear.join(', ')} is; say it with --kind`);
      const { renderHits } = await import('../indicators/render-indicators.ts');
      await deliver(
        options.format === 'json' ? `${JSON.stringify(answers, null, 2)}\n` : renderHits(answers, set.total),
        options,
        terminal,
      );
      finish(answers.some(({ hits }) => hits.length > 0) ? EXIT.found : EXIT.done);
    });
}

async function load(told: string | undefined) {
  const folder = indicatorFolder(told);
  if (folder === null)
    throw new CliError(
      EXIT.failed,
      `there are no lists of indicators: make ${defaultIndicatorFolder(process.env)} and put some there, or give a folder with --indicators (vedette help indicators)`,
    );
  const { loadIndicators } = await import('@vedette/indicators/node');
  return loadIndicators(folder);
}
