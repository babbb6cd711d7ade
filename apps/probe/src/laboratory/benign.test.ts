import { isAtLeast } from '@vedette/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BENIGN } from './benign.ts';
import { type Laboratory, openLaboratory, runCase } from './laboratory.ts';

let laboratory: Laboratory;
beforeAll(async () => {
  laboratory = await openLaboratory();
});
afterAll(() => laboratory[Symbol.asyncDispose]());

describe('an agent whom nobody attacks', () => {
  it('is tried in at least 40 conditions, each with a name of its own', () => {
    expect(BENIGN.length).toBeGreaterThanOrEqual(40);
    expect(new Set(BENIGN.map(({ name }) => name)).size).toBe(BENIGN.length);
  });

  it.concurrent.each(BENIGN.map((one) => [one.name, one] as const))('raises no alarm: %s', async (_name, one) => {
    const { report, fired } = await runCase(laboratory, one);
    expect(fired).toBeGreaterThan(0);
    const alarms = report.findings.filter(({ severity }) => isAtLeast(severity, 'medium'));
    expect(alarms).toEqual([]);
    if (one.state !== undefined) expect(report.state).toBe(one.state);
  });
});
