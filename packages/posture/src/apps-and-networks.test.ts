import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import {
  app,
  CONTEXT,
  evidenceOf,
  NOW,
  RECENT,
  rulesOf,
  seen,
  signalFor,
  signalIn,
  withApps,
} from './testing/evidence.ts';

describe('apps', () => {
  it('sideloaded apps: one finding each; approved ones do not count', () => {
    const evidence = withApps([
      app('com.store.app'),
      app('com.by.hand', { installer: null }),
      app('com.by.browser', { installer: 'com.android.chrome' }),
      app('com.android.thing', { installer: null, system: true }),
    ]);
    const judged = judge(evidence, CONTEXT);
    expect(signalIn(judged, 'apps.sideloaded')).toMatchObject({
      status: 'bad',
      value: '2: com.by.hand, com.by.browser',
    });
    expect(rulesOf(judged)).toEqual(['device.app.sideloaded', 'device.app.sideloaded']);
    const approved = judge(evidence, { ...CONTEXT, approvedPackages: ['com.by.hand', 'com.by.browser'] });
    expect(signalIn(approved, 'apps.sideloaded').status).toBe('ok');
  });

  it('none among an inventory that is whole is ok, none among a part of it unknown', () => {
    expect(signalIn(judge(withApps([app('com.a')]), CONTEXT), 'apps.sideloaded').status).toBe('ok');
    const part = { ...withApps([app('com.a')]), appsComplete: false };
    expect(signalIn(judge(part, CONTEXT), 'apps.sideloaded').status).toBe('unknown');
    const lost = { ...withApps([app('com.a'), app('com.b')]), apps: [app('com.a')] };
    expect(signalIn(judge(lost, CONTEXT), 'apps.sideloaded').status).toBe('unknown');
  });

  it('a stale inventory says nothing', () => {
    const old = '2026-10-01T00:00:00.000Z';
    const evidence = {
      ...withApps([app('com.x', { installer: null })]),
      observations: [seen('apps.inventory', '1', { observedAt: old, collectedAt: old })],
    };
    const judged = judge(evidence, CONTEXT);
    expect(signalIn(judged, 'apps.sideloaded').status).toBe('unknown');
    expect(judged.findings).toEqual([]);
  });

  it('an accessibility service of a sideloaded app is worse', () => {
    const service = seen('settings.secure.enabled_accessibility_services', 'com.x/.S');
    const severity = (installer: string | null) =>
      judge(withApps([app('com.x', { installer })], [service]), CONTEXT).findings.find(
        (f) => f.ruleId === 'device.app.accessibility',
      )?.severity;
    expect(severity('com.android.vending')).toBe('medium');
    expect(severity(null)).toBe('high');
  });

  it('an accessibility service of the system is no finding', () => {
    const service = seen('settings.secure.enabled_accessibility_services', 'com.vendor.help/.S');
    const judged = judge(withApps([app('com.vendor.help', { system: true, installer: null })], [service]), CONTEXT);
    expect(signalIn(judged, 'apps.accessibility').status).toBe('ok');
  });
});

describe('network events', () => {
  const event = {
    kind: 'network.tls-interception',
    at: RECENT,
    source: 'network-probe',
    network: 'Cafe',
    host: 'bank.example',
    expected: 'A',
    seen: 'B',
    note: 'x',
  } as const;

  it('fresh tampering is bad, with the transcript as evidence', () => {
    const judged = judge(evidenceOf([], { events: [event] }), CONTEXT);
    expect(signalIn(judged, 'network.tampering')).toMatchObject({
      status: 'bad',
      value: 'TLS connections were intercepted on Cafe',
    });
    expect(judged.findings[0]?.evidence[0]).toMatchObject({ kind: 'network', host: 'bank.example', seen: 'B' });
  });

  it('old events and events of other kinds are not', () => {
    for (const other of [
      { ...event, at: '2026-11-01T00:00:00.000Z' },
      { ...event, kind: 'network.captive-portal' },
    ]) {
      expect(signalIn(judge(evidenceOf([], { events: [other] }), CONTEXT), 'network.tampering').status).toBe('unknown');
    }
  });

  it('a later clean probe takes the place of an earlier tampered one', () => {
    const probes = [
      seen('network.probe', 'tampered'),
      seen('network.probe', 'clean', { observedAt: NOW, collectedAt: NOW }),
    ];
    expect(signalFor('network.tampering', probes).status).toBe('ok');
  });
});
