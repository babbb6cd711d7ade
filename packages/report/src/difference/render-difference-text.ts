import type { AppDifference, ComparedApp } from '@vedette/contracts';
import { printable, shortened } from '../text/printable.ts';
import { differenceAlarms, differenceGroups, signerWords } from './difference-lines.ts';

const MOST_LINES = 40;

/**
 * What changed between two builds as plain text: alarms first, then identity and scores, then each kind of thing with `+`, `-` and `~`.
 * @returns lines joined by `\n`, with one at the end
 */
export function renderDifferenceText(difference: AppDifference): string {
  const { before, after, findings } = difference;
  const lines = [
    ...differenceAlarms(difference).map((alarm) => `! ${printable(alarm)}`),
    `  Before   ${appLine(before)}`,
    `  After    ${appLine(after)}`,
    `  Signer   ${printable(signerWords(difference))}`,
    `  Verdict  ${change(before.verdict, after.verdict)}`,
    `  Malice   ${change(before.malice, after.malice)}`,
    `  Risk     ${change(before.dataRisk, after.dataRisk)}`,
  ];
  const groups = differenceGroups(difference);
  for (const { title, lines: all } of groups) {
    lines.push('', `${title} (${all.length})`);
    for (const { mark, name, words } of all.slice(0, MOST_LINES))
      lines.push(`  ${mark} ${shortened(name, 200)}${words === '' ? '' : `: ${shortened(words, 400)}`}`);
    if (all.length > MOST_LINES) lines.push(`    and ${all.length - MOST_LINES} more; --format json has all`);
  }
  if (groups.length === 0)
    lines.push('', difference.sameFile ? 'Both are the same file.' : 'Nothing that is looked at changed.');
  else lines.push('', `${findings.same} findings are the same in both.`);
  return `${lines.join('\n')}\n`;
}

function appLine({ file, package: name, versionName, versionCode, sha256 }: ComparedApp): string {
  const version = [versionName ?? '', versionCode === null ? '' : `(${versionCode})`].filter(Boolean).join(' ');
  return `${shortened(name || 'name not known', 120)} ${shortened(version, 60)}, ${shortened(file, 80)}, SHA-256 ${sha256.slice(0, 16)}…`;
}

function change(before: string | number, after: string | number): string {
  return before === after ? `${after}` : `${after}, was ${before}`;
}
