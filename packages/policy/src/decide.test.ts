import {
  PolicyDocument,
  type PolicyRule,
  type RiskLevel,
  SEVERITIES,
  SIGNAL_IDS,
  type SignalId,
} from '@vedette/contracts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePolicy } from './compile-policy.ts';
import { decide } from './decide.ts';
import { DEFAULT_POLICY } from './default-policy.ts';
import { explain } from './explain.ts';
import { aDocument, anApp, anInput, aPolicy, aRule, aSignal, aThreat, NOW } from './policy.fixture.ts';
import type { PolicyThreat } from './policy-input.ts';

const LOCK = aRule('signals["lock.screen"].status == "bad"', { id: 'lock' });

describe('decide', () => {
  it('calls a device compliant only with evidence that nothing is wrong', () => {
    const { decision } = decide(aPolicy(LOCK), anInput({ signals: [aSignal('lock.screen', 'ok')] }));
    expect(decision).toMatchObject({ compliance: 'compliant', riskLevel: 'none', fired: [], missing: [] });
  });

  it('fires with the reason, and counts the wait from the first moment', () => {
    const rule = {
      ...LOCK,
      actions: [{ id: 'tell', connector: 'email', audience: 'user', effect: 'notify', waitMinutes: 90, undo: true }],
    } satisfies PolicyRule;
    const input = anInput({ signals: [aSignal('lock.screen', 'bad')] });
    const first = decide(aPolicy(rule), input);
    expect(first.decision).toMatchObject({ compliance: 'non-compliant', riskLevel: 'high' });
    expect(first.decision.fired[0]).toMatchObject({ because: ['lock.screen'], since: NOW });
    expect(first.decision.wanted[0]).toMatchObject({ key: 'lock/tell', notBefore: '2026-11-22T13:30:00.000Z' });
    const later = decide(aPolicy(rule), { ...input, now: '2026-11-22T20:00:00.000Z', ruleSince: first.ruleSince });
    expect(later.decision.wanted[0]?.notBefore).toBe('2026-11-22T13:30:00.000Z');
  });

  it('does not believe a rule to have fired since the future', () => {
    const { ruleSince } = decide(
      aPolicy(LOCK),
      anInput({ signals: [aSignal('lock.screen', 'bad')], ruleSince: { lock: '2027-01-01T00:00:00.000Z' } }),
    );
    expect(ruleSince).toEqual({ lock: NOW });
  });

  it('is unknown, not compliant, when a condition ends in an error', () => {
    const { decision } = decide(aPolicy(aRule('device.sdkLevel < 29')), anInput());
    expect(decision).toMatchObject({ compliance: 'unknown', riskLevel: 'unknown', errors: [{ ruleId: 'rule' }] });
  });

  it.each([
    ['the signal is unknown', anInput({ signals: [aSignal('lock.screen', 'unknown')] }), ['lock.screen']],
    ['the signal is absent', anInput(), ['lock.screen']],
    [
      'the device never reported',
      anInput({ signals: [aSignal('lock.screen', 'ok')], device: { ...anInput().device, lastReportAt: null } }),
      ['report'],
    ],
    [
      'the last report is too old',
      anInput({
        signals: [aSignal('lock.screen', 'ok')],
        device: { ...anInput().device, lastReportAt: '2026-11-01T00:00:00.000Z' },
      }),
      ['report'],
    ],
  ])('is unknown when %s', (_, input, missing) => {
    expect(decide(aPolicy(LOCK), input).decision).toMatchObject({
      compliance: 'unknown',
      riskLevel: 'unknown',
      missing,
    });
  });

  it('does not wait for what the platform cannot answer', () => {
    const { device } = anInput();
    const input = anInput({ device: { ...device, facts: { ...device.facts, platform: 'ios' } } });
    expect(decide(aPolicy(aRule('signals["integrity.selinux"].status == "bad"')), input).decision.compliance).toBe(
      'compliant',
    );
    expect(decide(aPolicy(LOCK), input).decision.compliance).toBe('unknown');
  });

  it('keeps firing on a signal that went silent while its threat is open, and stops when the threat is ignored', () => {
    const silent = { signals: [aSignal('lock.screen', 'unknown')] };
    const open = decide(aPolicy(LOCK), anInput({ ...silent, threats: [aThreat('device:lock.screen')] }));
    expect(open.decision).toMatchObject({ compliance: 'non-compliant', fired: [{ because: ['lock.screen'] }] });
    const ignored = anInput({
      signals: [aSignal('lock.screen', 'bad')],
      threats: [aThreat('device:lock.screen', { state: 'ignored' })],
    });
    expect(decide(aPolicy(LOCK), ignored).decision.compliance).toBe('compliant');
  });

  it('names each of several threats that suffice, and none that do not matter', () => {
    const rule = aRule('threats.exists(t, t.type == "malicious-app")');
    const threats = [
      aThreat('app:a', { type: 'malicious-app' }),
      aThreat('app:b', { type: 'malicious-app' }),
      aThreat('device:lock.screen', { type: 'no-screen-lock' }),
    ];
    expect(decide(aPolicy(rule), anInput({ threats })).decision.fired[0]?.because).toEqual(['app:a', 'app:b']);
  });

  it('names facts that only together make a rule fire', () => {
    const rule = aRule('signals["lock.screen"].status == "bad" && threats.exists(t, t.type == "rooted")');
    const input = anInput({ signals: [aSignal('lock.screen', 'bad')], threats: [aThreat('device:integrity.root')] });
    expect(decide(aPolicy(rule), input).decision.fired[0]?.because).toEqual(['lock.screen', 'device:integrity.root']);
    const two = aRule('threats.size() >= 2');
    const three = [aThreat('a'), aThreat('b'), aThreat('c')];
    expect(decide(aPolicy(two), anInput({ threats: three })).decision.fired[0]?.because).toEqual(['a', 'b', 'c']);
  });

  it('names the app, and no reason for a rule that fires when nothing is wrong', () => {
    const input = anInput({ apps: [anApp('com.bad', { label: 'Bad' }), anApp('com.good')] });
    expect(decide(aPolicy(aRule('apps.exists(a, a.label == "Bad")')), input).decision.fired[0]?.because).toEqual([
      'app:com.bad',
    ]);
    expect(decide(aPolicy(aRule('device.platform == "android"')), input).decision.fired[0]?.because).toEqual([]);
  });

  it('explains itself', () => {
    const input = anInput({ signals: [aSignal('lock.screen', 'bad')] });
    expect(explain(decide(aPolicy(LOCK), input).decision)).toEqual([
      'Not compliant. Risk: high.',
      `Rule (high, since ${NOW}), because of Screen lock.`,
    ]);
  });
});

