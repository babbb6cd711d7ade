import { Command } from 'commander';
import type { LiveOptions } from '../adb/collect-live-phone.ts';
import { CliError, EXIT } from '../exit-code.ts';
import type { CommandContext } from '../run.ts';
import type { Terminal } from '../terminal.ts';
import type { UsbOptions } from '../usb/collect-iphone.ts';
import {
  type AnalysisOptions,
  checkFormatOption,
  failOnOption,
  indicatorsOption,
  outputOption,
  timeoutOption,
  vulnerabilitiesOption,
} from './options.ts';
import { checkReportFormat } from './render-reports.ts';
import { type Input, runInputs } from './run-inputs.ts';

type CheckOptions = AnalysisOptions &
  Omit<LiveOptions, 'adb'> & { readonly adb?: LiveOptions['adb']; readonly usb?: UsbOptions['usb'] };

/** `vedette check`: judges phones by recorded evidence, or one that is connected now. */
export function checkCommand({ terminal, finish }: CommandContext): Command {
  return new Command('check')
    .summary('judge a phone by its bug report or backup, over ADB or USB')
    .description(
      'Judges a phone by what was recorded on it: a bug report (ZIP or text), an androidqf folder or ZIP, a folder of ADB answers (getprop.txt, settings_global.txt, …), a backup of Android or iOS, a sysdiagnose, answers of device management, or a folder with several of these of one phone; or, with --adb or --usb, by asking a phone that is connected now. Nothing leaves this machine. What the evidence does not say reads unknown, never ok.',
    )
    .argument('[path...]', 'bug reports, androidqf folders or ZIPs, folders of ADB answers, backups, sysdiagnoses')
    .option(
      '--adb [serial]',
      'ask a connected phone: its serial as `adb devices` shows it, or tcp:HOST:PORT without an adb server',
    )
    .option('--adb-server <host:port>', 'the adb server to use (default: what adb itself uses, else 127.0.0.1:5037)')
    .option('--usb [udid]', 'ask an iPhone or iPad that is plugged in and trusts this computer')
    .option('--save <folder>', 'keep the answers of the phone in a new folder')
    .option('--apks', 'also pull the APKs of third-party apps into that folder, each with its hash')
    .option(
      '--ask-password',
      'ask for the password of an encrypted backup (else: the environment variable VEDETTE_BACKUP_PASSWORD)',
    )
    .addOption(checkFormatOption())
    .addOption(outputOption())
    .addOption(failOnOption())
    .addOption(indicatorsOption())
    .addOption(vulnerabilitiesOption())
    .addOption(timeoutOption())
    .addHelpText(
      'after',
      `
With one path, JSON is one check; with several, an array of them. Schema: docs/schemas/check.schema.json

A phone is asked read-only questions, none of which needs root or a jailbreak; docs/check-a-phone.md lists them.

Examples:
  vedette check --adb
  vedette check --adb R58M123ABC --save case-7 --apks
  vedette check --usb --save case-8
  adb bugreport bugreport.zip && vedette check bugreport.zip
  vedette check androidqf-folder --format json --fail-on medium
  vedette check case-folder --format html --output phone.html`,
    )
    .action(async (paths: string[], options: CheckOptions) => {
      const inputs = await inputsOf(paths, options, terminal);
      finish(await runInputs('check', inputs, options, terminal));
    });
}

/** The paths, or the answers of the phone that is connected. */
async function inputsOf(
  paths: readonly string[],
  options: CheckOptions,
  terminal: Terminal,
): Promise<readonly Input[]> {
  const { adb, usb } = options;
  const live = adb !== undefined ? '--adb' : usb !== undefined ? '--usb' : null;
  for (const name of ['adbServer', 'apks'] as const)
    if (adb === undefined && options[name] !== undefined)
      throw new CliError(
        EXIT.usage,
        `--${name === 'adbServer' ? 'adb-server' : name} goes with --adb; see vedette check --help`,
      );
  if (live === null) {
    if (options.save !== undefined)
      throw new CliError(EXIT.usage, '--save goes with --adb or --usb; see vedette check --help');
    if (paths.length === 0)
      throw new CliError(
        EXIT.usage,
        'name what to check, or a connected phone by --adb or --usb; see vedette check --help',
      );
    return paths;
  }
  if (adb !== undefined && usb !== undefined)
    throw new CliError(EXIT.usage, '--adb and --usb check one phone each; give a command of its own for each');
  if (paths.length > 0)
    throw new CliError(
      EXIT.usage,
      `${live} checks a connected phone and takes no paths; check recorded evidence by a command of its own`,
    );
  checkReportFormat(1, options, terminal);
  // Whoever checks files does not wait for the code that talks to phones.
  if (usb !== undefined) {
    const { collectIphone } = await import('../usb/collect-iphone.ts');
    return [await collectIphone({ ...options, usb }, terminal)];
  }
  const { collectLivePhone } = await import('../adb/collect-live-phone.ts');
  return [await collectLivePhone({ ...options, adb: adb ?? true }, terminal)];
}
