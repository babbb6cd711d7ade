import { rateText, UsageCurve, type UsageWindow } from '@vedette/contracts';
import { describe, expect, it } from 'vitest';
import { app } from '../testing/evidence.ts';
import { usageCurves } from './usage-curves.ts';
import { usageSeries } from './usage-series.ts';
import { watchUsage } from './watch-usage.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-10-01T00:00:00Z');
const iso = (hours: number): string => new Date(START + hours * HOUR).toISOString();
const NOW = START + 60 * 24 * HOUR;

/** What was read at some hour of one charge that began at hour 0. */
const charge = (
  until: number,
  unpluggedHours: number,
  used: Readonly<Record<string, number>>,
  from = 0,
): UsageWindow => ({
  from: iso(from),
  to: iso(until),
  source: 'agent',
  metrics: ['energy', 'background-energy'],
  unpluggedSeconds: unpluggedHours * 3600,
  capacityMah: 4000,
  apps: Object.entries(used).map(([name, amount]) => ({
    package: name,
    used: { energy: amount + 10, 'background-energy': amount },
  })),
});
const rates = (windows: readonly UsageWindow[], name = 'a.b') =>
  usageSeries(windows, [], NOW)
    .find((one) => one.package === name && one.metric === 'background-energy')
    ?.points.map(({ rate }) => rate);

describe('use over time', () => {
  it('is what came between readings of one charge, per hour without a charger', () => {
    const series = usageSeries([charge(6, 5, { 'a.b': 10 }), charge(12, 9, { 'a.b': 18 })], [], NOW);
    expect(series[0]?.points).toEqual([
      { at: START + 6 * HOUR, hours: 5, rate: 2, inFront: 2 },
      { at: START + 12 * HOUR, hours: 4, rate: 2, inFront: 0 },
    ]);
  });

  it('begins anew with the next charge', () => {
    expect(rates([charge(6, 5, { 'a.b': 10 }), charge(18, 4, { 'a.b': 2 }, 12)])).toEqual([2, 0.5]);
  });

  it('is zero for an app that was counted and used nothing, and nothing for one that was not there', () => {
    const windows = [charge(6, 5, { 'c.d': 1 }), charge(18, 4, { 'a.b': 2 }, 12)];
    expect(rates(windows)).toEqual([0, 0.5]);
    const came = usageSeries(windows, [app('a.b', { firstInstalledAt: iso(11) })], NOW).find(
      (one) => one.package === 'a.b',
    );
    expect(came?.points.map(({ rate }) => rate)).toEqual([0.5]);
  });

  it('is not known where a counter went down, where readings overlap, or the charger was in all the time', () => {
    expect(rates([charge(6, 5, { 'a.b': 10 }), charge(12, 9, { 'a.b': 3 })])).toEqual([2, null]);
    expect(rates([charge(6, 5, { 'a.b': 10 }), charge(12, 9, { 'a.b': 18 }, 3)])).toEqual([2]);
    expect(rates([charge(6, 5, { 'a.b': 10 }), charge(12, 5, { 'a.b': 10 })])).toEqual([2, null]);
  });

  it('takes the fuller one of two readings of the same time, and none of what is not over', () => {
    const traffic = (from: number, bytes: number, source: UsageWindow['source']): UsageWindow => ({
      from: iso(from),
      to: iso(from + 6),
      source,
      metrics: ['bytes', 'background-bytes'],
      unpluggedSeconds: null,
      capacityMah: null,
      apps: [{ package: 'a.b', used: { bytes, 'background-bytes': bytes } }],
    });
    const windows = [traffic(0, 600, 'adb'), traffic(0, 1200, 'bugreport'), traffic(60 * 24 - 3, 9, 'adb')];
    expect(usageSeries(windows, [], NOW)).toMatchObject([
      { metric: 'background-bytes', points: [{ hours: 6, rate: 200 }] },
    ]);
  });

  it('is the same in whatever order windows and apps come', () => {
    const windows = [
      charge(6, 5, { 'a.b': 10, 'c.d': 4 }),
      charge(12, 9, { 'a.b': 18, 'c.d': 5 }),
      charge(30, 5, { 'c.d': 9 }, 20),
    ];
    const turned = windows.toReversed().map((one) => ({ ...one, apps: one.apps.toReversed() }));
    const sorted = (list: readonly UsageWindow[]) =>
      usageSeries(list, [], NOW).toSorted((a, b) => (a.package < b.package ? -1 : 1));
    expect(sorted(turned)).toEqual(sorted(windows));
  });
});

describe('watching', () => {
  const windows = Array.from({ length: 200 }, (_, index) =>
    charge(index * 6 + 6, 5, { 'a.miner': index < 150 ? 1 + (index % 3) : 60, 'c.calm': 2 + (index % 2) }, index * 6),
  );

  it('calls the app that rises, with its curve, its band and the moment', () => {
    const found = watchUsage(windows, [], NOW).filter(({ calls }) => calls.length > 0);
    expect(found.map((one) => one.package)).toEqual(['a.miner']);
    const curves = usageCurves(windows, [], new Date(NOW).toISOString());
    expect(curves.map((one) => UsageCurve.parse(one).package)).toEqual(['a.miner', 'c.calm']);
    expect(curves[0]?.since).toBe(iso(150 * 6 + 1));
    expect(curves[0]?.calledAt && curves[0].calledAt < iso(165 * 6)).toBe(true);
    expect(curves[1]?.calledAt).toBeNull();
    const last = curves[0]?.points.find(({ at }) => at === iso(149 * 6));
    expect(last?.high).toBeGreaterThan(last?.rate ?? 0);
  });

  it('puts a rise down to a new version that the list of apps tells of', () => {
    const updated = [app('a.miner', { updatedAt: iso(150 * 6) })];
    expect(watchUsage(windows, updated, NOW).flatMap(({ calls }) => calls.map(({ kind }) => kind))).toEqual([
      'new-version',
    ]);
  });
});

it('rates read as people say them', () => {
  expect(rateText('background-energy', 12.34)).toBe('12 mAh an hour');
  expect(rateText('background-bytes', 4_210_000)).toBe('4.2 MB an hour');
  expect(rateText('background-bytes', 800)).toBe('0.8 kB an hour');
  expect(rateText('wakelock', 630)).toBe('11 minutes an hour');
});
