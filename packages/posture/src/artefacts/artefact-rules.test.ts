import { describe, expect, it } from 'vitest';
import { ARTEFACT_RULES } from './artefact-rules.ts';
import { createRecordJudge } from './record-judge.ts';

describe('rules about records of evidence', () => {
  it('have ids of their own', () => {
    const ids = ARTEFACT_RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(ARTEFACT_RULES.map((rule) => [rule.id, rule] as const))(
    '%s speaks of its bad fixture and not of its good one',
    (_, rule) => {
      expect(rule.test(rule.fixtures.bad)).not.toBeNull();
      expect(rule.test(rule.fixtures.good)).toBeNull();
      for (const { artefact } of Object.values(rule.fixtures)) expect(rule.artefacts).toContain(artefact);
    },
  );
});

describe('judging records', () => {
  const [rule] = ARTEFACT_RULES;
  if (rule === undefined) throw new TypeError('there are rules');

  it('gathers the records of one rule in one finding and counts what it leaves out', () => {
    const judge = createRecordJudge(ARTEFACT_RULES);
    const kept = Array.from({ length: 25 }, () => judge.see(rule.fixtures.bad));
    expect(kept.filter(Boolean)).toHaveLength(20);
    expect(judge.findings()).toMatchObject([{ ruleId: rule.id, evidenceOmitted: 5 }]);
  });

  it('names the list, the place and the reason of a hit', () => {
    const observable = { kind: 'domain' as const, value: 'a.bad.test' };
    const judge = createRecordJudge([], () => [
      {
        observable,
        indicator: { kind: 'domain', value: 'bad.test' },
        how: 'subdomain of the listed domain',
        source: { list: 'campaigns', name: 'Example', reference: null, at: null },
      },
    ]);
    expect(judge.see({ ...rule.fixtures.good, observables: [observable] })).toBe(true);
    const [finding] = judge.findings();
    expect(finding).toMatchObject({ ruleId: 'device.indicator', severity: 'critical' });
    expect(finding?.title).toContain('Example (campaigns)');
    expect(finding?.evidence[0]?.note).toContain('subdomain of the listed domain');
  });
});
