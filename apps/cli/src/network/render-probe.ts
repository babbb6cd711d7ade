import type { ProbeFinding, ProbeReport, ProbeRound } from '@vedette/contracts';
import type { ReportVerification } from '@vedette/network';
import { printable, type Terminal } from '../terminal.ts';

const SAYS: Readonly<Record<ProbeReport['state'], string>> = {
  clean: 'Nobody tampers with what was sent over this network.',
  captive: 'This network wants you to sign in at a page first.',
  inspected: 'Your organisation reads along here, and is allowed to.',
  degraded: 'Something is not as it should be; nothing shows an attack.',
  tampered: 'Somebody tampers with what is sent over this network.',
  blocked: 'Somebody keeps this device from its server.',
  unknown: 'Nothing can be said of this network.',
};

/** A report for a person: the state, what was found with its proof, and what was asked, as bars over time. */
export function renderProbe(report: ProbeReport, { color, width }: Pick<Terminal, 'color' | 'width'>): string {
  const { state, findings, rounds, target, timingsMs } = report;
  const bad = state === 'tampered' || state === 'blocked';
  const head = `${state.toUpperCase()}  ${SAYS[state]}`;
  const bytes = rounds.reduce((sum, round) => sum + round.bytes, 0);
  const lines = [
    color.bold(
      bad ? color.red(head) : state === 'clean' || state === 'inspected' ? color.green(head) : color.yellow(head),
    ),
    color.dim(
      `asked ${target.zone} in ${rounds.length === 1 ? 'one round' : `${rounds.length} rounds`}, ${timingsMs['total'] ?? 0} ms, ${(bytes / 1_000).toFixed(1)} kB`,
    ),
    ...findings.flatMap((finding) => ['', ...findingLines(finding, color, width)]),
    ...rounds.flatMap((round, index) => ['', color.bold(`Round ${index + 1}`), ...barLines(round, color, width)]),
  ];
  return `${lines.join('\n')}\n`;
}

function findingLines(finding: ProbeFinding, color: Terminal['color'], width: number): string[] {
  const { severity, confidence, id, title, evidence, remedy } = finding;
  const paint =
    severity === 'high' || severity === 'critical' ? color.red : severity === 'medium' ? color.yellow : color.cyan;
  return [
    `${paint(severity.padEnd(6))} ${color.bold(safe(title))}`,
    `       ${color.dim(`${id}, ${confidence}`)}`,
    ...evidence
      .slice(0, 12)
      .flatMap(({ observation, text }) =>
        wrapped(`${safe(observation)}: ${safe(text)}`, width - 9).map(
          (line, at) => `${at === 0 ? '       · ' : '         '}${line}`,
        ),
      ),
    ...(evidence.length > 12 ? [`       · and ${evidence.length - 12} more (--format json)`] : []),
    ...(remedy === null
      ? []
      : wrapped(remedy, width - 9).map((line, at) => `${at === 0 ? '       → ' : '         '}${line}`)),
  ];
}

/** What was asked, how it ended, and how long it took. */
function barLines({ tls, http, dns, totalMs }: ProbeRound, color: Terminal['color'], width: number): string[] {
  const asked = [
    ...tls.map(({ purpose, name, outcome, totalMs: took, protocol }) => ({
      what: `TLS ${purpose}${purpose === 'decoy' ? ` ${name}` : ''}`,
      outcome,
      took,
      more: protocol ?? '',
    })),
    ...http.map(({ purpose, outcome, totalMs: took, status }) => ({
      what: `HTTP ${purpose}`,
      outcome,
      took,
      more: status === null ? '' : String(status),
    })),
    ...dns.map(({ purpose, outcome, totalMs: took, answers }) => ({
      what: `DNS ${purpose}`,
      outcome,
      took,
      more: answers.map(({ addresses, rcode }) => addresses[0] ?? rcode).join(', '),
    })),
  ];
  const left = Math.min(Math.max(...asked.map(({ what }) => what.length)), 40);
  const room = Math.max(8, Math.min(30, width - left - 40));
  const longest = Math.max(totalMs, ...asked.map(({ took }) => took), 1);
  return asked.map(({ what, outcome, took, more }) => {
    const bar = '█'.repeat(Math.max(1, Math.round((took / longest) * room))).padEnd(room);
    const end = outcome === 'ok' ? more : `${outcome} ${more}`;
    return `  ${safe(what).slice(0, left).padEnd(left)}  ${outcome === 'ok' ? color.dim(bar) : color.red(bar)} ${String(Math.round(took)).padStart(5)} ms  ${safe(end)}`.trimEnd();
  });
}

/** Whether a report holds, for a person. */
export function renderVerification({ ok, checks }: ReportVerification, { color }: Pick<Terminal, 'color'>): string {
  return `${[
    color.bold(ok ? color.green('The report holds.') : color.red('The report does not hold.')),
    ...checks.map(({ id, ok: holds, detail }) => `  ${holds ? ' ok' : 'BAD'}  ${id.padEnd(10)}  ${safe(detail)}`),
  ].join('\n')}\n`;
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length >= width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** What strangers sent is made harmless before colour is put around it. */
const safe = (text: string): string => printable(text).replaceAll('\n', ' ');
