import type { Observation } from '@vedette/contracts';
import { describe, expect, it } from 'vitest';
import { judge } from '../judge.ts';
import { app, CONTEXT, evidenceOf, iosEvidence, rulesOf, seen, signalIn, withApps } from '../testing/evidence.ts';

const INTACT: readonly Observation[] = [
  seen('getprop.ro.boot.verifiedbootstate', 'green'),
  seen('getprop.ro.boot.flash.locked', '1'),
  seen('selinux.mode', 'Enforcing'),
  seen('root.binary.count', '0'),
  seen('mount.root-marker.count', '0'),
];
const APPS = [app('com.a')];
const heuristic = { source: 'agent', trust: 'heuristic' } as const;

function root(evidence: Parameters<typeof judge>[0]) {
  const judged = judge(evidence, CONTEXT);
  return {
    ...signalIn(judged, 'integrity.root'),
    rules: rulesOf(judged).filter((rule) => rule.startsWith('device.root')),
  };
}

describe('root', () => {
  it.each([
    ['root.binary', '/system/xbin/su', 'device.root.binary'],
    ['mount.root-marker', 'magisk on /sbin type tmpfs (rw)', 'device.root.mount'],
    ['process.root-marker', 'magiskd', 'device.root.process'],
  ])('is bad with %s', (key, value, rule) => {
    expect(root(withApps(APPS, [...INTACT, seen(key, value)]))).toMatchObject({ status: 'bad', rules: [rule] });
  });

  it('is ok in a whole capture of an intact phone, and says on whose word', () => {
    const signal = root(withApps(APPS, INTACT));
    expect(signal).toMatchObject({ status: 'ok', trust: 'os-reported', rules: [] });
    expect(signal.value).toContain('as the OS reports itself');
  });

  it.each(INTACT.map((observation) => [observation.key]))('is unknown when the capture lacks %s', (missing) => {
    expect(
      root(
        withApps(
          APPS,
          INTACT.filter((entry) => entry.key !== missing),
        ),
      ).status,
    ).toBe('unknown');
  });

  it('is unknown when the inventory is not whole', () => {
    expect(root({ ...withApps(APPS, INTACT), appsComplete: false }).status).toBe('unknown');
  });

  it('a heuristic alone is a finding and no verdict', () => {
    for (const key of ['agent.root.su-path', 'root.binary']) {
      const signal = root(evidenceOf([seen(key, '/system/xbin/su', heuristic)]));
      expect(signal).toMatchObject({ status: 'unknown', rules: ['device.root.heuristic'] });
      expect(signal.reason).toContain('heuristics');
    }
  });

  it('a key of the agent’s own checks stays a heuristic whatever grade it claims', () => {
    const claimed = seen('agent.root.su-path', '/sbin/su', { source: 'agent', trust: 'os-reported' });
    expect(root(evidenceOf([claimed])).status).toBe('unknown');
  });

  it('an agent that saw nothing has proven nothing', () => {
    const signal = root(evidenceOf([seen('agent.root.checks', '12', heuristic)]));
    expect(signal.status).toBe('unknown');
    expect(signal.reason).toContain('only an attestation can prove');
  });

  it('the managing app alone is a finding; over an unlocked bootloader it is root', () => {
    const apps = [app('me.weishu.kernelsu', { installer: null })];
    expect(root(withApps(apps, INTACT))).toMatchObject({ status: 'unknown', rules: ['device.root.manager'] });
    const unlocked = seen('getprop.ro.boot.flash.locked', '0');
    expect(root(withApps(apps, [unlocked]))).toMatchObject({ status: 'bad', value: 'KernelSU installed, unlocked' });
  });

  it('is ok when verified boot and a locked bootloader are attested', () => {
    const attested = { source: 'key-attestation', trust: 'hardware-attested' } as const;
    const boot = seen('attestation.boot-state', 'VERIFIED', attested);
    const lock = seen('attestation.device-locked', 'true', attested);
    expect(root(evidenceOf([boot, lock]))).toMatchObject({ status: 'ok', trust: 'hardware-attested' });
    expect(root(evidenceOf([boot])).status).toBe('unknown');
    const stale = { observedAt: '2026-10-01T00:00:00.000Z', collectedAt: '2026-10-01T00:00:00.000Z' };
    expect(
      root(
        evidenceOf([
          { ...boot, ...stale },
          { ...lock, ...stale },
        ]),
      ).status,
    ).toBe('unknown');
  });

  it('strong evidence stands against an attestation', () => {
    const attested = { source: 'key-attestation', trust: 'hardware-attested' } as const;
    const evidence = evidenceOf([
      seen('attestation.boot-state', 'VERIFIED', attested),
      seen('attestation.device-locked', 'true', attested),
      seen('process.root-marker', 'magiskd'),
    ]);
    expect(root(evidence).status).toBe('bad');
  });

  it('a jailbreak seen by the agent on iOS is a heuristic', () => {
    const signal = root(iosEvidence([seen('ios.jailbreak.path', '/var/jb', heuristic)]));
    expect(signal).toMatchObject({ status: 'unknown', rules: ['device.root.heuristic'] });
  });
});
