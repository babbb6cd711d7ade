import { Command } from 'commander';
import type { CommandContext } from '../run.ts';
import {
  type AnalysisOptions,
  checkFormatOption,
  failOnOption,
  indicatorsOption,
  outputOption,
  timeoutOption,
  vulnerabilitiesOption,
} from './options.ts';
import { runInputs } from './run-inputs.ts';

/** `vedette check`: judges phones by recorded evidence. */
export function checkCommand({ terminal, finish }: CommandContext): Command {
  return new Command('check')
    .summary('judge a phone by its bug report')
    .description(
      'Judges a phone by what was recorded on it: a bug report (ZIP or text), an androidqf folder or ZIP, a folder of ADB answers (getprop.txt, settings_global.txt, …), or a folder with several of these of one phone. Nothing leaves this machine. What the evidence does not say reads unknown, never ok.',
    )
    .argument('<path...>', 'bug reports, androidqf folders or ZIPs, folders of ADB answers')
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

Examples:
  adb bugreport bugreport.zip && vedette check bugreport.zip
  vedette check androidqf-folder --format json --fail-on medium
  vedette check case-folder --format html --output phone.html`,
    )
    .action(async (paths: string[], options: AnalysisOptions) => {
      finish(await runInputs('check', paths, options, terminal));
    });
}
