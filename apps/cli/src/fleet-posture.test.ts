import type { SignalId } from '@vedette/contracts';
import { judge } from '@vedette/posture';
import { type DeviceProfile, evidenceAt, hasProblem, type Problem, planFleet } from '@vedette/testkit/fleet';
import { describe, expect, it } from 'vitest';

/** The simulator and the judging meet here: what the simulator means by a problem is what posture sees. */
const NOW = Date.UTC(2026, 10, 22, 12);
const FLEET = planFleet({ seed: 'vedette', devices: 200, now: NOW, historyHours: 168, apps: [] });

function badSignals(profile: DeviceProfile): readonly SignalId[] {
  const evidence = evidenceAt(profile, { atHours: 0, now: NOW, plannedAt: NOW });
  const context = { now: new Date(NOW).toISOString(), staleAfterHours: 72, maxPatchAgeDays: 180 };
  return judge(evidence, context).signals.flatMap(({ id, status }) => (status === 'bad' ? [id] : []));
}

const open = FLEET.filter(({ reticent }) => !reticent);
const having = (problem: Problem) => open.filter((profile) => hasProblem(profile, problem, 0));

describe('the simulated fleet as posture sees it', () => {
  it('finds nothing bad on a device that has no problem', () => {
    const healthy = open.filter(
      ({ episodes }) => !episodes.some(({ problem }) => hasProblem({ episodes }, problem, 0)),
    );
    expect(healthy.length).toBeGreaterThan(100);
    expect(healthy.flatMap((profile) => badSignals(profile).map((id) => `${profile.name}: ${id}`))).toEqual([]);
  });

  it.each<[Problem, SignalId]>([
    ['outdated', 'os.patch-level'],
    ['no-screen-lock', 'lock.screen'],
    ['usb-debugging', 'developer.usb-debugging'],
    ['sideloaded-app', 'apps.sideloaded'],
    ['rooted', 'integrity.root'],
    ['network-attack', 'network.tampering'],
  ])('sees %s as %s on every device that has it', (problem, signal) => {
    const devices = having(problem);
    expect(devices.length).toBeGreaterThan(0);
    expect(devices.filter((profile) => !badSignals(profile).includes(signal)).map(({ name }) => name)).toEqual([]);
  });

  it('reads mostly unknown on a reticent device, and not bad for it', () => {
    const quiet = FLEET.filter((profile) => profile.reticent && profile.model.platform === 'android');
    expect(quiet.length).toBeGreaterThan(0);
    for (const profile of quiet) {
      const evidence = evidenceAt(profile, { atHours: 0, now: NOW, plannedAt: NOW });
      const { signals } = judge(evidence, {
        now: new Date(NOW).toISOString(),
        staleAfterHours: 72,
        maxPatchAgeDays: 180,
      });
      expect(signals.filter(({ status }) => status === 'unknown').length).toBeGreaterThan(12);
    }
  });
});
