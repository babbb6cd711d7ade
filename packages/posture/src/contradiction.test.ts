import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import { CONTEXT, evidenceOf, rulesOf, seen, signalFor, signalIn } from './testing/evidence.ts';

const settings = (value: string, more = {}) => seen('settings.global.adb_enabled', value, more);

const agent = (value: string, more = {}) => seen('agent.usb_debugging', value, { source: 'agent', ...more });

describe('evidence against evidence', () => {
  it('of one grade, close in time: unknown, and a finding', () => {
    const judged = judge(evidenceOf([settings('0'), agent('true')]), CONTEXT);
    const signal = signalIn(judged, 'developer.usb-debugging');
    expect(signal.status).toBe('unknown');
    expect(signal.reason).toContain('contradicts itself');
    expect(rulesOf(judged)).toEqual(['device.contradiction']);
    expect(judged.findings[0]?.evidence).toHaveLength(2);
  });

  it('of one grade, an hour apart: the newer one counts, and nothing is wrong with a change', () => {
    const later = '2026-11-22T12:00:00.000Z';
    const judged = judge(
      evidenceOf([settings('1'), agent('false', { observedAt: later, collectedAt: later })]),
      CONTEXT,
    );
    expect(signalIn(judged, 'developer.usb-debugging').status).toBe('ok');
    expect(judged.findings).toEqual([]);
  });

  it('of different grades: the better one stands, and the contradiction is a finding', () => {
    const evidence = evidenceOf([
      seen('attestation.boot-state', 'UNVERIFIED', { source: 'key-attestation', trust: 'hardware-attested' }),
      seen('getprop.ro.boot.verifiedbootstate', 'green'),
    ]);
    const judged = judge(evidence, CONTEXT);
    expect(signalIn(judged, 'integrity.verified-boot')).toMatchObject({ status: 'bad', trust: 'hardware-attested' });
    expect(rulesOf(judged)).toEqual(expect.arrayContaining(['device.contradiction', 'device.verified-boot']));
  });

  it('does not let a device vouch for itself', () => {
    const claimed = seen('attestation.boot-state', 'VERIFIED', { source: 'agent', trust: 'hardware-attested' });
    const signal = signalIn(judge(evidenceOf([claimed]), CONTEXT), 'integrity.verified-boot');
    expect(signal.trust).toBe('os-reported');
  });

  it('sees a verified boot with an unlocked bootloader for what it is', () => {
    const judged = judge(
      evidenceOf([
        seen('getprop.ro.boot.verifiedbootstate', 'green'),
        seen('getprop.ro.boot.vbmeta.device_state', 'unlocked'),
      ]),
      CONTEXT,
    );
    expect(rulesOf(judged)).toContain('device.contradiction');
    expect(signalIn(judged, 'integrity.bootloader').status).toBe('bad');
  });

  it('sees a reported patch level that is not the attested one', () => {
    const attested = seen('attestation.patch-level', '202511', {
      source: 'key-attestation',
      trust: 'hardware-attested',
    });
    const reported = (level: string) =>
      rulesOf(judge(evidenceOf([attested, seen('agent.patch_level', level)]), { ...CONTEXT, maxPatchAgeDays: 3650 }));
    expect(reported('2026-11-05')).toContain('device.contradiction');
    expect(reported('2025-11-05')).toEqual(['device.os.known-exploited']);
  });

  it('names a refusal as the reason', () => {
    const signal = signalFor('integrity.selinux', [seen('denied.selinux', '/system/bin/sh: getenforce: not found')]);
    expect(signal.status).toBe('unknown');
    expect(signal.reason).toContain('getenforce: not found');
  });
});
