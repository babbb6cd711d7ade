import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import { CONTEXT, evidenceOf, seen, signalFor } from './testing/evidence.ts';

const severityAt = (patchLevel: string, maxPatchAgeDays: number): string | undefined =>
  judge(evidenceOf([seen('agent.patch_level', patchLevel)]), { ...CONTEXT, maxPatchAgeDays }).findings.find(
    ({ ruleId }) => ruleId === 'device.patch-level.old',
  )?.severity;

const statusWith = (days: number): string =>
  signalFor('os.patch-level', [seen('agent.patch_level', '2026-10-23')], { ...CONTEXT, maxPatchAgeDays: days }).status;

describe('age of the patch level', () => {
  it.each([
    ['2026-08-05', 90, 'low'],
    ['2026-05-05', 90, 'medium'],
    ['2025-11-05', 90, 'high'],
    ['2026-05-05', 365, undefined],
    ['2026-11-01', 30, undefined],
  ])('%s with %i days allowed: %s', (level, allowed, severity) => {
    expect(severityAt(level, allowed)).toBe(severity);
  });

  it('is judged at the border to the day', () => {
    expect(statusWith(30)).toBe('ok');
    expect(statusWith(29)).toBe('bad');
  });
});
