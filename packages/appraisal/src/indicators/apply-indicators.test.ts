import { Appraisal, type IndicatorHit, type Observable } from '@vedette/contracts';
import { describe, expect, it } from 'vitest';
import { explainAppraisal } from '../explanation/explain-appraisal.ts';
import { RULES } from '../rules/index.ts';
import { appraised } from '../testing/appraised.ts';
import { applyIndicators, type KnownIndicators, withoutIndicators } from './apply-indicators.ts';
import { INDICATOR_RULES } from './indicator-rules.ts';

const knows = (...values: readonly string[]): KnownIndicators => ({
  match: (observable: Observable): IndicatorHit[] =>
    values.includes(observable.value)
      ? [
          {
            observable,
            indicator: observable,
            how: 'the same value',
            source: { list: 'campaigns', name: 'Example', reference: null, at: '2025-03-04T00:00:00.000Z' },
          },
        ]
      : [],
  total: values.length,
  lists: [{ name: 'campaigns' }],
});
const plain = appraised({
  code: [
    {
      name: 'com.example.app.Net',
      methods: { 'run()V': ['string https://c2.evil.test/gate', 'string https://b.evil.test'] },
    },
  ],
});
const app: Appraisal = {
  ...plain,
  app: {
    ...plain.app,
    hosts: [
      { host: 'c2.evil.test', cleartext: false, from: 'classes.dex' },
      { host: 'b.evil.test', cleartext: true, from: 'classes.dex' },
    ],
    signers: plain.app.signers.map((signer) => ({ ...signer, sha1: 'ab'.repeat(20) })),
  },
};

describe('an appraisal held against lists of indicators', () => {
  it('is malicious where the file or its signer is named, with list, family and date', () => {
    for (const [value, rule] of [
      [app.file.sha256, 'app.indicator.file'],
      ['ab'.repeat(20), 'app.indicator.signer'],
    ] as const) {
      const judged = Appraisal.parse(applyIndicators(app, knows(value)));
      expect(judged.verdict).toBe('malicious');
      const finding = judged.findings.find(({ ruleId }) => ruleId === rule);
      expect(finding?.evidence[0]?.note).toContain('Example in campaigns');
      expect(finding?.evidence[0]?.note).toContain('2025-03-04');
      expect(judged.classes.map((one) => one.class)).toContain('denylisted');
    }
  });

  it('is risky where only the name or a host is, and malicious where both are', () => {
    expect(applyIndicators(app, knows(app.app.package)).verdict).toBe('risky');
    const host = applyIndicators(app, knows('c2.evil.test'));
    expect(host.verdict).toBe('risky');
    expect(host.app.hosts[0]?.listed).toEqual(['Example in campaigns']);
    expect(host.app.hosts[1]?.listed).toBeUndefined();
    expect(applyIndicators(app, knows('c2.evil.test', app.app.package)).verdict).toBe('malicious');
  });

  it('says what it was held against also where nothing is named', () => {
    const judged = applyIndicators(app, knows());
    expect(judged).toEqual({ ...app, indicators: { total: 0, lists: ['campaigns'] } });
  });

  it('can be judged anew by other lists, and gives back what was before', () => {
    const once = applyIndicators(app, knows(app.file.sha256, 'c2.evil.test'));
    expect(withoutIndicators(once)).toEqual(app);
    expect(applyIndicators(once, knows())).toEqual(applyIndicators(app, knows()));
    expect(applyIndicators(once, knows('b.evil.test'))).toEqual(applyIndicators(app, knows('b.evil.test')));
  });

  it('adds up', () => {
    const judged = applyIndicators(app, knows(app.file.sha256, 'c2.evil.test', 'b.evil.test'));
    expect(explainAppraisal(judged, [...RULES, ...INDICATOR_RULES]).faults).toEqual([]);
    expect(judged.score.malice.parts.find(({ ruleId }) => ruleId === 'app.indicator.host')?.weight).toBe(26);
  });
});
