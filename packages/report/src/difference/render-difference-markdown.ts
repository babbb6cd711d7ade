import type { AppDifference, ComparedApp } from '@vedette/contracts';
import { markdownCode, markdownText } from '../markdown/escape.ts';
import { differenceAlarms, differenceGroups, signerWords } from './difference-lines.ts';

const MOST_LINES = 60;
const WORDS = { '+': 'new', '-': 'gone', '~': 'changed' } as const;

/** What changed between two builds, as GitHub flavoured Markdown for a pull request. Text of the apps is code or escaped. */
export function renderDifferenceMarkdown(difference: AppDifference): string {
  const { before, after, findings } = difference;
  const row = (what: string, a: string, b: string): string => `| ${what} | ${a} | ${b} |`;
  const parts = [
    `## What changed in ${markdownCode(after.package || after.file, 200)}`,
    ...differenceAlarms(difference).map((alarm) => `> **${markdownText(alarm, 500)}**`),
    [
      '| | before | after |',
      '|---|---|---|',
      row('version', version(before), version(after)),
      row('verdict', before.verdict, after.verdict),
      row('malice', String(before.malice), String(after.malice)),
      row('data risk', String(before.dataRisk), String(after.dataRisk)),
      row('SHA-256', `\`${before.sha256}\``, `\`${after.sha256}\``),
    ].join('\n'),
    `Signer: ${markdownText(signerWords(difference), 500)}`,
  ];
  const groups = differenceGroups(difference);
  for (const { title, lines } of groups) {
    const left = lines.length - MOST_LINES;
    parts.push(
      `### ${title}`,
      [
        ...lines
          .slice(0, MOST_LINES)
          .map(
            ({ mark, name, words }) =>
              `- **${WORDS[mark]}** ${title === 'Findings' ? markdownText(name, 300) : markdownCode(name, 200)}${words === '' ? '' : `: ${markdownText(words, 400)}`}`,
          ),
        ...(left > 0 ? [`- and ${left} more`] : []),
      ].join('\n'),
    );
  }
  parts.push(
    groups.length === 0 ? 'Nothing that is looked at changed.' : `${findings.same} findings are the same in both.`,
  );
  return `${parts.join('\n\n')}\n`;
}

function version({ versionName, versionCode }: ComparedApp): string {
  const text = [versionName ?? '', versionCode === null ? '' : `(${versionCode})`].filter(Boolean).join(' ');
  return text === '' ? 'not said' : markdownText(text, 100);
}
