import { Appraisal } from '@vedette/contracts';
import type { AppImage } from '@vedette/program';
import { describe, expect, it } from 'vitest';
import { appraise } from '../appraise.ts';
import type { Rule } from '../rule.ts';
import { createRuleContext } from '../rule-context.ts';
import { type FakeApp, fakeApp } from './fake-app.ts';

export const NOW = '2026-01-01T00:00:00Z';

export interface RuleFixtures {
  /** Apps the rule must find something in: what is special → the app, and what a piece of evidence must mention. */
  readonly bad: Readonly<Record<string, FakeApp & { readonly shows?: string }>>;
  /** Apps that look similar and are fine. */
  readonly good: Readonly<Record<string, FakeApp>>;
}

/** Runs a rule over its fixtures: bad ones must fire with evidence that a person can follow, good ones must not fire. */
export function testRule(rule: Rule, fixtures: RuleFixtures): void {
  describe(rule.id, () => {
    for (const [name, app] of Object.entries(fixtures.bad)) {
      it(`finds: ${name}`, () => {
        const image = fakeApp(app);
        const hit = runOn(rule, image);
        expect(hit, 'the rule did not fire').not.toBeNull();
        expect(hit?.evidence.length).toBeGreaterThan(0);
        if (app.shows !== undefined) expect(JSON.stringify(hit?.evidence)).toContain(app.shows);
        const appraisal = Appraisal.parse(appraise(image, { version: '0', now: NOW, rules: [rule] }));
        expect(appraisal.findings.map(({ ruleId }) => ruleId)).toContain(rule.id);
      });
    }
    for (const [name, app] of Object.entries({ 'an unremarkable app': {}, ...fixtures.good })) {
      it(`leaves alone: ${name}`, () => {
        expect(runOn(rule, fakeApp(app))).toBeNull();
      });
    }
  });
}

/** The rule's answer alone. */
export function runOn(rule: Rule, image: AppImage): ReturnType<Rule['run']> {
  return rule.run(image, createRuleContext(image, NOW));
}
