import type { Appraisal, ScorePart, Verdict } from '@vedette/contracts';
import { totalOf } from '../score.ts';
import { withoutSuppressions } from '../suppression/apply-suppressions.ts';
import { type VerdictStep, verdictOf, verdictSteps } from '../verdict.ts';
import { bookFaults, type RuleBook } from './book-faults.ts';
import { suppressionFaults } from './suppression-faults.ts';

export interface ExplainedPart extends ScorePart {
  readonly title: string;
  /** The sum up to and with this part. */
  readonly running: number;
}

export interface ExplainedAxis {
  readonly axis: 'malice' | 'dataRisk';
  readonly parts: readonly ExplainedPart[];
  /** Uncapped. */
  readonly sum: number;
  /** min(100, sum). */
  readonly computed: number;
  readonly reported: number;
}

/** Why a report says what it says, and whether it may: everything is computed from the report itself. */
export interface Explanation {
  readonly axes: readonly ExplainedAxis[];
  readonly steps: readonly VerdictStep[];
  readonly verdict: { readonly reported: Verdict; readonly computed: Verdict };
  /** What does not add up, one sentence each. Empty for a report that is as it was written. */
  readonly faults: readonly string[];
  /** Parts that were compared with the rule book at hand, of all. */
  readonly checkedParts: number;
  readonly allParts: number;
}

/**
 * Recomputes scores, verdict and classes of an appraisal from its own parts and findings. With a rule book, parts of rules that it has in the same version are compared
 * with what the rule can weigh: whoever changes a weight, its sum and the verdict together is found too.
 */
export function explainAppraisal(appraisal: Appraisal, book: RuleBook = []): Explanation {
  const { score, findings, verdict, suppression } = appraisal;
  const axes = [axisOf(appraisal, 'malice'), axisOf(appraisal, 'dataRisk')];
  const steps = verdictSteps(score, findings);
  const computed = verdictOf(score, findings);
  const compared = bookFaults(appraisal, book);
  const faults = [
    ...axes.flatMap(({ axis, reported, computed: value, sum }) =>
      reported === value
        ? []
        : [`${NAMES[axis]} is said to be ${reported}, but its parts add up to ${sum}, which makes ${value}.`],
    ),
    ...axes.flatMap((axis) => partFaults(axis, appraisal)),
    ...classFaults(appraisal),
    ...(verdict === computed
      ? []
      : [`The verdict is said to be ${verdict}, but by the rules below it is ${computed}.`]),
    ...suppressionFaults(appraisal),
    ...compared.faults,
  ];
  if (suppression !== undefined) {
    const whole = withoutSuppressions(appraisal);
    const without = verdictOf(whole.score, whole.findings);
    if (without !== suppression.without.verdict)
      faults.push(
        `Without suppression the verdict is said to be ${suppression.without.verdict}, but it is ${without}.`,
      );
  }
  return {
    axes,
    steps,
    verdict: { reported: verdict, computed },
    faults,
    checkedParts: compared.checked,
    allParts: score.malice.parts.length + score.dataRisk.parts.length,
  };
}

export const NAMES = { malice: 'Malice', dataRisk: 'Data risk' } as const;

function axisOf({ score, findings }: Appraisal, axis: 'malice' | 'dataRisk'): ExplainedAxis {
  const { parts, value } = score[axis];
  const titles = new Map(findings.map(({ ruleId, title }) => [ruleId, title]));
  const sum = totalOf(parts);
  return {
    axis,
    parts: parts.map((part, index) => ({
      ...part,
      title: titles.get(part.ruleId) ?? part.ruleId,
      running: totalOf(parts.slice(0, index + 1)),
    })),
    sum,
    computed: Math.min(100, sum),
    reported: value,
  };
}

/** Each part must be one finding of the report that counts, once, and say what kind of statement it is. */
function partFaults({ axis, parts }: ExplainedAxis, { findings }: Appraisal): string[] {
  const name = NAMES[axis].toLowerCase();
  const seen = new Set<string>();
  return parts.flatMap(({ ruleId, ruleVersion, kind }) => {
    const faults: string[] = [];
    const finding = findings.find((one) => one.ruleId === ruleId && one.status === 'bad');
    if (seen.has(ruleId)) faults.push(`${ruleId} is counted twice for ${name}.`);
    seen.add(ruleId);
    if (finding === undefined) faults.push(`${ruleId} weighs on ${name}, but the report has no such finding.`);
    else if (finding.ruleVersion !== ruleVersion)
      faults.push(`${ruleId} weighs on ${name} in version ${ruleVersion}, but was found by ${finding.ruleVersion}.`);
    if (finding?.suppressed !== undefined) faults.push(`${ruleId} weighs on ${name} although it is suppressed.`);
    if (kind === undefined)
      faults.push(
        `${ruleId} does not say what kind of statement it is, so the verdict cannot be recomputed; scan the app again.`,
      );
    return faults;
  });
}

function classFaults({ classes, findings }: Appraisal): string[] {
  const counting = new Set(
    findings.flatMap(({ ruleId, status, suppressed }) =>
      status === 'bad' && suppressed === undefined ? [ruleId] : [],
    ),
  );
  return classes.flatMap(({ class: name, ruleIds }) =>
    ruleIds.flatMap((id) =>
      counting.has(id) ? [] : [`The class ${name} rests on ${id}, but the report has no such finding that counts.`],
    ),
  );
}
