import { type Appraisal, Appraisal as AppraisalSchema, type Suppression } from '@vedette/contracts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainAppraisal } from '../explanation/explain-appraisal.ts';
import { RULES } from '../rules/index.ts';
import { appraised, DEBUG_APP } from '../testing/appraised.ts';
import { applySuppressions, withoutSuppressions } from './apply-suppressions.ts';

const NOW = '2026-06-15T12:00:00Z';
const DEBUGGABLE = 'android.manifest.debuggable';
const suppression = (over: Partial<Suppression> = {}): Suppression => ({
  rule: DEBUGGABLE,
  reason: 'a test build on purpose',
  until: '2026-12-31',
  ...over,
});
const app = appraised(DEBUG_APP);
const finding = (appraisal: Appraisal, ruleId: string) => appraisal.findings.find((one) => one.ruleId === ruleId);

describe('applySuppressions', () => {
  it('keeps the finding, marks it and lets it count for nothing', () => {
    const judged = applySuppressions(app, [suppression({ by: 'Ada' })], NOW);
    expect(finding(judged, DEBUGGABLE)?.suppressed).toEqual({
      reason: 'a test build on purpose',
      until: '2026-12-31',
      by: 'Ada',
    });
    expect(judged.findings).toHaveLength(app.findings.length);
    expect(judged.score.dataRisk.parts.map(({ ruleId }) => ruleId)).not.toContain(DEBUGGABLE);
    expect(judged.score.dataRisk.value).toBeLessThan(app.score.dataRisk.value);
    expect(judged.suppression).toMatchObject({
      suppressed: 1,
      without: { verdict: app.verdict, malice: app.score.malice.value, dataRisk: app.score.dataRisk.value },
      warnings: [],
    });
    expect(AppraisalSchema.parse(judged)).toEqual(judged);
  });

  it('changes the verdict when nothing is left that carries it', () => {
    expect(app.verdict).toBe('risky');
    const all = app.findings
      .filter(({ status }) => status === 'bad')
      .map(({ ruleId }) => suppression({ rule: ruleId }));
    expect(applySuppressions(app, all, NOW)).toMatchObject({
      verdict: 'benign',
      classes: [],
      score: { malice: { value: 0 }, dataRisk: { value: 0 } },
    });
  });

  it('never makes an app benign of which something could not be read', () => {
    const unread = appraised({ code: [] });
    const all = unread.findings.map(({ ruleId }) => suppression({ rule: ruleId }));
    const judged = applySuppressions(unread, all, NOW);
    expect(judged.verdict).toBe('unknown');
    expect(judged.suppression?.warnings.join(' ')).toContain('cannot be suppressed');
  });

  it('holds through its last day and not a moment longer', () => {
    const until = [suppression({ until: '2026-06-15' })];
    expect(applySuppressions(app, until, '2026-06-15T23:59:59Z').suppression?.suppressed).toBe(1);
    const over = applySuppressions(app, until, '2026-06-16T00:00:00Z');
    expect(over.suppression).toMatchObject({
      suppressed: 0,
      warnings: [expect.stringMatching(/debuggable ran out on 2026-06-15.*counts again/)],
    });
    expect(over.score).toEqual(app.score);
  });

  it.each([
    ['another package', { package: 'com.other' }],
    ['another file', { sha256: '00'.repeat(32) }],
    ['another signer', { signer: '00'.repeat(32) }],
    ['another rule', { rule: 'android.manifest.none' }],
  ])('does nothing where it is for %s', (_what, over) => {
    expect(applySuppressions(app, [suppression(over)], NOW).suppression?.suppressed).toBe(0);
  });

  it('holds for the package, file and signer that it names', () => {
    const [signer] = app.app.signers;
    const over = { package: app.app.package, sha256: app.file.sha256, signer: signer?.sha256 ?? '' };
    expect(applySuppressions(app, [suppression(over)], NOW).suppression?.suppressed).toBe(1);
  });

  it('does not take a certificate for a signer whose signature does not verify', () => {
    const forged = appraised({ ...DEBUG_APP, signers: [{ verified: 'failed' }] });
    const signer = forged.app.signers[0]?.sha256 ?? '';
    expect(applySuppressions(forged, [suppression({ signer })], NOW).suppression?.suppressed).toBe(0);
  });

  it('covers a finding whole or not at all', () => {
    const rule = 'android.manifest.debuggable';
    const two: Appraisal = {
      ...app,
      findings: app.findings.map((one) =>
        one.ruleId === rule
          ? {
              ...one,
              evidence: [
                { kind: 'code', file: 'classes.dex', class: 'com.a.B', method: 'c()V', note: '' },
                { kind: 'file', path: 'assets/x.js', note: '' },
              ],
            }
          : one,
      ),
    };
    const half = applySuppressions(two, [suppression({ where: 'com.a.*' })], NOW);
    expect(half.suppression).toMatchObject({
      suppressed: 0,
      warnings: [expect.stringContaining('covers 1 of its 2 places')],
    });
    const both = [suppression({ where: 'com.a.B.c' }), suppression({ where: 'assets/**', until: '2026-07-01' })];
    const whole = applySuppressions(two, both, NOW);
    expect(finding(whole, rule)?.suppressed?.until).toBe('2026-07-01');
    const more = { ...two, findings: two.findings.map((one) => ({ ...one, evidenceOmitted: 3 })) };
    expect(applySuppressions(more, both, NOW).suppression?.suppressed).toBe(0);
  });

  it('keeps the verdict where the report does not say what kind its parts are', () => {
    const strip = (parts: Appraisal['score']['malice']['parts']) =>
      parts.map(({ ruleId, ruleVersion, weight }) => ({ ruleId, ruleVersion, weight }));
    const old: Appraisal = {
      ...app,
      score: {
        malice: { ...app.score.malice, parts: strip(app.score.malice.parts) },
        dataRisk: { ...app.score.dataRisk, parts: strip(app.score.dataRisk.parts) },
      },
    };
    const all = app.findings.map(({ ruleId }) => suppression({ rule: ruleId }));
    const [one] = all;
    expect(applySuppressions(old, one === undefined ? [] : [one], NOW).verdict).toBe(app.verdict);
  });

  it('can be taken back exactly, and gives a report that adds up', () => {
    fc.assert(
      fc.property(fc.subarray(app.findings.map(({ ruleId }) => ruleId)), (rules) => {
        const list = rules.map((rule) => suppression({ rule }));
        const judged = applySuppressions(app, list, NOW);
        expect(explainAppraisal(judged, RULES).faults).toEqual([]);
        expect(withoutSuppressions(judged)).toEqual(app);
        expect(applySuppressions(judged, [], NOW)).toMatchObject({ score: app.score, verdict: app.verdict });
      }),
    );
  });

  it('refuses a present that is no date', () => {
    expect(() => applySuppressions(app, [], 'soon')).toThrow(RangeError);
  });
});
