import { describe, expect, it } from 'vitest';
import { createBudget } from './budget.ts';

describe('createBudget', () => {
  it('refuses a draw that does not fit, takes nothing for it, and remembers the part', () => {
    const budget = createBudget({ bytes: 10 }, () => 0);
    expect([budget.takeBytes(8), budget.takeBytes(4), budget.bytesLeft, budget.takeBytes(2)]).toEqual([
      true,
      false,
      2,
      true,
    ]);
    expect([...budget.exhausted]).toEqual(['bytes']);
  });

  it('gives depth back on the way up', () => {
    const budget = createBudget({ depth: 1 }, () => 0);
    expect([budget.enter(), budget.enter()]).toEqual([true, false]);
    budget.leave();
    expect(budget.enter()).toBe(true);
  });

  it('runs out of time within 64 questions, and stays so', () => {
    let now = 0;
    const budget = createBudget({ timeMs: 5 }, () => now);
    expect(budget.hasTime()).toBe(true);
    now = 6;
    const answers = Array.from({ length: 64 }, () => budget.hasTime());
    expect(answers.at(-1)).toBe(false);
    expect([budget.hasTime(), budget.exhausted.has('time')]).toEqual([false, true]);
  });

  it('is not limited where no limit is given', () => {
    const budget = createBudget({}, () => 0);
    expect([budget.takeBytes(1e12), budget.takeEntries(1e9), budget.hasTime(), budget.exhausted.size]).toEqual([
      true,
      true,
      true,
      0,
    ]);
  });
});
