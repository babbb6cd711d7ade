import { describe, expect, it } from 'vitest';
import { createRuleContext } from '../../rule-context.ts';
import { patternShape } from '../../secrets/pattern-shape.ts';
import { compilePattern } from '../../secrets/secret-pattern.ts';
import { SHORTEST_MATCH } from '../../secrets/secret-search.ts';
import { fakeApp } from '../../testing/fake-app.ts';
import { NOW } from '../../testing/test-rule.ts';
import { SECRET_FIXTURES } from './secret-fixtures.ts';
import { SECRET_ROWS } from './secret-rows.ts';
import { SECRET_RULES } from './secret-rules.ts';

/** What the rules say of a text in the code of an app, by kind. Other than `runOn`, one context serves all of them. */
const foundIn = (value: string): Map<string, string> => {
  const app = fakeApp({ code: [{ name: 'com.example.app.A', methods: { 'run()V': [`string ${value}`] } }] });
  const ctx = createRuleContext(app, NOW);
  const found = SECRET_RULES.filter(({ id }) => id.startsWith('android.')).map((rule) => ({
    rule,
    hit: rule.run(app, ctx),
  }));
  return new Map(
    found.flatMap(({ rule, hit }) =>
      hit === null ? [] : [[rule.id.slice('android.secret.'.length), JSON.stringify(hit)] as const],
    ),
  );
};

describe('rules on secrets', () => {
  it('are more than sixty on each platform', () => {
    for (const platform of ['android', 'ios'])
      expect(SECRET_RULES.filter(({ id }) => id.startsWith(`${platform}.`)).length).toBeGreaterThan(60);
  });

  it('each have a good and a bad fixture', () => {
    expect(Object.keys(SECRET_FIXTURES).toSorted()).toEqual(SECRET_ROWS.map(({ name }) => name).toSorted());
  });

  describe.each(SECRET_ROWS.map((row) => [row.name, row] as const))('%s', (name, { pattern }) => {
    const fixture = SECRET_FIXTURES[name] ?? { bad: [], good: [] };

    it.each(fixture.bad.map((text) => [text] as const))(
      'finds it, as nothing else, and does not print it: %s',
      (text) => {
        const found = foundIn(text);
        expect([...found.keys()]).toEqual([name]);
        const secret = compilePattern(pattern, 'g').exec(text)?.groups?.['secret'] ?? text;
        expect(secret.length).toBeGreaterThan(3);
        expect(found.get(name)).not.toContain(secret);
      },
    );

    it.each(fixture.good.map((text) => [text] as const))('leaves alone: %s', (text) => {
      expect([...foundIn(text).keys()]).toEqual([]);
    });

    it('has bounded repeats that are not nested', () => {
      const shape = patternShape(compilePattern({ ...pattern, keywords: pattern.keywords.slice(0, 1) }, 'g').source);
      expect(shape.nested).toBe(false);
      expect(shape.longest).toBeLessThan(10_000);
      expect(shape.ways).toBeLessThan(50_000);
      expect(shape.shortest).toBeGreaterThanOrEqual(SHORTEST_MATCH);
    });

    it('has keywords that are few characters', () => {
      for (const keyword of pattern.keywords) expect(keyword).toMatch(/^[\x20-\x7e]{2,60}$/);
    });
  });
});
