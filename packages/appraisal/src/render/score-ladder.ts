import type { Finding, Score } from '@vedette/contracts';
import type { Palette } from './palette.ts';
import { cut } from './wrap.ts';

const SCALE = 25;

/** One axis as a ladder: each part begins where the one before it ended, so the last step stands at the value. */
export function scoreLadder(
  name: string,
  score: Score,
  findings: readonly Finding[],
  palette: Palette,
  width: number,
): string[] {
  const title = `  ${palette.bold(`${name} ${number(score.value)} of 100`)}`;
  if (score.parts.length === 0) return [title, palette.dim('       no finding weighs on this axis')];
  const byRule = new Map(findings.map((finding) => [finding.ruleId, finding]));
  const lines = [title];
  let sum = 0;
  for (const { ruleId, weight } of score.parts) {
    const from = Math.min(SCALE - 1, Math.floor((Math.min(100, sum) / 100) * SCALE));
    sum += weight;
    const to = Math.max(from + 1, Math.min(SCALE, Math.round((Math.min(100, sum) / 100) * SCALE)));
    const finding = byRule.get(ruleId);
    const paint = finding === undefined ? palette.dim : palette.severity[finding.severity];
    const room = Math.max(12, width - SCALE - 14);
    lines.push(
      `  ${`+${number(weight)}`.padStart(6)}  ${' '.repeat(from)}${paint('█'.repeat(to - from))}${palette.dim('·'.repeat(SCALE - to))}  ${cut(finding?.title ?? ruleId, room)}`,
    );
  }
  if (sum > 100)
    lines.push(palette.dim(`          the sum is ${number(Math.round(sum * 100) / 100)}; the scale ends at 100`));
  return lines;
}

function number(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(2).replace(/0$/, '');
}
