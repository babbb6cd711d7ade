import { type Finding, NO_SOURCE, type Observation, type Severity, type SignalId } from '@vedette/contracts';
import type { EvidenceView } from './evidence-view.ts';
import { type Question, type Resolved, resolve, statement } from './question.ts';
import { findingOf, observed, type RuleId } from './rules.ts';
import { signalOf, type Verdict } from './verdict.ts';

/** How one signal is judged from its questions. */
export interface Cell {
  readonly id: SignalId;
  /** Platforms on which there is a source for it. */
  readonly platforms: readonly ('android' | 'ios')[];
  /** At least one of these must be answered well for `ok`. */
  readonly questions: readonly Question[];
  /** Questions that make the signal bad when answered badly and are not needed for `ok`. */
  readonly extra?: readonly Question[];
  /** True: every one of `questions` must be answered well for `ok`. */
  readonly all?: boolean;
}

/** The platform has no public source for a signal. */
export function noSource(id: SignalId, view: EvidenceView): Verdict {
  const name = view.platform === 'ios' ? 'iOS' : 'Android';
  return {
    signal: signalOf(id, { status: 'unknown', value: '', reason: `${name} ${NO_SOURCE}` }, null, view.context.now),
    findings: [],
  };
}

/** Judges one cell: bad if any question is, else unknown if one contradicts itself or too few are answered, else ok. */
export function judgeCell(view: EvidenceView, cell: Cell): Verdict {
  if (!cell.platforms.includes(view.platform)) return noSource(cell.id, view);
  const main = cell.questions.map((question) => resolve(view, question));
  const extra = (cell.extra ?? []).map((question) => resolve(view, question));
  const all = [...main, ...extra];
  const findings = all.flatMap((resolved) => findingsOf(resolved));
  const decided = decide(main, all, cell.all === true);
  return {
    signal: signalOf(
      cell.id,
      { status: decided.status, value: decided.text, reason: decided.status === 'ok' ? undefined : decided.reason },
      decided.basis,
      view.context.now,
    ),
    findings,
  };
}

function decide(main: readonly Resolved[], all: readonly Resolved[], needAll: boolean): Resolved {
  const bad = all.filter((resolved) => resolved.status === 'bad');
  if (bad[0] !== undefined) {
    return { ...bad[0], text: bad.map((resolved) => resolved.text).join(', ') };
  }
  const disputed = all.find((resolved) => resolved.status === 'unknown' && resolved.contradiction !== null);
  if (disputed !== undefined) return disputed;
  const ok = main.filter((resolved) => resolved.status === 'ok');
  const open = main.filter((resolved) => resolved.status === 'unknown');
  const best = ok[0];
  const explained = open.find((resolved) => resolved.basis !== null) ?? open[0];
  if (best !== undefined && (!needAll || open.length === 0)) {
    return { ...best, text: ok.map((resolved) => resolved.text).join(', ') };
  }
  return explained ?? NOTHING;
}

const NOTHING: Resolved = {
  status: 'unknown',
  text: '',
  reason: 'There is no evidence.',
  basis: null,
  bad: [],
  contradiction: null,
};

/** One finding per rule that fired, with all observations it fired on, and one for a contradiction. */
export function findingsOf(resolved: Resolved): Finding[] {
  const byRule = new Map<RuleId, { observation: Observation; note: string; severity: Severity | undefined }[]>();
  for (const { answer, observation } of resolved.bad) {
    if (answer.rule === undefined) continue;
    const list = byRule.get(answer.rule) ?? [];
    list.push({ observation, note: answer.reason ?? answer.text, severity: answer.severity });
    byRule.set(answer.rule, list);
  }
  const findings = [...byRule].map(([rule, list]) =>
    findingOf(rule, {
      evidence: withoutCounts(list).map(({ observation, note }) => observed(observation, note)),
      ...(list[0]?.severity === undefined ? {} : { severity: list[0].severity }),
    }),
  );
  if (resolved.contradiction !== null) findings.push(contradictionFinding(...resolved.contradiction));
  return findings;
}

/** A count of signs adds nothing where the signs themselves are shown. */
function withoutCounts<T extends { readonly observation: Observation }>(list: readonly T[]): readonly T[] {
  const signs = list.filter(({ observation }) => !observation.key.endsWith('.count'));
  return signs.length > 0 ? signs : list;
}

/** A finding about two statements that exclude each other. */
export function contradictionFinding(a: Observation, b: Observation, why?: string): Finding {
  return findingOf('device.contradiction', {
    title: `The evidence contradicts itself about ${a.key === b.key ? a.key : `${a.key} and ${b.key}`}`,
    ...(why === undefined ? {} : { description: why }),
    evidence: [observed(a, `against ${statement(b)}`), observed(b, `against ${statement(a)}`)],
  });
}

/** Reads `1`, `true`, `on`, `yes` and their opposites; null for anything else. */
export function readBoolean(value: string): boolean | null {
  switch (value.trim().toLowerCase()) {
    case '1':
    case 'true':
    case 'on':
    case 'yes':
      return true;
    case '0':
    case 'false':
    case 'off':
    case 'no':
      return false;
    default:
      return null;
  }
}
