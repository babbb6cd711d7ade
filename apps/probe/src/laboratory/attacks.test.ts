import { createNodeHost } from '@vedette/bytes/node';
import { PROBE_FINDINGS, ProbeReport } from '@vedette/contracts';
import { verifyReport } from '@vedette/network';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ATTACKS } from './attacks.ts';
import { type Laboratory, openLaboratory, runCase } from './laboratory.ts';

let laboratory: Laboratory;
beforeAll(async () => {
  laboratory = await openLaboratory();
});
afterAll(() => laboratory[Symbol.asyncDispose]());

describe('an agent whose network is attacked', () => {
  it('is tried in at least 45 set-ups, each with a name of its own', () => {
    expect(ATTACKS.length).toBeGreaterThanOrEqual(45);
    expect(new Set(ATTACKS.map(({ name }) => name)).size).toBe(ATTACKS.length);
  });

  it.concurrent.each(ATTACKS.map((one) => [one.expect ?? '', one.name, one] as const))(
    'says %s where somebody: %s',
    async (id, _name, one) => {
      const { report, fired } = await runCase(laboratory, one);
      expect(fired).toBeGreaterThan(0);
      const alarms = report.findings.filter(({ severity }) => severity === 'high' || severity === 'medium');
      expect(alarms.map((finding) => finding.id)).toContain(id);
      const [worst] = alarms;
      // What says most is the worst, or as bad as it.
      expect(alarms.find((finding) => finding.id === id)?.severity).toBe(worst?.severity);
      expect(alarms.map(({ severity }) => severity)).toContain(PROBE_FINDINGS[one.expect ?? 'probe.inconclusive']);
      // The report alone is enough to come to the same, wherever it is read.
      const read = ProbeReport.parse(JSON.parse(JSON.stringify(report)));
      expect(
        verifyReport(read, laboratory.server.target.keys, createNodeHost()).checks.filter(({ ok }) => !ok),
      ).toEqual([]);
    },
  );
});
