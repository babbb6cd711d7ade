import type { Appraisal } from '@vedette/contracts';
import { printable } from '../printable.ts';
import { wrap } from '../render/wrap.ts';
import { type Explanation, NAMES } from './explain-appraisal.ts';

/**
 * The explanation line by line: each part with the running sum, the questions of the verdict, and what does not add up.
 * @returns lines joined by `\n`, with one at the end
 */
export function renderExplanation(appraisal: Appraisal, explanation: Explanation, width = 100): string {
  const { app, file, suppression } = appraisal;
  const lines = [
    `${printable(app.label ?? (app.package || file.name))}: ${appraisal.verdict}`,
    `${printable(file.name)}, SHA-256 ${file.sha256}`,
    `Written by ${appraisal.engine.name} ${printable(appraisal.engine.version)} with ${appraisal.engine.rules} rules`,
  ];
  for (const { axis, parts, sum, computed, reported } of explanation.axes) {
    lines.push('', `${NAMES[axis]}: the report says ${reported}`);
    for (const { weight, running, title, ruleId, ruleVersion, kind } of parts)
      lines.push(
        `  ${`+${weight}`.padStart(7)} = ${String(running).padEnd(7)} ${printable(title)}`,
        `                    ${printable(ruleId)} v${ruleVersion}, ${kind ?? 'kind not said'}`,
      );
    const capped = sum > 100 ? `, and the scale ends at 100` : '';
    lines.push(
      parts.length === 0
        ? '  no finding weighs on this axis, which makes 0'
        : `  The parts add up to ${sum}${capped}: ${computed}${computed === reported ? ', as the report says' : `, NOT ${reported}`}`,
    );
  }
  lines.push('', `Verdict: the report says ${explanation.verdict.reported}. The first that holds decides:`);
  let decided = false;
  for (const { verdict, holds, because } of explanation.steps) {
    const mark = decided ? 'not asked' : holds ? 'yes' : 'no';
    decided ||= holds;
    lines.push(`  ${verdict.padEnd(10)} ${mark.padEnd(10)} ${because}`);
  }
  if (suppression !== undefined) {
    lines.push('', `Suppressed: ${suppression.suppressed} of the findings do not count.`);
    for (const { ruleId, suppressed } of appraisal.findings)
      if (suppressed !== undefined)
        lines.push(
          `  ${printable(ruleId)} until ${suppressed.until}${suppressed.by === undefined ? '' : `, by ${printable(suppressed.by)}`}: ${printable(suppressed.reason)}`,
        );
    const { verdict, malice, dataRisk } = suppression.without;
    lines.push(`  Without that: ${verdict}, malice ${malice}, data risk ${dataRisk}.`);
  }
  const { checkedParts, allParts, faults } = explanation;
  lines.push(
    '',
    `${checkedParts} of ${allParts} parts were compared with the rules of this version${checkedParts < allParts ? '; the others are of rules that it does not have' : ''}.`,
    faults.length === 0
      ? 'The report adds up.'
      : `THE REPORT DOES NOT ADD UP: ${faults.length === 1 ? 'one fault' : `${faults.length} faults`}.`,
    ...faults.flatMap((fault) => wrap(printable(fault), width, '  ')),
  );
  return `${lines.join('\n')}\n`;
}
