import { Command } from 'commander';
import type { CommandContext } from '../run.ts';
import {
  type AnalysisOptions,
  failOnOption,
  indicatorsOption,
  outputOption,
  reportFormatOption,
  suppressOption,
  timeoutOption,
} from './options.ts';
import { runInputs } from './run-inputs.ts';

/** `vedette scan`: appraises apps. */
export function scanCommand({ terminal, finish }: CommandContext): Command {
  return new Command('scan')
    .summary('judge apps')
    .description(
      'Judges apps: APK, split sets (APKS, XAPK, APKM), AAB, IPA, and bare code (DEX, ELF, Mach-O). A verdict, two scores as the list of their parts, and findings with the place in the app that shows them. Nothing leaves this machine, and nothing in the app is run or fetched.',
    )
    .argument('<file...>', 'app files')
    .addOption(reportFormatOption())
    .addOption(outputOption())
    .addOption(failOnOption())
    .addOption(suppressOption())
    .addOption(indicatorsOption())
    .addOption(timeoutOption())
    .addHelpText(
      'after',
      `
With one file, JSON is one appraisal; with several, an array of them. Schema: docs/schemas/appraisal.schema.json
Every other format is one document for all files.

A suppression list, in YAML or JSON:
  - rule: android.manifest.debuggable
    package: com.example.app          also: sha256 of the file, signer (SHA-256 of the certificate), where (a glob on class or file)
    reason: a test build on purpose
    until: 2027-03-31                 the last day on which it holds
    by: Ada
What it covers stays in the report, marked, and counts for neither scores nor verdict nor --fail-on.

Examples:
  vedette scan app.apk
  vedette scan app.apk --format json --output appraisal.json
  vedette scan app.apk --format html --output report.html
  vedette scan app.apk --format sarif --output vedette.sarif --suppress accepted.yaml
  vedette scan build/*.apk --fail-on high           for a build pipeline: exit code 1 when something high or critical is found`,
    )
    .action(async (files: string[], options: AnalysisOptions) => {
      finish(await runInputs('scan', files, options, terminal));
    });
}
