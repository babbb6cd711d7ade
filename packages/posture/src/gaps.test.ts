import { type EvidenceTree, readDeviceEvidence, treeFromFiles } from '@vedette/forensics';
import {
  buildAdbAnswers,
  buildAndroidqf,
  buildBugReport,
  describePhone,
  type PhoneDescription,
} from '@vedette/forensics/fixtures';
import { describe, expect, it } from 'vitest';
import { type Judgement, judge } from './judge.ts';
import { CONTEXT, rulesOf, signalIn } from './testing/evidence.ts';

/**
 * Acceptance tests: what a widely used forensic tool misses, measured by the probes below, must be seen here. The probes
 * start from raw evidence as its collectors write it.
 */
const now = '2026-11-20T18:00:00.000Z';

function judgeTree(tree: EvidenceTree): Judgement {
  const { value } = readDeviceEvidence(tree, { now });
  if (value === null) throw new Error('the evidence was not recognised');
  return judge(value.evidence, { ...CONTEXT, now });
}

const phoneWith = (overrides: Partial<PhoneDescription>) => describePhone({ systemPackages: 20, ...overrides });
const bundle = (overrides: Partial<PhoneDescription>): Judgement =>
  judgeTree(treeFromFiles(buildAndroidqf(phoneWith(overrides))));

describe('gaps of other tools', () => {
  it.each(['txt', 'json', 'ps'] as const)('B1: processes are read from what androidqf writes (%s)', (processes) => {
    const files = buildAndroidqf(phoneWith({ extraProcesses: ['magiskd'] }), { processes });
    const { value } = readDeviceEvidence(treeFromFiles(files), { now });
    const count = value?.evidence.observations.find((entry) => entry.key === 'processes.count');
    expect(Number(count?.value)).toBe(10);
    expect(rulesOf(judgeTree(treeFromFiles(files)))).toContain('device.root.process');
  });

  it('B2: a program in /data/local/tmp is high, without any list of indicators', () => {
    const { findings } = bundle({ plantedFiles: ['a'] });
    expect(findings.find((finding) => finding.ruleId === 'device.planted-file')?.severity).toBe('high');
  });

  it('B3: a patch level that is no date is a finding, and the rest is still read', () => {
    const judged = bundle({ patchLevel: '2024-13-01', usbDebugging: true });
    expect(rulesOf(judged)).toEqual(['device.developer.usb-debugging', 'device.patch-level.unparseable']);
    expect(signalIn(judged, 'os.patch-level').status).toBe('bad');
    expect(signalIn(judged, 'storage.encryption').status).toBe('ok');
  });

  it('B4: orange boot, unlocked bootloader, debuggable, test keys: four findings', () => {
    const judged = bundle({
      verifiedBootState: 'orange',
      bootloaderLocked: false,
      debuggable: true,
      buildTags: 'test-keys',
    });
    expect(rulesOf(judged)).toEqual([
      'device.bootloader.unlocked',
      'device.build.debuggable',
      'device.build.test-keys',
      'device.verified-boot',
    ]);
  });

  it('B5: USB debugging, developer options, wireless debugging: three findings', () => {
    const judged = bundle({ usbDebugging: true, developerOptions: true, wirelessDebugging: true });
    expect(rulesOf(judged)).toEqual([
      'device.developer.usb-debugging',
      'device.developer.wireless-debugging',
      'device.developer.options',
    ]);
  });

  it.each([
    'magisk on /debug_ramdisk type tmpfs (rw,seclabel,relatime,size=3812k,mode=755)',
    'KSU on /system type overlay (ro,seclabel,relatime,lowerdir=/data/adb/modules/hosts/system:/system)',
  ])('B6: %s is root, high', (mount) => {
    const judged = bundle({ extraMounts: [mount] });
    expect(signalIn(judged, 'integrity.root').status).toBe('bad');
    expect(judged.findings).toMatchObject([{ ruleId: 'device.root.mount', severity: 'high' }]);
  });

  it('B7: SELinux permissive is high', () => {
    const judged = bundle({ selinux: 'Permissive' });
    expect(judged.findings).toMatchObject([{ ruleId: 'device.selinux', severity: 'high' }]);
    expect(signalIn(judged, 'integrity.selinux').status).toBe('bad');
  });

  it.each([
    ['bug report', buildBugReport],
    ['androidqf', buildAndroidqf],
    ['ADB answers', buildAdbAnswers],
  ] as const)('a healthy phone has no finding in any form of evidence: %s', (_, build) => {
    const judged = judgeTree(treeFromFiles(build(phoneWith({}))));
    expect(judged.findings).toEqual([]);
    expect(judged.signals.filter((signal) => signal.status === 'bad')).toEqual([]);
  });
});
