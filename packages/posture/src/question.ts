import type { Observation, Severity } from '@vedette/contracts';
import { type EvidenceView, timeOf, trustRank } from './evidence-view.ts';
import type { RuleId } from './rules.ts';

/** How one value answers a question. Null (not this type): the value cannot be read as an answer. */
export interface Answer {
  readonly status: 'ok' | 'bad';
  /** For people: `off`, `2026-10-05 (48 days old)`. */
  readonly text: string;
  /** Why it is bad, one sentence. */
  readonly reason?: string;
  /** The rule a bad answer is a finding of. */
  readonly rule?: RuleId;
  /** Where the severity depends on the value; else it is the rule's. */
  readonly severity?: Severity;
}

/** One yes-or-no question about the device, and which observations answer it. */
export interface Question {
  readonly keys: readonly string[];
  /** Artefacts whose refusal explains that there is no answer. */
  readonly artefacts?: readonly string[];
  /** True: each observation is a sign, and one bad sign is enough whatever others say. False: the observations state one fact. */
  readonly signs?: boolean;
  readonly read: (observation: Observation, view: EvidenceView) => Answer | null;
}

/** What a question came to. */
export interface Resolved {
  readonly status: 'ok' | 'bad' | 'unknown';
  readonly text: string;
  readonly reason?: string;
  /** What the status rests on; null when there is no evidence at all. */
  readonly basis: Observation | null;
  /** All bad answers, best evidence first. */
  readonly bad: readonly { readonly answer: Answer; readonly observation: Observation }[];
  /** Two observations that say the opposite of each other. */
  readonly contradiction: readonly [Observation, Observation] | null;
}

/** Statements further apart than this are a change, not a contradiction. */
const CHANGE_MS = 60 * 60 * 1000;

/**
 * Answers one question. Better trust wins; within one grade a source's newer statement replaces its older one, and a
 * statement an hour newer than another source's replaces that too. What then still disagrees is a contradiction: between
 * grades the better one stands, within one grade the answer is unknown.
 */
export function resolve(view: EvidenceView, question: Question): Resolved {
  const answers: { answer: Answer; observation: Observation }[] = [];
  let unreadable: Observation | null = null;
  for (const key of question.keys) {
    for (const observation of view.usable(key)) {
      const answer = question.read(observation, view);
      if (answer === null) unreadable ??= observation;
      else answers.push({ answer, observation });
    }
  }
  answers.sort(
    (a, b) =>
      trustRank(a.observation.trust) - trustRank(b.observation.trust) || timeOf(b.observation) - timeOf(a.observation),
  );
  const standing = question.signs === true ? answers : withoutSuperseded(answers);
  const bad = standing.filter((entry) => entry.answer.status === 'bad');
  const first = question.signs === true ? (bad[0] ?? standing[0]) : standing[0];
  if (first === undefined) return noAnswer(view, question, unreadable);
  const opposite = question.signs === true ? undefined : standing.find((e) => e.answer.status !== first.answer.status);
  const contradiction: Resolved['contradiction'] =
    opposite === undefined ? null : [first.observation, opposite.observation];
  if (opposite !== undefined && opposite.observation.trust === first.observation.trust) {
    return {
      status: 'unknown',
      text: `${first.answer.text} / ${opposite.answer.text}`,
      reason: `The evidence contradicts itself: ${statement(first.observation)}, but ${statement(opposite.observation)}.`,
      basis: first.observation,
      bad: [],
      contradiction,
    };
  }
  const status = first.answer.status;
  return {
    status,
    text: first.answer.text,
    ...(first.answer.reason === undefined ? {} : { reason: first.answer.reason }),
    basis: first.observation,
    bad: status === 'bad' ? bad : [],
    contradiction,
  };
}

/** `settings.global.adb_enabled = 1 (adb)`: how a statement is quoted. */
export function statement(observation: Observation): string {
  const value = observation.value.length > 80 ? `${observation.value.slice(0, 79)}…` : observation.value;
  return `${observation.key} = ${value === '' ? '(empty)' : value} (${observation.source})`;
}

function withoutSuperseded<T extends { readonly observation: Observation }>(answers: readonly T[]): readonly T[] {
  return answers.filter(({ observation }) => {
    return !answers.some(({ observation: other }) => {
      if (trustRank(other.trust) > trustRank(observation.trust)) return false;
      const newerBy = timeOf(other) - timeOf(observation);
      return newerBy > (other.source === observation.source ? 0 : CHANGE_MS);
    });
  });
}

function noAnswer(view: EvidenceView, question: Question, unreadable: Observation | null): Resolved {
  const none = { status: 'unknown', bad: [], contradiction: null } as const;
  if (unreadable !== null) {
    return {
      ...none,
      text: unreadable.value.slice(0, 100),
      reason: `The value of ${unreadable.key} settles nothing.`,
      basis: unreadable,
    };
  }
  for (const artefact of question.artefacts ?? []) {
    const refused = view.denied(artefact)[0];
    if (refused !== undefined) {
      return { ...none, text: '', reason: `The device refused to answer: ${refused.value}`, basis: refused };
    }
  }
  for (const key of question.keys) {
    const found = view.unusable(key)[0];
    if (found === undefined) continue;
    const { observation, why } = found;
    const reasons = {
      stale: `The evidence is ${days(view.ageHours(observation.observedAt ?? observation.collectedAt))} old.`,
      future: 'The evidence is dated in the future; the clock of the device or of the collector is wrong.',
      denied: `The device refused to answer: ${observation.value.slice(0, 200)}`,
    };
    return {
      ...none,
      text: why === 'stale' ? observation.value.slice(0, 100) : '',
      reason: reasons[why],
      basis: observation,
    };
  }
  return { ...none, text: '', reason: 'There is no evidence.', basis: null };
}

function days(hours: number): string {
  if (hours < 48) return `${Math.round(hours)} hours`;
  return `${Math.round(hours / 24)} days`;
}
