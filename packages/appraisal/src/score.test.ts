import type { Evidence } from '@vedette/contracts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toFinding } from './finding.ts';
import { RULES } from './rules/index.ts';
import { type FiredRule, scoreOf, sumOf } from './score.ts';
import { verdictOf } from './verdict.ts';
import { weigh } from './weigh.ts';

const at = (className: string): Evidence => ({ kind: 'code', file: 'classes.dex', class: className, note: '' });
const evidence = fc.array(fc.constantFrom(at('com.example.app.A'), at('androidx.work.A')), {
  minLength: 1,
  maxLength: 30,
});
const fired = fc.record({
  rule: fc.constantFrom(...RULES),
  hit: fc.record({ evidence, share: fc.constantFrom(1, 0.5, 0.25) }),
});
/** Each rule fires at most once. */
const firedSet = fc.uniqueArray(fired, { selector: ({ rule }) => rule.id, maxLength: 40 });
const RANK = ['benign', 'unknown', 'risky', 'malicious'];
const judge = (all: readonly FiredRule[], unknown = false): number => {
  const score = { malice: scoreOf(all, 'malice'), dataRisk: scoreOf(all, 'dataRisk') };
  const findings = all.map(({ rule, hit }) => toFinding(rule, hit));
  return RANK.indexOf(verdictOf(score, unknown ? [...findings, { status: 'unknown', severity: 'low' }] : findings));
};

describe('score', () => {
  it('is recomputable from its parts', () => {
    fc.assert(
      fc.property(firedSet, (all) => {
        const { value, parts } = scoreOf(all, 'malice');
        const sum = parts.reduce((total, part) => total + part.weight, 0);
        expect(value).toBeCloseTo(Math.min(100, sum), 6);
        expect(value).toBe(sumOf(parts));
      }),
    );
  });

  it('never falls, and the verdict never improves, when one more rule fires', () => {
    fc.assert(
      fc.property(firedSet, fired, fc.boolean(), (all, more, unknown) => {
        const before = all.filter(({ rule }) => rule.id !== more.rule.id);
        const after = [...before, more];
        for (const axis of ['malice', 'dataRisk'] as const) {
          expect(scoreOf(after, axis).value).toBeGreaterThanOrEqual(scoreOf(before, axis).value);
        }
        expect(judge(after, unknown)).toBeGreaterThanOrEqual(judge(before, unknown));
      }),
    );
  });

  it('never falls when a rule finds one more piece of evidence', () => {
    fc.assert(
      fc.property(fired, fc.constantFrom(at('com.example.app.B'), at('kotlin.B')), ({ rule, hit }, piece) => {
        const more = { ...hit, evidence: [...hit.evidence, piece] };
        expect(weigh(rule.malice, more)).toBeGreaterThanOrEqual(weigh(rule.malice, hit));
        expect(weigh(rule.dataRisk, more)).toBeGreaterThanOrEqual(weigh(rule.dataRisk, hit));
      }),
    );
  });

  it('does not depend on the order in which rules fired', () => {
    fc.assert(
      fc.property(firedSet, (all) => {
        expect(scoreOf(all.toReversed(), 'dataRisk')).toEqual(scoreOf(all, 'dataRisk'));
      }),
    );
  });

  it('gives unknown instead of benign, and nothing milder than risky, where something was not read', () => {
    expect(judge([], false)).toBe(RANK.indexOf('benign'));
    expect(judge([], true)).toBe(RANK.indexOf('unknown'));
  });

  it('does not call an app benign that has a finding of severity high', () => {
    for (const rule of RULES) {
      const hit = { evidence: [at('com.example.app.A')] };
      if (toFinding(rule, hit).severity === 'high') expect(judge([{ rule, hit }]), rule.id).toBe(RANK.indexOf('risky'));
    }
  });
});
