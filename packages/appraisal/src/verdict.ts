import type { Finding, Score, ScorePart, Verdict } from '@vedette/contracts';
import { isAtLeast } from '@vedette/contracts/vocabulary';
import { totalOf } from './score.ts';

/** From here on the axis `malice` reads as hostile, if behaviour supports it. */
export const MALICIOUS_FROM = 50;
/** A behaviour that weighs at least this much on the axis `malice` is a strong one. Many small oddities do not make malware. */
export const STRONG_BEHAVIOUR_FROM = 15;
/** What the strong behaviours must weigh together: two of them, or one that is decisive by itself. One alone has honest uses too. */
export const STRONG_SUM_FROM = 35;
export const RISKY_FROM_MALICE = 25;
export const RISKY_FROM_DATA_RISK = 30;
/** Of the data risk, how much must come from weaknesses and behaviour: asking for a permission is not yet a risk taken. */
export const RISKY_FROM_WEAKNESS = 20;

export interface Scores {
  readonly malice: Score;
  readonly dataRisk: Score;
}
type JudgedFinding = Pick<Finding, 'status' | 'severity' | 'suppressed'>;

/** One question that the verdict depends on, in the order they are asked. The first that holds decides. */
export interface VerdictStep {
  readonly verdict: Verdict;
  readonly holds: boolean;
  /** The question with the numbers at hand. */
  readonly because: string;
}

/**
 * The verdict, by the thresholds above, first match:
 * 1. `malicious`: malice ≥ 50, of which strong behaviours, and what others published, (≥ 15 each) make up ≥ 35. What a manifest asks for is never enough;
 * 2. `risky`: a finding of severity high or critical; or malice ≥ 25; or data risk ≥ 30, of which other things than declarations make up ≥ 20;
 * 3. `unknown`: something could not be read, or a finding says so; what was not seen cannot be called benign;
 * 4. `benign`: everything was read and little was found. It means "nothing found by these rules", no more.
 *
 * All sums only grow with what fires, so a further bad finding never improves the verdict. A finding that is suppressed does not count, and neither may its parts be
 * in the scores; one of status `unknown` counts always. Parts that do not say their kind count as no behaviour and as declarations: whoever needs to be sure looks
 * for them (`explainAppraisal` does).
 */
export function verdictSteps(score: Scores, findings: readonly JudgedFinding[]): readonly VerdictStep[] {
  const { malice, dataRisk } = score;
  const strong = totalOf(
    malice.parts.filter(
      ({ kind, weight }) => (kind === 'behaviour' || kind === 'reputation') && weight >= STRONG_BEHAVIOUR_FROM,
    ),
  );
  const taken = totalOf(dataRisk.parts.filter(isTaken));
  const grave = findings.filter(
    ({ status, severity, suppressed }) => status === 'bad' && suppressed === undefined && isAtLeast(severity, 'high'),
  ).length;
  const unknown = findings.filter(({ status }) => status === 'unknown').length;
  return [
    {
      verdict: 'malicious',
      holds: malice.value >= MALICIOUS_FROM && strong >= STRONG_SUM_FROM,
      because: `malice is ${malice.value}, needs ${MALICIOUS_FROM}; strong behaviours (each ${STRONG_BEHAVIOUR_FROM} or more) weigh ${strong}, need ${STRONG_SUM_FROM}`,
    },
    {
      verdict: 'risky',
      holds: grave > 0,
      because: `findings of severity high or critical: ${grave}, needs 1`,
    },
    {
      verdict: 'risky',
      holds: malice.value >= RISKY_FROM_MALICE,
      because: `malice is ${malice.value}, needs ${RISKY_FROM_MALICE}`,
    },
    {
      verdict: 'risky',
      holds: dataRisk.value >= RISKY_FROM_DATA_RISK && taken >= RISKY_FROM_WEAKNESS,
      because: `data risk is ${dataRisk.value}, needs ${RISKY_FROM_DATA_RISK}; what is more than a declaration weighs ${taken}, needs ${RISKY_FROM_WEAKNESS}`,
    },
    {
      verdict: 'unknown',
      holds: unknown > 0,
      because: `findings that something could not be looked at: ${unknown}, needs 1`,
    },
    { verdict: 'benign', holds: true, because: 'none of the above' },
  ];
}

/** The verdict of the first step that holds. */
export function verdictOf(score: Scores, findings: readonly JudgedFinding[]): Verdict {
  return verdictSteps(score, findings).find(({ holds }) => holds)?.verdict ?? 'unknown';
}

function isTaken({ kind }: ScorePart): boolean {
  return kind !== undefined && kind !== 'declaration';
}
