import type { HostJudgement } from '@vedette/hosts';
import { printable, type Terminal } from '../terminal.ts';

/** Verdicts for people: one line a host, and under it what speaks against it. */
export function renderHosts(hosts: readonly HostJudgement[], { color }: Pick<Terminal, 'color'>): string {
  const paint = { allowed: color.green, unknown: color.dim, warn: color.yellow, block: color.red };
  const lines = hosts.flatMap(({ input, host, shown, verdict, score, reasons }) => {
    const name = host === null ? input : shown === host ? host : `${shown} (${host})`;
    return [
      `${paint[verdict](verdict.toUpperCase().padEnd(7))} ${String(score).padStart(3)}  ${safe(name)}`,
      ...reasons.map(
        ({ id, weight, text }) => `             ${String(weight).padStart(3)}  ${safe(text)} ${color.dim(`(${id})`)}`,
      ),
    ];
  });
  const count = (verdict: HostJudgement['verdict']): number => hosts.filter((one) => one.verdict === verdict).length;
  const sum = `${count('block')} to block, ${count('warn')} to warn of, ${count('unknown')} that nothing is known against, ${count('allowed')} allowed`;
  return `${[...lines, ...(hosts.length > 1 ? ['', sum] : [])].join('\n')}\n`;
}

/** Names may hold what steers a terminal, or turns its text around. */
const safe = (text: string): string => printable(text).replaceAll('\n', ' ');
