import type { Appraisal } from '@vedette/contracts';
import { sumOf } from '../score.ts';

/** What does not fit between the findings that are marked as suppressed and what the report says of suppression. */
export function suppressionFaults({ findings, score, suppression }: Appraisal): string[] {
  const marked = new Set(findings.flatMap(({ ruleId, suppressed }) => (suppressed === undefined ? [] : [ruleId])));
  if (suppression === undefined)
    return marked.size === 0
      ? []
      : ['Findings are marked as suppressed, but the report does not say how it is without that.'];
  const faults: string[] = [];
  if (suppression.suppressed !== marked.size)
    faults.push(`${suppression.suppressed} findings are said to be suppressed, but ${marked.size} are marked.`);
  for (const [axis, name] of [
    ['malice', 'malice'],
    ['dataRisk', 'data risk'],
  ] as const) {
    const parts = suppression.parts[axis];
    for (const { ruleId } of parts)
      if (!marked.has(ruleId)) faults.push(`${ruleId} is left out of ${name}, but is not marked as suppressed.`);
    const value = sumOf([...score[axis].parts, ...parts]);
    if (value !== suppression.without[axis])
      faults.push(`Without suppression ${name} is said to be ${suppression.without[axis]}, but it is ${value}.`);
  }
  return faults;
}
