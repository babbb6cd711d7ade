import type { Evidence, Finding } from '@vedette/contracts';
import { printable } from '../printable.ts';
import { evidencePlace } from './evidence-line.ts';
import type { Palette } from './palette.ts';
import { squeeze, wrap } from './wrap.ts';

const SHOWN = 4;

/** One finding: what, why, where, what to do. Those of severity `info` on three lines at most. */
export function findingBlock(finding: Finding, palette: Palette, width: number): string[] {
  const mark = finding.status === 'unknown' ? '?' : finding.severity === 'info' ? '·' : '●';
  const paint = palette.severity[finding.severity];
  const head = wrap(printable(finding.title), width - 4).map((line, index) => {
    return index === 0 ? `  ${paint(mark)} ${palette.bold(line)}` : `    ${palette.bold(line)}`;
  });
  const names = [finding.ruleId, ...Object.values(finding.mappings ?? {}).flat()].join(' · ');
  const lines = [...head, ...wrap(names, width, '    ').map(palette.dim)];
  if (finding.severity === 'info') return [...lines, ...evidenceLines(finding, 1, palette, width)];
  lines.push(...wrap(printable(finding.description), width, '    '));
  lines.push(...evidenceLines(finding, SHOWN, palette, width));
  if (finding.remedy !== undefined) {
    const [first = '', ...rest] = wrap(printable(finding.remedy), width - 6);
    lines.push(`    ${paint('→')} ${first}`, ...rest.map((line) => `      ${line}`));
  }
  return lines;
}

/** Places, those with the same note together. */
function evidenceLines(finding: Finding, limit: number, palette: Palette, width: number): string[] {
  const shown = finding.evidence.slice(0, limit);
  const notes = new Map<string, Evidence[]>();
  for (const evidence of shown) notes.set(evidence.note, [...(notes.get(evidence.note) ?? []), evidence]);
  const lines = [...notes].flatMap(([note, group]) => [
    ...wrap(`${printable(note)}:`, width, '      '),
    ...group.flatMap((evidence) =>
      [...evidencePlace(evidence, width - 8), ...reachLine(evidence, width - 8)].map((line) =>
        palette.dim(`        ${line}`),
      ),
    ),
  ]);
  const more = finding.evidence.length - shown.length + (finding.evidenceOmitted ?? 0);
  return more === 0 ? lines : [...lines, palette.dim(`        and ${more} more`)];
}

/** Whether that code can run; nothing where it is not known, which is the usual case in apps that use reflection. */
function reachLine(evidence: Evidence, width: number): string[] {
  if (evidence.kind !== 'code') return [];
  if (evidence.reach === 'referenced') return ['  dead code: nothing leads there'];
  if (evidence.reach !== 'reachable' || evidence.from === undefined) return [];
  return [squeeze(`  reachable from ${printable(evidence.from)}`, width)];
}
