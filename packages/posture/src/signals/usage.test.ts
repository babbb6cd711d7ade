import type { InstalledApp, UsageWindow } from '@vedette/contracts';
import { readDeviceEvidence, treeFromFiles } from '@vedette/forensics';
import { buildAdbAnswers, buildBugReport, describePhone, storeApp } from '@vedette/forensics/fixtures';
import { describe, expect, it } from 'vitest';
import { judge } from '../judge.ts';
import { app, CONTEXT, evidenceOf, NOW, seen, signalIn } from '../testing/evidence.ts';

const HOUR = 3_600_000;
const END = Date.parse(NOW) - 2 * HOUR;

/** Quarters of days until now; the amount in mAh is of each five hours without a charger. */
function energy(amounts: readonly number[], name = 'com.example.a'): UsageWindow[] {
  return amounts.map((amount, index) => {
    const to = END - (amounts.length - 1 - index) * 6 * HOUR;
    return {
      from: new Date(to - 6 * HOUR).toISOString(),
      to: new Date(to).toISOString(),
      source: 'adb',
      metrics: ['background-energy'],
      unpluggedSeconds: 5 * 3600,
      capacityMah: 4000,
      apps: [{ package: name, used: { 'background-energy': amount } }],
      rawRef: 'adb/dumpsys_batterystats_c.txt:4',
    };
  });
}
const quiet = (count: number): number[] => Array.from({ length: count }, (_, index) => 1 + (index % 4));
const risen = [...quiet(100), ...Array.from({ length: 14 }, () => 60)];
const judged = (
  usage: UsageWindow[],
  apps: InstalledApp[] = [app('com.example.a')],
  observations = [seen('apps.inventory', '1')],
) => {
  const result = judge(evidenceOf(observations, { usage, apps }), CONTEXT);
  return {
    signal: signalIn(result, 'apps.usage'),
    findings: result.findings.filter(({ ruleId }) => ruleId === 'device.app.energy'),
  };
};

describe('use by apps', () => {
  it('is bad when one uses unusually much, with since when, how much, and where it stands', () => {
    const { signal, findings } = judged(energy(risen));
    expect(signal).toMatchObject({
      status: 'bad',
      value: '1: com.example.a',
      source: 'adb',
      rawRef: 'adb/dumpsys_batterystats_c.txt:4',
    });
    expect(findings).toMatchObject([
      { severity: 'medium', title: 'com.example.a uses unusually much: energy in the background' },
    ]);
    expect(findings[0]?.description).toMatch(
      /^Since 2026-11-19 \d\d:\d\d UTC com\.example\.a used [\d.]+ mAh an hour beyond the 0\.6 mAh an hour/,
    );
    expect(findings[0]?.evidence[0]).toMatchObject({ rawRef: 'adb/dumpsys_batterystats_c.txt:4' });
  });

  it.each<[string, Partial<InstalledApp>, string[]]>([
    ['did not come from a store', { installer: null }, []],
    ['was installed only days before', { firstInstalledAt: '2026-11-15T00:00:00.000Z' }, []],
    ['may read and control the screen', {}, ['com.example.a/.Watch']],
  ])('is high where the app %s', (words, about, services) => {
    // An app that came late has no history before it.
    const usage =
      about.firstInstalledAt === undefined
        ? energy(risen)
        : energy([...quiet(100), ...Array.from({ length: 14 }, () => 300)]);
    const { findings } = judged(
      usage,
      [app('com.example.a', about)],
      [seen('apps.inventory', '1'), ...services.map((one) => seen('accessibility.service', one))],
    );
    expect(findings[0]?.severity).toBe(about.firstInstalledAt === undefined ? 'high' : 'medium');
    expect(findings[0]?.description).toContain(words);
  });

  it('is only noted where a new version began to use more', () => {
    const updatedAt = new Date(END - 14 * 6 * HOUR).toISOString();
    const { signal, findings } = judged(energy(risen), [app('com.example.a', { updatedAt })]);
    expect(findings).toMatchObject([
      { severity: 'low', title: 'com.example.a uses more since its new version: energy in the background' },
    ]);
    expect(signal.status).not.toBe('bad');
  });

  it('is ok only with history enough to tell', () => {
    expect(judged(energy(quiet(100))).signal).toMatchObject({
      status: 'ok',
      value: 'nothing unusual in 1 app: energy in the background',
    });
    expect(judged(energy(quiet(8))).signal).toMatchObject({
      status: 'unknown',
      reason: 'There are 2 days of history of what apps use; from ten on unusual use can be told from normal.',
    });
  });

  it('is unknown where nothing tells, or it was told long ago', () => {
    expect(judged([]).signal).toMatchObject({ status: 'unknown', reason: 'The evidence does not tell what apps use.' });
    const old = energy(quiet(100)).slice(0, 60);
    expect(judged(old).signal).toMatchObject({ status: 'unknown', reason: 'What apps use was told too long ago.' });
  });

  it.each([
    ['a bug report', buildBugReport],
    ['ADB answers', buildAdbAnswers],
  ])('is seen in one capture where it is huge, from the bytes of %s', (_, build) => {
    const name = 'com.example.miner';
    const none = { cpuSeconds: 9, wakelockSeconds: 9, bytes: 9, backgroundBytes: 9 };
    const at = (mAh: number) => {
      const phone = describePhone({
        systemPackages: 3,
        apps: [storeApp(name, '1.0', 1)],
        usage: {
          chargedAt: Date.parse('2026-11-19T20:00:00Z'),
          hours: 14,
          unpluggedHours: 12,
          capacityMah: 4500,
          sinceCharge: [{ package: name, mAh, backgroundMah: mAh - 5, ...none }],
          traffic: [],
        },
      });
      const { value } = readDeviceEvidence(treeFromFiles(build(phone)), { now: '2026-11-20T18:00:00.000Z' });
      if (value === null) throw new Error('the capture was not recognised');
      return judge(value.evidence, { ...CONTEXT, now: '2026-11-20T18:00:00.000Z' });
    };
    const [finding] = at(600).findings.filter(({ ruleId }) => ruleId === 'device.app.energy');
    expect(finding).toMatchObject({ severity: 'low', title: `${name} uses much: energy in the background` });
    expect(signalIn(at(600), 'apps.usage').status).toBe('unknown');
    expect(at(60).findings.map(({ ruleId }) => ruleId)).not.toContain('device.app.energy');
  });
});
