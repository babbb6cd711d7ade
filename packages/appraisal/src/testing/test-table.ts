import { describe, expect, it } from 'vitest';
import type { Rule } from '../rule.ts';
import type { FakeApp } from './fake-app.ts';
import { testRule } from './test-rule.ts';

/** The fixtures of one row: an app it must find something in, what the evidence mentions, and apps that look similar and are fine. */
export interface RowFixtures {
  readonly bad: FakeApp | readonly FakeApp[];
  readonly shows?: string;
  readonly good: FakeApp | readonly FakeApp[];
}

/** Tests a table of rules, each by its fixtures under the last part of its id. A rule without fixtures fails, and so do fixtures without a rule. */
export function testTable(rules: readonly Rule[], fixtures: Readonly<Record<string, RowFixtures>>): void {
  const nameOf = ({ id }: Rule): string => id.slice(id.lastIndexOf('.') + 1);
  describe('fixtures', () => {
    it('are there for every rule', () => {
      expect(Object.keys(fixtures).sort()).toEqual(rules.map(nameOf).sort());
    });
  });
  for (const rule of rules) {
    const row = fixtures[nameOf(rule)];
    if (row === undefined) continue;
    const named = (apps: FakeApp | readonly FakeApp[]): Record<string, FakeApp> =>
      Object.fromEntries(
        (isList(apps) ? apps : [apps]).map((app, index): [string, FakeApp] => [`fixture ${index + 1}`, app]),
      );
    const { shows } = row;
    const bad = Object.entries(named(row.bad)).map(([name, app]) => [
      name,
      shows === undefined ? app : { ...app, shows },
    ]);
    testRule(rule, { bad: Object.fromEntries(bad), good: named(row.good) });
  }
}

function isList(apps: FakeApp | readonly FakeApp[]): apps is readonly FakeApp[] {
  return Array.isArray(apps);
}
