import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ladderSteps } from './score-ladder-geometry.ts';

const part = (ruleId: string, weight: number) => ({ ruleId, ruleVersion: 1, weight });

describe('ladderSteps', () => {
  it('puts the longest step first and starts each where the one before ended', () => {
    const steps = ladderSteps([part('b', 10), part('a', 30), part('c', 20)], 50);
    expect(steps.map((step) => [step.ruleId, step.from, step.to])).toEqual([
      ['a', 0, 30],
      ['c', 30, 50],
      ['b', 50, 60],
    ]);
  });

  it('marks the one step that reaches the threshold', () => {
    const steps = ladderSteps([part('a', 30), part('c', 20), part('b', 10)], 50);
    expect(steps.filter((step) => step.crosses).map((step) => step.ruleId)).toEqual(['c']);
  });

  it('caps at 100 and says which steps lost weight to the cap', () => {
    const steps = ladderSteps([part('a', 80), part('b', 40), part('c', 5)], 50);
    expect(steps.map((step) => step.to)).toEqual([80, 100, 100]);
    expect(steps.map((step) => step.capped)).toEqual([false, true, true]);
  });

  it('adds tenths without leaving binary crumbs', () => {
    expect(ladderSteps([part('a', 0.1), part('b', 0.2), part('c', 0.7)], 50).map((step) => step.to)).toEqual([
      0.7, 0.9, 1,
    ]);
  });

  it('always ends at the capped sum, whatever the parts', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 20 }), (weights) => {
        const steps = ladderSteps(
          weights.map((weight, index) => part(`r${index}`, weight)),
          50,
        );
        const sum = weights.reduce((a, b) => a + b, 0);
        expect(steps.at(-1)?.to).toBe(Math.min(100, sum));
        expect(steps.filter((step) => step.crosses)).toHaveLength(sum >= 50 ? 1 : 0);
      }),
    );
  });
});
