import { Command } from 'commander';
import { readReport } from '../analysis/read-report.ts';
import { EXIT } from '../exit-code.ts';
import type { CommandContext } from '../run.ts';
import { deliver } from './deliver.ts';
import { type Format, formatOption, outputOption } from './options.ts';

interface ExplainOptions {
  readonly format: Format;
  readonly output?: string;
}

/** `vedette explain`: recomputes a report. */
export function explainCommand({ terminal, finish }: CommandContext): Command {
  return new Command('explain')
    .summary('recompute a report and say why it says what it says')
    .description(
      'Recomputes the scores and the verdict of a report from the report alone, line by line, and compares its parts with the rules of this version. Ends with 1 when it does not add up: then it was changed after it was written, or written by another version in another way.',
    )
    .argument('<report>', 'what `vedette scan --format json` wrote')
    .addOption(formatOption())
    .addOption(outputOption())
    .addHelpText(
      'after',
      `
Examples:
  vedette scan app.apk --format json --output report.json
  vedette explain report.json`,
    )
    .action(async (path: string, options: ExplainOptions) => {
      const appraisals = await readReport(path);
      const { explainAppraisal, INDICATOR_RULES, isExpired, renderExplanation, RULES } = await import(
        '@vedette/appraisal'
      );
      const book = [...RULES, ...INDICATOR_RULES];
      const now = new Date().toISOString();
      for (const { ruleId, suppressed } of appraisals.flatMap(({ findings }) => findings))
        if (suppressed !== undefined && isExpired(suppressed, now))
          terminal.note(
            `vedette: the suppression of ${ruleId} ran out on ${suppressed.until}, after this report was written; scan again`,
          );
      const explained = appraisals.map((appraisal) => ({ appraisal, explanation: explainAppraisal(appraisal, book) }));
      const [only] = explained;
      const content =
        options.format === 'text'
          ? explained
              .map(({ appraisal, explanation }) => renderExplanation(appraisal, explanation, terminal.width))
              .join('\n')
          : `${JSON.stringify(
              explained.length === 1 ? only?.explanation : explained.map(({ explanation }) => explanation),
              null,
              2,
            )}\n`;
      await deliver(content, options, terminal);
      finish(explained.every(({ explanation }) => explanation.faults.length === 0) ? EXIT.done : EXIT.found);
    });
}
