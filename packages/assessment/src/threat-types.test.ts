import { DEFAULT_POLICY } from '@vedette/policy';
import { DEVICE_RULES } from '@vedette/posture';
import { describe, expect, it } from 'vitest';
import { aFinding } from './assessment.fixture.ts';
import { deviceDrafts } from './device-threats.ts';
import { THREAT_TYPES } from './threat-types.ts';

describe('threat types', () => {
  it('are each named once', () => {
    expect(new Set(THREAT_TYPES).size).toBe(THREAT_TYPES.length);
  });

  it('contain what every rule of posture grows into', () => {
    for (const ruleId of Object.keys(DEVICE_RULES)) {
      const [draft] = deviceDrafts([aFinding(ruleId)]);
      expect(THREAT_TYPES, ruleId).toContain(draft?.type);
    }
  });

  it('contain what the default policy asks for', () => {
    const asked = DEFAULT_POLICY.rules.flatMap(({ when }) => {
      const parts = [...when.matchAll(/t\.type (?:==|in) (\[[^\]]*\]|"[^"]*")/g)].map((match) => match[1] ?? '');
      return parts.flatMap((part) => [...part.matchAll(/"([^"]*)"/g)].map((match) => match[1] ?? ''));
    });
    expect(asked.length).toBeGreaterThan(10);
    for (const type of asked) expect(THREAT_TYPES).toContain(type);
  });
});
