import type { Appraisal, ScorePart } from '@vedette/contracts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RULES } from '../rules/index.ts';
import { applySuppressions } from '../suppression/apply-suppressions.ts';
import { appraised, DEBUG_APP } from '../testing/appraised.ts';
import { explainAppraisal } from './explain-appraisal.ts';
import { renderExplanation } from './render-explanation.ts';

const app = appraised(DEBUG_APP);
const withRisk = (parts: readonly ScorePart[], value: number, over: Partial<Appraisal> = {}): Appraisal => ({
  ...app,
  score: { ...app.score, dataRisk: { value, parts: [...parts] } },
  ...over,
});
const risk = app.score.dataRisk;
const [first] = risk.parts;
if (first === undefined) throw new Error('the app must weigh something');
const faultsOf = (appraisal: Appraisal): string => explainAppraisal(appraisal, RULES).faults.join('\n');

describe('explainAppraisal', () => {
  it('finds that a report as it was written adds up, and compared every part with its rule', () => {
    for (const appraisal of [app, appraised(), appraised({ code: [] })]) {
      const explanation = explainAppraisal(appraisal, RULES);
      expect(explanation.faults).toEqual([]);
      expect(explanation.checkedParts).toBe(explanation.allParts);
      expect(explanation.verdict.computed).toBe(appraisal.verdict);
    }
  });

  it.each([
    ['a lower score', withRisk(risk.parts, 1), 'Data risk is said to be 1, but its parts add up to'],
    ['a milder verdict', { ...app, verdict: 'benign' as const }, 'The verdict is said to be benign'],
    ['a lost part', withRisk([], 0), 'was found and must weigh on data risk, but is no part of it'],
    [
      'a part of no finding',
      withRisk([...risk.parts, { ...first, ruleId: 'android.x.y' }], risk.value + first.weight),
      'android.x.y weighs on data risk, but the report has no such finding',
    ],
    ['a part twice', withRisk([...risk.parts, first], risk.value + first.weight), 'is counted twice for data risk'],
    ['a heavier part', withRisk([{ ...first, weight: 99 }], 99), 'adds 99 to data risk, but can add'],
    ['another kind', withRisk([{ ...first, kind: 'fact' }], first.weight), 'is called a fact, but it is a'],
    [
      'a part without its kind',
      withRisk([{ ruleId: first.ruleId, ruleVersion: first.ruleVersion, weight: first.weight }], first.weight),
      'does not say what kind of statement it is',
    ],
    ['another version', withRisk([{ ...first, ruleVersion: 99 }], first.weight), 'in version 99, but was found by'],
    [
      'a class nobody carries',
      { ...app, classes: [{ class: 'trojan' as const, ruleIds: ['android.x.y'] }] },
      'The class trojan rests on android.x.y',
    ],
    [
      'a finding that is marked and still counts',
      {
        ...app,
        findings: app.findings.map((one) => ({ ...one, suppressed: { reason: 'x', until: '2027-01-01' } })),
      },
      'although it is suppressed',
    ],
  ])('finds %s', (_what, appraisal, fault) => {
    expect(faultsOf(appraisal)).toContain(fault);
  });

  it('finds what somebody changed in the part that says how it is without suppression', () => {
    const judged = applySuppressions(
      app,
      [{ rule: first.ruleId, reason: 'x', until: '2027-01-01' }],
      '2026-01-01T00:00:00Z',
    );
    const { suppression } = judged;
    if (suppression === undefined) throw new Error('nothing was suppressed');
    expect(faultsOf(judged)).toBe('');
    expect(faultsOf({ ...judged, suppression: { ...suppression, suppressed: 0 } })).toContain('0 findings are said');
    const without = { ...suppression.without, dataRisk: 0, verdict: 'benign' as const };
    const faults = faultsOf({ ...judged, suppression: { ...suppression, without } });
    expect(faults).toContain('Without suppression data risk is said to be 0');
    expect(faults).toContain('Without suppression the verdict is said to be benign');
    const { suppression: _, ...bare } = judged;
    expect(faultsOf(bare)).toContain('does not say how it is without that');
  });
});

describe('whoever changes a number', () => {
  it('is found, whichever it is', () => {
    const axis = fc.constantFrom('malice' as const, 'dataRisk' as const);
    fc.assert(
      fc.property(axis, fc.nat(30), fc.double({ min: 0.5, max: 60, noNaN: true }), (name, at, delta) => {
        const score = app.score[name];
        const parts = score.parts.map((part, index) =>
          index === at % Math.max(1, score.parts.length)
            ? { ...part, weight: part.weight + Math.round(delta) + 1 }
            : part,
        );
        const heavier = { ...app, score: { ...app.score, [name]: { ...score, parts } } };
        const lighter = {
          ...app,
          score: { ...app.score, [name]: { ...score, value: Math.max(0, score.value - delta) } },
        };
        for (const changed of [...(score.parts.length > 0 ? [heavier] : []), ...(score.value > 0 ? [lighter] : [])])
          expect(explainAppraisal(changed, RULES).faults).not.toEqual([]);
      }),
    );
  });
});

describe('renderExplanation', () => {
  it('says each part with the running sum, and each question of the verdict', () => {
    const text = renderExplanation(app, explainAppraisal(app, RULES));
    expect(text).toContain(`Data risk: the report says ${risk.value}`);
    expect(text).toMatch(/\+30 = 30 +The app is a debug build/);
    expect(text).toContain(`The parts add up to ${risk.value}: ${risk.value}, as the report says`);
    expect(text).toMatch(/risky +yes +findings of severity high or critical/);
    expect(text).toContain('The report adds up.');
  });

  it('names every fault, and lets no text of the report steer the terminal', () => {
    const hostile = withRisk(risk.parts, 1, { app: { ...app.app, label: 'a\u001b[2Jb\u202e' } });
    const text = renderExplanation(hostile, explainAppraisal(hostile, RULES));
    expect(text).toContain('THE REPORT DOES NOT ADD UP: one fault.');
    expect(text).toContain('NOT 1');
    // oxlint-disable-next-line no-control-regex -- looking for control characters
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });
});
