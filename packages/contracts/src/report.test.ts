import { describe, expect, it } from 'vitest';
import { Report } from './report.ts';

const at = '2026-11-22T10:00:00.000Z';

function reportFrom(source: string): unknown {
  return {
    schema: 'vedette.report/1',
    type: 'full',
    reportId: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
    deviceId: '6f9619ff-8b86-4d01-b42d-00cf4fc964fe',
    sequence: 1,
    createdAt: at,
    facts: {
      platform: 'android',
      manufacturer: null,
      model: null,
      osVersion: null,
      sdkLevel: null,
      build: null,
      patchLevel: null,
    },
    observations: [
      { key: 'lock.credential', value: 'PIN', source, trust: 'os-reported', observedAt: at, collectedAt: at },
    ],
    apps: [],
    appsComplete: false,
    events: [],
  };
}

describe('a report', () => {
  it.each(['agent', 'adb', 'bugreport', 'androidqf'])('may carry what the agent saw through %s', (source) => {
    expect(Report.safeParse(reportFrom(source)).success).toBe(true);
  });

  it.each(['key-attestation', 'play-integrity', 'app-attest', 'apple-mdm', 'android-management-api'])(
    'may not speak for %s',
    (source) => {
      expect(Report.safeParse(reportFrom(source)).error?.issues[0]?.path).toEqual(['observations', 0, 'source']);
    },
  );
});
