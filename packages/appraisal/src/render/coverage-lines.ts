import type { Appraisal } from '@vedette/contracts';
import { printable } from '../printable.ts';
import type { Palette } from './palette.ts';
import { count, grouped, wrap } from './wrap.ts';

const MAX_DIAGNOSTICS = 12;

/** What was looked at, what was not, and what the readers noticed. */
export function coverageLines(appraisal: Appraisal, palette: Palette, width: number): string[] {
  const { stages, counts } = appraisal.coverage;
  const lines = stages.flatMap(({ stage, status, detail, elapsedMs }) => {
    const mark = status === 'complete' ? '✓' : status === 'partial' ? '~' : '✗';
    const state = status === 'complete' ? '' : `${status}: `;
    const [first = '', ...rest] = wrap(printable(`${state}${detail}`), width - 20);
    const time = elapsedMs >= 1 ? palette.dim(` ${Math.round(elapsedMs)} ms`) : '';
    return [
      `  ${mark} ${printable(stage).padEnd(14)} ${first}${time}`,
      ...rest.map((line) => `${' '.repeat(19)}${line}`),
    ];
  });
  const of = (name: string): number => counts[name] ?? 0;
  const looked = [
    `${count(of('entries'), 'file')} in the archive`,
    `${count(of('dexFiles'), 'code file')} with ${grouped(of('classes'))} classes`,
    count(of('components'), 'component'),
    `${count(of('rulesRun'), 'rule')} run, ${of('rulesFired')} found something${of('rulesNotRun') > 0 ? `, ${of('rulesNotRun')} could not look` : ''}`,
  ].join('; ');
  lines.push(...wrap(`${looked}.`, width, '  '));
  const { indicators } = appraisal;
  const held =
    indicators === undefined
      ? 'Held against no list of indicators: what others know of the file, its signer and its hosts was not asked.'
      : `Held against ${count(indicators.total, 'indicator')} of ${count(indicators.lists.length, 'list')}.`;
  lines.push(...wrap(held, width, '  '));
  const never = 'Never looked at: what native libraries do, what the app does when it runs, what its servers answer.';
  lines.push(...wrap(never, width, '  ').map(palette.dim));
  return lines;
}

/** The readers' diagnostics, one line for each id. */
export function diagnosticLines(appraisal: Appraisal, palette: Palette, width: number): string[] {
  const groups = new Map<string, { level: string; message: string; count: number }>();
  for (const { id, level, message, where } of appraisal.diagnostics) {
    const group = groups.get(id);
    if (group === undefined)
      groups.set(id, { level, message: where === undefined ? message : `${where}: ${message}`, count: 1 });
    else group.count++;
  }
  const rank: Readonly<Record<string, number>> = { error: 0, warning: 1, note: 2 };
  const sorted = [...groups].sort(([a, x], [b, y]) => (rank[x.level] ?? 3) - (rank[y.level] ?? 3) || (a < b ? -1 : 1));
  const lines = sorted.slice(0, MAX_DIAGNOSTICS).flatMap(([id, { level, message, count }]) => {
    const times = count > 1 ? ` (${count} times)` : '';
    const [first = '', ...rest] = wrap(printable(`${level}: ${message}${times} [${id}]`), width - 4);
    const paint =
      level === 'error' ? palette.severity.high : level === 'warning' ? palette.severity.medium : palette.dim;
    return [`  ${paint('•')} ${first}`, ...rest.map((line) => `    ${line}`)];
  });
  const more = sorted.length - MAX_DIAGNOSTICS;
  return more > 0 ? [...lines, palette.dim(`    and ${more} more kinds`)] : lines;
}
