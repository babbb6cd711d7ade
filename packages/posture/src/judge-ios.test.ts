import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import { CONTEXT, evidenceOf, iosEvidence, rulesOf, seen, signalFor, signalIn } from './testing/evidence.ts';

describe('iOS', () => {
  it('reads what iOS tells, and says what it does not tell', () => {
    const judged = judge(
      iosEvidence([
        seen('ios.version', '26.6.1'),
        seen('ios.passcode.present', 'true'),
        seen('ios.data-protection', 'true'),
        seen('ios.http_proxy', 'none'),
      ]),
      CONTEXT,
    );
    const ok = judged.signals.filter((signal) => signal.status === 'ok').map((signal) => signal.id);
    expect(ok).toEqual(['os.version', 'os.patch-level', 'storage.encryption', 'lock.screen', 'network.proxy']);
    expect(signalIn(judged, 'developer.usb-debugging').reason).toBe('iOS gives no evidence of this.');
  });

  it.each([
    ['17.7.7', 'os.version', 'bad'],
    ['18.7.10', 'os.version', 'ok'],
    ['27.0', 'os.version', 'unknown'],
    ['18.7.10', 'os.patch-level', 'ok'],
    ['26.5', 'os.patch-level', 'ok'],
    ['16.7.10', 'os.patch-level', 'bad'],
  ] as const)('iOS %s: %s is %s', (version, id, status) => {
    expect(signalIn(judge(iosEvidence([seen('ios.version', version)]), CONTEXT), id).status).toBe(status);
  });

  it('an available update counts by how long it is out, on the branch of the device', () => {
    const judged = judge(iosEvidence([seen('ios.version', '18.6')]), { ...CONTEXT, maxPatchAgeDays: 60 });
    expect(signalIn(judged, 'os.patch-level').value).toContain('18.7.10 is out since 2026-08-17');
    expect(rulesOf(judged)).toEqual(['device.update.available']);
  });
});

describe('signals of the server', () => {
  it('are passed through where given', () => {
    const given = { ...signalFor('agent.contact', []), status: 'ok', value: 'now' } as const;
    const judged = judge(evidenceOf([]), { ...CONTEXT, serverSignals: [given] });
    expect(signalIn(judged, 'agent.contact')).toEqual(given);
    expect(signalIn(judged, 'agent.reports').reason).toBe('This is judged by the server.');
  });
});
