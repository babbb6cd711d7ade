import { DeviceEvidence } from '@vedette/contracts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceAt } from './evidence-at.ts';
import { reportTimes } from './history.ts';
import { planFleet } from './plan-fleet.ts';
import { hasProblem, type Problem } from './profile.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const BAD_APP = { sha256: 'a'.repeat(64), package: 'com.example.torch' };
const plan = (devices = 200, seed = 'vedette', apps = [BAD_APP]) =>
  planFleet({ seed, devices, now: NOW, historyHours: 168, apps });

describe('planFleet', { timeout: 30_000 }, () => {
  it('gives the same fleet for the same seed, and another for another', () => {
    expect(plan()).toEqual(plan());
    expect(plan(200, 'other')).not.toEqual(plan());
  });

  it('has realistic shares: platforms, and problems at the moment of planning', () => {
    const fleet = plan();
    const now = (problem: Problem) => fleet.filter((profile) => hasProblem(profile, problem, 0)).length;
    expect(fleet).toHaveLength(200);
    expect(fleet.filter(({ model }) => model.platform === 'android')).toHaveLength(140);
    expect({
      outdated: now('outdated'),
      lock: now('no-screen-lock'),
      usb: now('usb-debugging'),
      sideloaded: now('sideloaded-app'),
      rooted: now('rooted'),
      attack: now('network-attack'),
      listed: now('listed-app'),
    }).toEqual({ outdated: 36, lock: 12, usb: 16, sideloaded: 20, rooted: 1, attack: 1, listed: 4 });
    expect(fleet.filter(({ silentFromHours }) => silentFromHours !== null)).toHaveLength(4);
    expect(fleet.filter(({ reticent }) => reticent)).toHaveLength(6);
  });

  it('lets problems begin and end over time', () => {
    const episodes = plan().flatMap((profile) => profile.episodes);
    expect(episodes.some(({ untilHours }) => untilHours !== null && untilHours < 0)).toBe(true);
    expect(episodes.some(({ untilHours }) => untilHours !== null && untilHours > 0)).toBe(true);
    expect(episodes.some(({ fromHours }) => fromHours !== null && fromHours > 0)).toBe(true);
    for (const { fromHours, untilHours } of episodes)
      expect(untilHours ?? Infinity).toBeGreaterThan(fromHours ?? -Infinity);
  });

  it('plans exactly one rooted phone and one attack for any seed and any size, and never hides them', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 2, max: 300 }), (seed, devices) => {
        const fleet = plan(devices, seed, []);
        const stars = fleet.filter(
          (profile) => hasProblem(profile, 'rooted', 0) || hasProblem(profile, 'network-attack', 0),
        );
        expect(fleet).toHaveLength(devices);
        expect(stars).toHaveLength(2);
        expect(stars.every(({ reticent, silentFromHours }) => !reticent && silentFromHours === null)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('keeps the rooted phone free of other shares, so that what is seen on it comes from one cause', () => {
    const rooted = plan().find((profile) => hasProblem(profile, 'rooted', 0));
    expect(rooted?.episodes.filter(({ problem }) => problem !== 'rooted' && problem !== 'listed-app')).toEqual([]);
  });
});

describe('evidenceAt', { timeout: 30_000 }, () => {
  it('is valid evidence for every device at every time', () => {
    for (const profile of plan())
      for (const atHours of [-168, -50, 0, 30])
        DeviceEvidence.parse(evidenceAt(profile, { atHours, now: NOW + atHours * 3_600_000, plannedAt: NOW }));
  });

  it('shows a problem while it is there and not before', () => {
    const profile = plan().find((one) => hasProblem(one, 'listed-app', 0) && !hasProblem(one, 'listed-app', -160));
    if (profile === undefined) throw new Error('no device got the listed app within the history');
    const builds = (atHours: number) =>
      evidenceAt(profile, { atHours, now: NOW, plannedAt: NOW }).apps.flatMap(({ sha256 }) => sha256 ?? []);
    expect([builds(-160), builds(0)]).toEqual([[], [BAD_APP.sha256]]);
  });

  it('tells of the attack only by an event and a probe, and of root by its traces', () => {
    const fleet = plan();
    const of = (problem: Problem) =>
      fleet
        .filter((profile) => hasProblem(profile, problem, 0))
        .map((profile) => evidenceAt(profile, { atHours: 0, now: NOW, plannedAt: NOW }));
    expect(of('network-attack').map(({ events }) => events.map(({ kind }) => kind))).toEqual([
      ['network.tls-interception'],
    ]);
    expect(of('rooted')[0]?.observations.find(({ key }) => key === 'root.binary')?.value).toBe('/debug_ramdisk/su');
  });

  it('gives a reticent device no inventory and no settings', () => {
    const profile = plan().find(({ reticent, model }) => reticent && model.platform === 'android');
    if (profile === undefined) throw new Error('no reticent Android device');
    const evidence = evidenceAt(profile, { atHours: 0, now: NOW, plannedAt: NOW });
    expect([evidence.apps.length, evidence.appsComplete]).toEqual([0, false]);
    expect(evidence.observations.some(({ key }) => key.startsWith('settings.'))).toBe(false);
  });
});

describe('reportTimes', () => {
  it('sends one report of the present when there is no history', () => {
    for (const profile of plan()) {
      const times = reportTimes(profile, 0);
      expect([times.length, (times[0] ?? 1) <= 0]).toEqual([1, true]);
    }
  });

  it('is in order, within the history, and ends with now or with silence', () => {
    for (const profile of plan()) {
      const times = reportTimes(profile, 168);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(times[0]).toBeGreaterThanOrEqual(-168);
      const last = times.at(-1) ?? Number.NaN;
      if (profile.silentFromHours === null) expect(last).toBeGreaterThan(-1);
      else expect(last).toBeLessThanOrEqual(-80 + 24);
    }
  });
});
