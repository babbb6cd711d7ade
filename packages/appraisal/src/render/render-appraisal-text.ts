import type { Appraisal, Finding } from '@vedette/contracts';
import { SEVERITIES } from '@vedette/contracts/vocabulary';
import { printable } from '../printable.ts';
import { appLines } from './app-lines.ts';
import { coverageLines, diagnosticLines } from './coverage-lines.ts';
import { findingBlock } from './finding-block.ts';
import { createPalette, type Palette } from './palette.ts';
import { scoreLadder } from './score-ladder.ts';
import { squeeze, wrap } from './wrap.ts';

export interface TextOptions {
  /** ANSI colours, for a terminal. */
  readonly colour: boolean;
  /** Columns; at least 60 are used. */
  readonly width: number;
}

/**
 * The appraisal as a person reads it in a terminal: the verdict and why, the app, the two scores as ladders of their parts, the
 * findings with places and remedies, and what was not looked at. Text from the app is made harmless for terminals.
 * @returns lines joined by `\n`, with one at the end
 */
export function renderAppraisalText(appraisal: Appraisal, options: TextOptions): string {
  const palette = createPalette(options.colour);
  const width = Math.max(60, Math.floor(options.width) || 0);
  const { score, findings } = appraisal;
  const counting = findings.filter(({ suppressed }) => suppressed === undefined);
  const accepted = findings.filter(({ suppressed }) => suppressed !== undefined);
  const section = (title: string, lines: readonly string[]): string[] => {
    return lines.length === 0 ? [] : ['', palette.bold(title), ...lines];
  };
  const lines = [
    ...verdictLines(appraisal, palette, width),
    ...section('The app', appLines(appraisal, palette, width)),
    ...section('Scores', [
      ...scoreLadder('Malice', score.malice, findings, palette, width),
      ...scoreLadder('Data risk', score.dataRisk, findings, palette, width),
    ]),
    ...SEVERITIES.flatMap((severity) => {
      const group = counting.filter((finding) => finding.severity === severity);
      const title = `${palette.severity[severity](severity.toUpperCase())} ${palette.dim(`(${group.length})`)}`;
      return group.length === 0 ? [] : ['', title, ...spaced(group, palette, width)];
    }),
    ...section('Suppressed: these do not count', suppressedLines(appraisal, accepted, palette, width)),
    ...section('Coverage', coverageLines(appraisal, palette, width)),
    ...section('Noticed while reading', diagnosticLines(appraisal, palette, width)),
    '',
    palette.dim(`${appraisal.engine.name} ${printable(appraisal.engine.version)}, ${appraisal.engine.rules} rules`),
  ];
  return `${lines.join('\n')}\n`;
}

/** What somebody decided not to count, why and until when, and how it is when everything counts. */
function suppressedLines(
  { suppression }: Appraisal,
  accepted: readonly Finding[],
  palette: Palette,
  width: number,
): string[] {
  const lines = accepted.flatMap(({ title, ruleId, severity, suppressed }) => [
    ...wrap(printable(`${severity}: ${title}`), width - 4, '  '),
    palette.dim(`    ${printable(ruleId)}`),
    ...wrap(
      printable(
        `until ${suppressed?.until ?? ''}${suppressed?.by === undefined ? '' : ` by ${suppressed.by}`}: ${suppressed?.reason ?? ''}`,
      ),
      width,
      '    ',
    ),
  ]);
  if (suppression === undefined) return lines;
  const { verdict, malice, dataRisk } = suppression.without;
  if (accepted.length > 0)
    lines.push(...wrap(`With them: ${verdict}, malice ${malice}, data risk ${dataRisk}.`, width, '  '));
  return [...lines, ...suppression.warnings.flatMap((warning) => wrap(printable(warning), width, '  '))];
}

function spaced(findings: readonly Finding[], palette: Palette, width: number): string[] {
  return findings.flatMap((finding, index) => {
    const gap = index === 0 || finding.severity === 'info' ? [] : [''];
    return [...gap, ...findingBlock(finding, palette, width)];
  });
}

/** First line: verdict and name. Then one sentence that says what it rests on. */
function verdictLines(appraisal: Appraisal, palette: Palette, width: number): string[] {
  const { verdict, app, classes } = appraisal;
  const name = printable(app.label ?? (app.package || appraisal.file.name));
  const block = palette.verdict[verdict](verdict.toUpperCase());
  const lines = [
    `${block} ${palette.bold(squeeze(name, width - verdict.length - 3))}`,
    ...wrap(reasonFor(appraisal), width),
  ];
  if (classes.length > 0 && verdict !== 'benign') {
    lines.push(...wrap(`Signs of: ${classes.map((entry) => entry.class).join(', ')}.`, width));
  }
  return lines;
}

function reasonFor({ verdict, score, findings }: Appraisal): string {
  const scores = `Malice ${score.malice.value} of 100, data risk ${score.dataRisk.value} of 100.`;
  const bad = findings.filter(({ status, suppressed }) => status === 'bad' && suppressed === undefined);
  const worst = bad[0];
  const unread = findings.filter((finding) => finding.status === 'unknown').map((finding) => finding.title);
  const unreadText = unread.length === 0 ? '' : ` Not everything was read: ${unread.join('; ')}.`;
  switch (verdict) {
    case 'malicious':
      return `${scores} It behaves like malware.${worst === undefined ? '' : ` Worst: ${worst.title}.`}${unreadText}`;
    case 'risky':
      return `${scores}${worst === undefined ? '' : ` Worst: ${worst.title}.`}${unreadText}`;
    case 'unknown':
      return `${scores} Too little could be read to call it harmless.${unreadText}`;
    case 'benign':
      return `${scores} Everything was read, and these rules found little.`;
  }
}
