import { OBSERVABLE_KINDS, type ObservableKind } from '@vedette/contracts';
import { Command, Option } from 'commander';
import { CliError, EXIT } from '../exit-code.ts';
import { defaultFolder } from '../list-folders/default-folder.ts';
import { listFolder } from '../list-folders/list-folder.ts';
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
Or name their addresses in feeds.yaml there, and fetch them with: vedette indicators update
scan and check then hold apps and evidence against them. No lookup leaves this machine.`;

/** `vedette indicators`: the lists of indicators, and what they say of a value. */
export function indicatorsCommand(context: CommandContext): Command {
  return new Command('indicators')
    .summary('lists of known bad things')
    .description('Shows the lists of indicators that scan and check use, and what they say of a value.')
    .addHelpText('after', ABOUT)
    .addCommand(listCommand(context))
    .addCommand(testCommand(context))
    .addCommand(updateCommand(context));
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
      const { readFeedStates } = await import('@vedette/indicators/node');
      const feeds = Object.entries(readFeedStates(folder)).map(([name, { fetchedAt, askedAt, total, error }]) => ({
        name,
        fetchedAt,
        askedAt,
        total,
        error,
      }));
      const { renderLists } = await import('../indicators/render-indicators.ts');
      const content =
        options.format === 'json'
          ? `${JSON.stringify({ folder, total: set.total, lists, feeds, diagnostics }, null, 2)}\n`
          : renderLists(folder, lists, diagnostics, feeds);
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

const FEEDS_EXAMPLE = `feeds:
  - name: stalkerware
    url: https://raw.githubusercontent.com/AssoEchap/stalkerware-indicators/master/ioc.yaml
  - name: mvt
    index: https://raw.githubusercontent.com/mvt-project/mvt-indicators/main/indicators.yaml
  - name: ours
    taxii: https://taxii.example.org/api/collections/91a7b528-80eb-42ed-a74d-c6fbd5a26116/
    access: { tokenEnv: TAXII_TOKEN }`;

interface UpdateListOptions extends ListOptions {
  readonly due?: boolean;
}

function updateCommand({ terminal, finish }: CommandContext): Command {
  return new Command('update')
    .summary('fetch the lists that feeds.yaml names')
    .description(
      'Fetches each feed of feeds.yaml in the folder of lists: a list as it is published, a TAXII 2.1 collection, or an index of lists. What fails, holds no indicator or has a wrong signature leaves the list of before.',
    )
    .argument('[feed...]', 'names of feeds; all unless told')
    .addOption(new Option('--due', 'only feeds whose time has come (everyHours, 24 unless told)'))
    .addOption(indicatorsOption())
    .addOption(formatOption())
    .addOption(outputOption())
    .addHelpText('after', `\nExit code 3 when a feed failed.\n\nfeeds.yaml:\n${FEEDS_EXAMPLE}`)
    .action(async (names: string[], options: UpdateListOptions) => {
      const folder = options.indicators ?? defaultFolder('indicators', process.env);
      const { feedsOf, updateFeeds } = await import('@vedette/indicators/node');
      const feeds = whatFeeds(folder, feedsOf);
      const unknown = names.filter((name) => !feeds.some((feed) => feed.name === name));
      if (unknown.length > 0)
        throw new CliError(
          EXIT.usage,
          `feeds.yaml names no ${unknown.join(', ')}; it names ${feeds.map(({ name }) => name).join(', ')}`,
        );
      const results = await updateFeeds(folder, feeds, {
        now: new Date().toISOString(),
        env: process.env,
        onlyDue: options.due === true,
        signal: terminal.signal,
        onProgress: (feed) => terminal.progress(`fetching ${feed} …`),
        ...(names.length === 0 ? {} : { names }),
      });
      const { renderUpdate } = await import('../indicators/render-indicators.ts');
      await deliver(
        options.format === 'json' ? `${JSON.stringify({ folder, feeds: results }, null, 2)}\n` : renderUpdate(results),
        options,
        terminal,
      );
      finish(results.some(({ outcome }) => outcome === 'failed') ? EXIT.failed : EXIT.done);
    });
}

function whatFeeds<T>(folder: string, feedsOf: (folder: string) => readonly T[] | null): readonly T[] {
  let feeds: readonly T[] | null;
  try {
    feeds = feedsOf(folder);
  } catch (error) {
    throw new CliError(EXIT.failed, `${folder}/feeds.yaml: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (feeds === null)
    throw new CliError(EXIT.failed, `there is no feeds.yaml in ${folder}; write one, for example:\n${FEEDS_EXAMPLE}`);
  return feeds;
}

async function load(told: string | undefined) {
  const folder = listFolder('indicators', told);
  if (folder === null)
    throw new CliError(
      EXIT.failed,
      `there are no lists of indicators: make ${defaultFolder('indicators', process.env)} and put some there, or give a folder with --indicators (vedette help indicators)`,
    );
  const { loadIndicators } = await import('@vedette/indicators/node');
  return loadIndicators(folder);
}
