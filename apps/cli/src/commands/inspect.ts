import { Command, Option } from 'commander';
import { runAnalysis } from '../analysis/run-analysis.ts';
import { EXIT } from '../exit-code.ts';
import { version } from '../house.ts';
import { VIEW_NAMES, type ViewName } from '../inspect/view-names.ts';
import type { CommandContext } from '../run.ts';
import { printable } from '../terminal.ts';
import { deliver } from './deliver.ts';
import { type Format, formatOption, outputOption, timeoutOption, viewArgument, wholeNumber } from './options.ts';

interface InspectOptions {
  readonly format: Format;
  readonly output?: string;
  readonly timeout: number;
  readonly minSdk?: number;
  readonly maxSdk?: number;
  readonly idsig?: string;
  readonly limit?: number;
  readonly raw?: boolean;
}

/** `vedette inspect`: lets a person look into an app, piece by piece. */
export function inspectCommand({ terminal, finish }: CommandContext): Command {
  return new Command('inspect')
    .summary('look into an app, piece by piece')
    .description(
      'Shows what an app is made of, as the phone reads it: for APK, split sets (APKS, XAPK, APKM), AAB, IPA, and bare DEX, ELF and Mach-O files. Without a view, an overview. Nothing leaves this machine, and nothing in the app is run.',
    )
    .usage('[options] <file> [view] [what]')
    .argument('<file>', 'the file')
    .argument('[view]', `what to look at: ${VIEW_NAMES.join(', ')}`, viewArgument, 'overview')
    .argument('[what]', 'a name or a pattern, for views that take one')
    .addOption(formatOption())
    .addOption(outputOption())
    .addOption(new Option('--raw', 'entries PATH, manifest: the exact bytes, for a file or a pipe').conflicts('format'))
    .addOption(new Option('--limit <n>', 'show at most so many').argParser(wholeNumber(10_000_000)))
    .addOption(
      new Option('--min-sdk <api>', 'signature: lowest Android API level to judge for').argParser(wholeNumber(10_000)),
    )
    .addOption(
      new Option('--max-sdk <api>', 'signature: highest Android API level to judge for').argParser(wholeNumber(10_000)),
    )
    .addOption(new Option('--idsig <file>', 'signature: the v4 signature that comes beside the APK'))
    .addOption(timeoutOption())
    .addHelpText('after', HELP)
    .action(async (path: string, view: ViewName, what: string | undefined, options: InspectOptions) => {
      const { json, text, raw } = await runAnalysis(
        {
          kind: 'inspect',
          path,
          version: version(),
          now: new Date().toISOString(),
          timeoutMs: options.timeout * 1000,
          text: options.format === 'text' ? { colour: false, width: terminal.width } : null,
          question: {
            view,
            what: what ?? null,
            minSdk: options.minSdk ?? null,
            maxSdk: options.maxSdk ?? null,
            idsig: options.idsig ?? null,
            limit: options.limit ?? null,
            raw: options.raw === true,
          },
        },
        (stage, fraction) => terminal.progress(`${path}: ${stage} … ${Math.round(fraction * 100)} %`),
        terminal.signal,
      );
      const content = raw ?? (options.format === 'json' ? `${json}\n` : printable(text));
      await deliver(content, options, terminal);
      finish(EXIT.done);
    });
}

const HELP = `
Views:
  overview              what the file is, its parts, who signed it, how much is in it
  manifest              the manifest as readable XML; for iOS the Info.plist
  resources [NAME|ID]   resources and their values in every configuration: string/app_name, 0x7f010000, *name*
  dex                   the code files: version, sizes, compiler marks, what is odd about them
  classes [NAME]        classes of the app; of one class, its fields and methods
  method NAME           the instructions of a method: com.example.Main.onCreate, or with its descriptor Lcom/example/Main;->onCreate(Landroid/os/Bundle;)V
  strings [PATTERN]     strings of the code, with the file they are from
  xrefs NAME            who uses a method, a field, a class or a string (in quotes: '"http://"')
  signature             schemes, signers and issues, by the names that apksigner uses; for iOS the code signature and the profile
  native                native libraries: what they import, export and how they are hardened
  entries [PATH]        files in the archive; of one of them, its content

A pattern is a part of the name in any case; * stands for anything; /…/ is a regular expression.

Examples:
  vedette inspect app.apk
  vedette inspect app.apk manifest
  vedette inspect app.apk xrefs android.telephony.SmsManager
  vedette inspect app.apk method com.example.Main.onCreate
  vedette inspect app.apk strings /https?:/ --format json
  vedette inspect app.apk signature --min-sdk 21 --max-sdk 34 --format json
  vedette inspect app.apk entries assets/data.bin --raw --output data.bin`;