describe('the default policy', () => {
  it('is a valid document and compiles', () => {
    expect(PolicyDocument.parse(DEFAULT_POLICY)).toEqual(DEFAULT_POLICY);
    expect(compilePolicy(DEFAULT_POLICY)).not.toHaveProperty('errors');
  });
});

describe('compilePolicy', () => {
  it('reports every error with its path', () => {
    const rules = [LOCK, { ...LOCK, when: 'nope', enabled: false }];
    expect(compilePolicy(aDocument(rules))).toEqual({
      errors: [
        { path: 'rules.1.id', message: 'another rule has the same id' },
        { path: 'rules.1.when', message: expect.stringContaining('nope') },
      ],
    });
  });
});

const RISK_ORDER: readonly RiskLevel[] = ['critical', 'high', 'medium', 'low', 'none', 'unknown'];
const aRandomThreat: fc.Arbitrary<PolicyThreat> = fc
  .record({
    key: fc.constantFrom('device:integrity.root', 'device:lock.screen', 'app:a', 'app:b', 'network:cafe'),
    type: fc.constantFrom('rooted', 'no-screen-lock', 'malicious-app', 'risky-app', 'tls-interception'),
    kind: fc.constantFrom('device' as const, 'app' as const, 'network' as const),
    severity: fc.constantFrom(...SEVERITIES),
  })
  .map(({ key, ...more }) => aThreat(key, more));
const someSignals = fc
  .uniqueArray(
    fc.record({
      id: fc.constantFrom<SignalId>(...SIGNAL_IDS),
      status: fc.constantFrom('ok' as const, 'bad' as const, 'unknown' as const),
    }),
    { selector: (one) => one.id },
  )
  .map((list) => list.map((one) => aSignal(one.id, one.status)));
const someThreats = fc.uniqueArray(aRandomThreat, { selector: (one) => one.key, maxLength: 5 });

describe('a decision under the default policy', () => {
  const policy = aPolicy(...DEFAULT_POLICY.rules);

  it('never gets better by one more threat', () => {
    fc.assert(
      fc.property(someSignals, someThreats, aRandomThreat, (signals, threats, extra) => {
        fc.pre(!threats.some((threat) => threat.key === extra.key));
        const before = decide(policy, anInput({ signals, threats })).decision;
        const after = decide(policy, anInput({ signals, threats: [...threats, extra] })).decision;
        expect(RISK_ORDER.indexOf(after.riskLevel)).toBeLessThanOrEqual(RISK_ORDER.indexOf(before.riskLevel));
        if (before.compliance === 'non-compliant') expect(after.compliance).toBe('non-compliant');
      }),
    );
  });

  it('is the same for the same input, and never compliant with evidence missing', () => {
    fc.assert(
      fc.property(someSignals, someThreats, (signals, threats) => {
        const input = anInput({ signals, threats });
        const first = decide(policy, input);
        expect(decide(policy, input)).toEqual(first);
        if (first.decision.compliance === 'compliant') expect(first.decision.missing).toEqual([]);
      }),
    );
  });

  it('is none when all rules are off', () => {
    const off = aPolicy(...DEFAULT_POLICY.rules.map((rule) => ({ ...rule, enabled: false })));
    fc.assert(
      fc.property(someSignals, someThreats, (signals, threats) => {
        const { decision } = decide(off, anInput({ signals, threats }));
        expect(decision).toMatchObject({ riskLevel: 'none', compliance: 'compliant', fired: [], wanted: [] });
      }),
    );
  });
});
