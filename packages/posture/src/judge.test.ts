import { Finding, SIGNAL_IDS, Signal } from '@vedette/contracts';
import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import { POWERS } from './signals/powers.ts';
import { CONTEXT, evidenceOf, iosEvidence, RECENT, rulesOf, seen, signalFor, signalIn } from './testing/evidence.ts';
import { SIGNAL_CASES } from './testing/signal-cases.ts';

const observationsOf = (pairs: readonly (readonly [string, string])[]) => pairs.map(([key, value]) => seen(key, value));

describe('judge', () => {
  it('gives one signal for each id, in their order, whatever the evidence', () => {
    for (const evidence of [evidenceOf([]), iosEvidence([])]) {
      const { signals, findings } = judge(evidence, CONTEXT);
      expect(signals.map((signal) => signal.id)).toEqual(SIGNAL_IDS);
      expect(signals.filter((signal) => signal.status !== 'unknown')).toEqual([]);
      expect(signals.filter((signal) => (signal.reason ?? '') === '')).toEqual([]);
      expect(findings).toEqual([]);
    }
  });

  it('has a case for every signal that observations of one key decide', () => {
    const elsewhere: string[] = [
      'integrity.root',
      'apps.sideloaded',
      'apps.usage',
      'apps.appraised',
      'integrity.attestation',
      'agent.contact',
      'agent.reports',
      'os.vendor-patch',
      'lock.timeout',
      'network.private-dns',
      'os.modules',
      'os.update',
      'os.device-support',
      'os.hardened-mode',
      'os.clock',
      'os.profiles',
      'lock.trust-agents',
      'developer.trusted-hosts',
      'developer.usb-mode',
      'integrity.emulator',
      'apps.cloud-backup',
      'network.user-ca',
      'agent.management',
      ...POWERS.map(({ id }) => id),
    ];
    expect([...SIGNAL_CASES.map(({ id }) => id), ...elsewhere].sort()).toEqual([...SIGNAL_IDS].sort());
  });

  for (const { id, ok = [], bad = [], unknown = [] } of SIGNAL_CASES) {
    it.each(ok.map((pairs) => [pairs]))(`${id} is ok with %j`, (pairs) => {
      const judged = judge(evidenceOf(observationsOf(pairs)), CONTEXT);
      expect(signalIn(judged, id)).toMatchObject({
        status: 'ok',
        source: 'adb',
        trust: 'os-reported',
        observedAt: RECENT,
        ageSeconds: 28_800,
      });
      expect(signalIn(judged, id).reason).toBeUndefined();
    });

    it.each(bad)(`${id} is bad with %j: %s`, (pairs, rule) => {
      const judged = judge(evidenceOf(observationsOf(pairs)), CONTEXT);
      expect(signalIn(judged, id)).toMatchObject({ status: 'bad' });
      expect(signalIn(judged, id).reason).not.toBe('');
      const finding = judged.findings.find((entry) => entry.ruleId === rule);
      expect(finding?.evidence.length, rule).toBeGreaterThan(0);
    });

    it.each(unknown.map((pairs) => [pairs]))(`${id} is unknown with %j`, (pairs) => {
      const judged = judge(evidenceOf(observationsOf(pairs)), CONTEXT);
      expect(signalIn(judged, id)).toMatchObject({ status: 'unknown', reason: expect.stringMatching(/./) });
    });

    it(`${id} is unknown once its evidence is stale, from the future, or refused`, () => {
      for (const pairs of [...ok, ...bad.map(([first]) => first)]) {
        const at = (time: string) =>
          pairs.map(([key, value]) => seen(key, value, { observedAt: time, collectedAt: time }));
        expect(signalFor(id, at('2026-11-01T00:00:00.000Z')), 'stale').toMatchObject({ status: 'unknown' });
        expect(signalFor(id, at('2027-11-01T00:00:00.000Z')), 'future').toMatchObject({ status: 'unknown' });
        const refused = pairs.map(([key]) => seen(key, 'Permission denial: no'));
        expect(signalFor(id, refused), 'refused').toMatchObject({ status: 'unknown' });
      }
    });
  }

  it('yields signals and findings that the contracts accept', () => {
    for (const { bad = [] } of SIGNAL_CASES) {
      for (const [pairs] of bad) {
        const { signals, findings } = judge(evidenceOf(observationsOf(pairs)), CONTEXT);
        for (const signal of signals) expect(() => Signal.parse(signal)).not.toThrow();
        for (const finding of findings) expect(() => Finding.parse(finding)).not.toThrow();
      }
    }
  });

  it('orders findings worst first, and the same way every time', () => {
    const observations = observationsOf([
      ['settings.global.development_settings_enabled', '1'],
      ['settings.global.adb_enabled', '1'],
      ['selinux.mode', 'Permissive'],
    ]);
    const forwards = rulesOf(judge(evidenceOf(observations), CONTEXT));
    expect(forwards).toEqual(['device.selinux', 'device.developer.usb-debugging', 'device.developer.options']);
    expect(rulesOf(judge(evidenceOf(observations.toReversed()), CONTEXT))).toEqual(forwards);
  });
});
