import { readDeviceEvidence, treeFromFiles } from '@vedette/forensics';
import { buildAdbAnswers, buildAndroidqf, buildBugReport, describePhone, storeApp } from '@vedette/forensics/fixtures';
import { describe, expect, it } from 'vitest';
import { judge } from '../judge.ts';
import { app, CONTEXT, evidenceOf, iosEvidence, seen, signalIn, withApps } from '../testing/evidence.ts';

const now = '2026-11-20T18:00:00.000Z';

describe('apps that protect the device', () => {
  it.each([
    ['a bug report', buildBugReport],
    ['an androidqf bundle', buildAndroidqf],
    ['ADB answers', buildAdbAnswers],
  ])('are seen to be switched off in %s', (_, build) => {
    const judged = (enabled: boolean) => {
      const store = { ...storeApp('com.android.vending', '48', 48), system: true, enabled };
      const { value } = readDeviceEvidence(treeFromFiles(build(describePhone({ systemPackages: 4, apps: [store] }))), {
        now,
      });
      if (value === null) throw new Error('the capture was not recognised');
      return judge(value.evidence, { ...CONTEXT, now });
    };
    expect(signalIn(judged(true), 'apps.protection-disabled')).toMatchObject({ status: 'ok', value: 'none of 1' });
    const off = judged(false);
    expect(signalIn(off, 'apps.protection-disabled')).toMatchObject({ status: 'bad', value: '1: com.android.vending' });
    expect(off.findings.map(({ ruleId }) => ruleId)).toContain('device.app.protection-disabled');
  });

  it('are unknown without an inventory, and where none of them is known', () => {
    expect(signalIn(judge(evidenceOf([]), CONTEXT), 'apps.protection-disabled').status).toBe('unknown');
    expect(signalIn(judge(withApps([app('com.a')]), CONTEXT), 'apps.protection-disabled').status).toBe('unknown');
  });
});

describe('what management says of a passcode and of Find My', () => {
  it.each([
    ['lock.find-my', 'ios.activation-lock', 'device.lock.find-my-off'],
    ['lock.find-my', 'ios.device-locator', 'device.lock.find-my-off'],
    ['lock.quality', 'ios.passcode.compliant', 'device.lock.weak'],
  ] as const)('%s by %s', (id, key, rule) => {
    const judged = (value: string) => judge(iosEvidence([seen(key, value)]), CONTEXT);
    expect(signalIn(judged('true'), id).status).toBe('ok');
    expect(signalIn(judged('false'), id).status).toBe('bad');
    expect(judged('false').findings.map(({ ruleId }) => ruleId)).toEqual([rule]);
    expect(signalIn(judged('perhaps'), id).status).toBe('unknown');
    expect(signalIn(judge(iosEvidence([]), CONTEXT), id).status).toBe('unknown');
    const { reason } = signalIn(judge(evidenceOf([seen(key, 'false')]), CONTEXT), id);
    expect(reason).toMatch(id === 'lock.quality' ? /./ : /^Android gives no evidence of this\.$/);
  });
});
