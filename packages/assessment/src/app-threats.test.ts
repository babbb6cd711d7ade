import { describe, expect, it } from 'vitest';
import { appDrafts, appraisedSignal } from './app-threats.ts';
import { anApp, anAppraisal, anInput } from './assessment.fixture.ts';

const BAD = 'a'.repeat(64);
const GOOD = 'b'.repeat(64);
const appraisals = new Map([
  [BAD, anAppraisal(BAD, { verdict: 'malicious', malice: 85, dataRisk: 75 })],
  [GOOD, anAppraisal(GOOD)],
]);

describe('appDrafts', () => {
  it('makes a threat per axis of a bad app, and none of a good or unknown one', () => {
    const apps = [anApp('bad', BAD), anApp('good', GOOD), anApp('other', 'c'.repeat(64)), anApp('none', null)];
    expect(appDrafts(anInput({ apps, appraisals }))).toMatchObject([
      { key: 'app:bad', type: 'malicious-app', severity: 'critical', subject: 'bad' },
      { key: 'app:bad:data-risk', type: 'risky-app', severity: 'medium' },
    ]);
  });

  it('lets no app write its own title', () => {
    const label = `\u202eelgooG\n${'x'.repeat(300)}`;
    const [draft] = appDrafts(anInput({ apps: [anApp('bad', BAD, { label })], appraisals }));
    expect(draft?.title).toBe(`elgooG ${'x'.repeat(72)}… is malicious`);
  });

  it('goes by the threshold of the policy', () => {
    const risky = new Map([[GOOD, anAppraisal(GOOD, { verdict: 'risky', malice: 40 })]]);
    const apps = [anApp('app', GOOD)];
    expect(appDrafts(anInput({ apps, appraisals: risky }))).toEqual([]);
    const policy = { ...anInput().policy, appThresholds: { malice: 30, dataRisk: 70 } };
    expect(appDrafts(anInput({ apps, appraisals: risky, policy }))).toMatchObject([
      { key: 'app:app', type: 'suspicious-app', severity: 'medium' },
    ]);
  });

  it('calls no app malicious that the verdict does not, however high its score', () => {
    const risky = new Map([[GOOD, anAppraisal(GOOD, { verdict: 'risky', malice: 95 })]]);
    const [draft] = appDrafts(anInput({ apps: [anApp('app', GOOD)], appraisals: risky }));
    expect(draft).toMatchObject({ type: 'suspicious-app', severity: 'high', title: 'app shows signs of malice' });
  });
});

describe('apps.appraised', () => {
  const status = (more: Parameters<typeof anInput>[0]) => appraisedSignal(anInput({ appraisals, ...more })).status;

  it('is ok only when every app that is not the system’s was judged', () => {
    expect(status({ apps: [anApp('good', GOOD), anApp('android', null, { system: true })] })).toBe('ok');
    expect(status({ apps: [anApp('good', GOOD), anApp('other', null)] })).toBe('unknown');
    expect(status({ apps: [anApp('good', GOOD)], appsComplete: false })).toBe('unknown');
    expect(status({ apps: [] })).toBe('unknown');
    expect(status({ apps: [anApp('bad', BAD), anApp('other', null)] })).toBe('bad');
  });
});
