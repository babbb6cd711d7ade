import type { Appraisal, Finding, Score, Suppressed, Suppression } from '@vedette/contracts';
import { carriedClasses } from '../classes.ts';
import { sumOf } from '../score.ts';
import { verdictOf } from '../verdict.ts';
import { coverOf } from './covers-finding.ts';
import { isExpired } from './is-expired.ts';

/**
 * An appraisal in which what somebody decided not to count is marked and does not count: not for the scores, the classes, the verdict. It stays in the report with the
 * reason, and the report says what the judgement is without the list. Findings of status `unknown` cannot be suppressed: nobody can decide that something was looked
 * at. A suppression that has run out does nothing and is named in a warning, as is one that covers only some places of a finding.
 *
 * Pure; the appraisal that is given stays as it is. What an earlier list suppressed in it is counted again first.
 * @param now ISO 8601, what expiry is judged by
 * @throws RangeError when `now` is not a date
 */
export function applySuppressions(given: Appraisal, list: readonly Suppression[], now: string): Appraisal {
  if (Number.isNaN(Date.parse(now))) throw new RangeError(`now is not an ISO 8601 date: ${now}`);
  const appraisal = withoutSuppressions(given);
  const warnings: string[] = [];
  const inForce: Suppression[] = [];
  for (const suppression of list.filter((one) => isFor(one, appraisal))) {
    const finding = appraisal.findings.find(({ ruleId }) => ruleId === suppression.rule);
    if (!isExpired(suppression, now)) inForce.push(suppression);
    else if (finding !== undefined && coverOf(finding, [suppression]).covered > 0)
      warnings.push(
        `The suppression of ${suppression.rule} ran out on ${suppression.until}, so the finding counts again.`,
      );
  }
  const marked = appraisal.findings.map((finding): Finding => {
    const mine = inForce.filter(({ rule }) => rule === finding.ruleId);
    if (mine.length === 0) return finding;
    if (finding.status !== 'bad') {
      warnings.push(`${finding.ruleId} says that something could not be looked at; that cannot be suppressed.`);
      return finding;
    }
    const { by, covered, places, whole } = coverOf(finding, mine);
    if (whole) return { ...finding, suppressed: decisionOf(by) };
    if (covered > 0)
      warnings.push(
        `The suppression of ${finding.ruleId} covers ${covered} of its ${places} places, so the finding counts.`,
      );
    return finding;
  });
  const silent = new Set(marked.filter(({ suppressed }) => suppressed !== undefined).map(({ ruleId }) => ruleId));
  const malice = divide(appraisal.score.malice, silent);
  const dataRisk = divide(appraisal.score.dataRisk, silent);
  const score = { malice: malice.counting, dataRisk: dataRisk.counting };
  // Without kinds the verdict could only come out too mild.
  const complete = [...score.malice.parts, ...score.dataRisk.parts].every(({ kind }) => kind !== undefined);
  if (!complete && silent.size > 0)
    warnings.push('The report does not say what kind of statement its parts are, so the verdict stays; scan again.');
  const classes = carriedClasses(
    appraisal.classes.map(({ class: name, ruleIds }) => ({
      class: name,
      ruleIds: ruleIds.filter((id) => !silent.has(id)),
    })),
    score.malice,
  );
  return {
    ...appraisal,
    verdict: complete ? verdictOf(score, marked) : appraisal.verdict,
    score,
    classes,
    findings: marked,
    suppression: {
      suppressed: silent.size,
      parts: { malice: malice.silent, dataRisk: dataRisk.silent },
      without: {
        verdict: appraisal.verdict,
        malice: appraisal.score.malice.value,
        dataRisk: appraisal.score.dataRisk.value,
        classes: appraisal.classes,
      },
      warnings,
    },
  };
}

/** The appraisal as it is when everything counts. */
export function withoutSuppressions(appraisal: Appraisal): Appraisal {
  const { suppression, ...rest } = appraisal;
  if (suppression === undefined) return appraisal;
  const { without, parts } = suppression;
  return {
    ...rest,
    verdict: without.verdict,
    score: {
      malice: merge(appraisal.score.malice, parts.malice),
      dataRisk: merge(appraisal.score.dataRisk, parts.dataRisk),
    },
    classes: without.classes,
    findings: appraisal.findings.map(countedAgain),
  };
}

function countedAgain(finding: Finding): Finding {
  const { suppressed: _, ...rest } = finding;
  return rest;
}

function isFor({ package: name, sha256, signer }: Suppression, { app, file }: Appraisal): boolean {
  if (name !== undefined && name !== app.package) return false;
  if (sha256 !== undefined && sha256 !== file.sha256) return false;
  // A certificate in a file whose signature does not hold was put there by anybody.
  return signer === undefined || app.signers.some((one) => one.sha256 === signer && one.verified === 'verified');
}

/** Several suppressions together hold as long as the first of them that runs out. */
function decisionOf(by: readonly Suppression[]): Suppressed {
  const until = by.map((one) => one.until).sort()[0] ?? '';
  const reason = [...new Set(by.map((one) => one.reason))].join('; ');
  const names = [...new Set(by.flatMap((one) => one.by ?? []))].join(', ');
  return { reason, until, ...(names === '' ? {} : { by: names }) };
}

function divide(score: Score, silent: ReadonlySet<string>): { counting: Score; silent: Score['parts'] } {
  const counting = score.parts.filter(({ ruleId }) => !silent.has(ruleId));
  return {
    counting: { value: sumOf(counting), parts: counting },
    silent: score.parts.filter(({ ruleId }) => silent.has(ruleId)),
  };
}

function merge(score: Score, more: Score['parts']): Score {
  const parts = [...score.parts, ...more].sort((a, b) => b.weight - a.weight || (a.ruleId < b.ruleId ? -1 : 1));
  return { value: sumOf(parts), parts };
}
