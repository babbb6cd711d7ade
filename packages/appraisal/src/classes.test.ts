import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLASS_FROM, carriedClasses, classesOf } from './classes.ts';

const score = (...parts: readonly (readonly [ruleId: string, weight: number])[]) => ({
  value: Math.min(
    100,
    parts.reduce((sum, [, weight]) => sum + weight, 0),
  ),
  parts: parts.map(([ruleId, weight]) => ({ ruleId, ruleVersion: 1, weight, kind: 'behaviour' as const })),
});
const fired = [
  { id: 'a', classes: ['spyware', 'vulnerability'] as const },
  { id: 'b', classes: ['spyware'] as const },
];

describe('classes', () => {
  it('accuses only where the rules that say so weigh enough together', () => {
    expect(classesOf(fired, score(['a', 6], ['b', 5])).map((one) => one.class)).toEqual(['vulnerability']);
    expect(classesOf(fired, score(['a', 6], ['b', 6])).map((one) => one.class)).toEqual(['spyware', 'vulnerability']);
  });

  it('drops a class without rules', () => {
    expect(carriedClasses([{ class: 'vulnerability', ruleIds: [] }], score())).toEqual([]);
  });

  it('never loses a class by a further finding', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 2 * CLASS_FROM }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 30 }),
        (weights, more) => {
          const rules = weights.map((_, index) => ({ id: `r${index}`, classes: ['trojan'] as const }));
          const parts = weights.map((weight, index) => [`r${index}`, weight] as const);
          const before = classesOf(rules, score(...parts)).length;
          const after = classesOf(
            [...rules, { id: 'x', classes: ['trojan'] as const }],
            score(...parts, ['x', more]),
          ).length;
          return after >= before;
        },
      ),
    );
  });
});
