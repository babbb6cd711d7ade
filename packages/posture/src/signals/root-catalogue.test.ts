import { readDeviceEvidence, treeFromFiles } from '@vedette/forensics';
import { buildAdbAnswers, describePhone, type PhoneDescription, sideloadedApp } from '@vedette/forensics/fixtures';
import { describe, expect, it } from 'vitest';
import { ROOT_MANAGERS } from '../data/root-managers.ts';
import { type Judgement, judge } from '../judge.ts';
import { app, CONTEXT, evidenceOf, iosEvidence, rulesOf, seen, signalIn, withApps } from '../testing/evidence.ts';

/**
 * The catalogue of signs of root, jailbreak and tampering, row by row, with the grade that each may reach: what hardware
 * signed decides; what a collector outside of the system sees convicts; what an app sees of its own surroundings is a
 * finding and never a verdict. Revoked keys, labels of Play Integrity and attested apps are judged where statements are
 * verified (`packages/attestation`).
 */
const now = '2026-11-20T18:00:00.000Z';
const phone = (overrides: Partial<PhoneDescription>): Judgement => {
  const files = buildAdbAnswers(describePhone({ systemPackages: 6, apps: [], ...overrides }));
  const { value } = readDeviceEvidence(treeFromFiles(files), { now });
  if (value === null) throw new Error('the capture was not recognised');
  return judge(value.evidence, { ...CONTEXT, now });
};
const attested = { source: 'key-attestation', trust: 'hardware-attested' } as const;
const guessed = { source: 'agent', trust: 'heuristic' } as const;

describe('what hardware signed decides', () => {
  it.each([
    ['attestation.boot-state', 'UNVERIFIED', 'integrity.verified-boot', 'device.verified-boot'],
    ['attestation.boot-state', 'SELF_SIGNED', 'integrity.verified-boot', 'device.verified-boot'],
    ['attestation.boot-state', 'FAILED', 'integrity.verified-boot', 'device.verified-boot'],
    ['attestation.device-locked', 'false', 'integrity.bootloader', 'device.bootloader.unlocked'],
  ] as const)('%s = %s', (key, value, id, rule) => {
    const judged = judge(
      evidenceOf([seen(key, value, attested), seen('getprop.ro.boot.verifiedbootstate', 'green')]),
      CONTEXT,
    );
    expect(signalIn(judged, id)).toMatchObject({ status: 'bad', trust: 'hardware-attested' });
    expect(rulesOf(judged)).toContain(rule);
  });

  it('an attested patch level that is not the reported one is a contradiction', () => {
    const judged = judge(
      evidenceOf([
        seen('attestation.patch-level', '202510', attested),
        seen('getprop.ro.build.version.security_patch', '2026-11-05'),
      ]),
      CONTEXT,
    );
    expect(rulesOf(judged)).toContain('device.contradiction');
    expect(signalIn(judged, 'os.patch-level')).toMatchObject({ status: 'bad', trust: 'hardware-attested' });
  });
});

describe('what is seen from outside convicts', () => {
  it.each([
    ['a mount of Magisk', { extraMounts: ['magisk on /debug_ramdisk type tmpfs (rw,seclabel)'] }, 'device.root.mount'],
    [
      'a mount of KernelSU',
      { extraMounts: ['KSU on /system type overlay (ro,lowerdir=/data/adb/modules/x/system:/system)'] },
      'device.root.mount',
    ],
    [
      'an overlay from the modules’ folder',
      { extraMounts: ['overlay on /vendor type overlay (ro,lowerdir=/data/adb/modules/x/vendor:/vendor)'] },
      'device.root.mount',
    ],
    ['a mount of APatch', { extraMounts: ['APatch on /system type overlay (ro)'] }, 'device.root.mount'],
    ['a program that hands out root', { rootBinaries: ['/system/xbin/su'] }, 'device.root.binary'],
    ['the tools of a rooting kit', { rootBinaries: ['/data/adb/ksud'] }, 'device.root.binary'],
    ['the service of Magisk', { extraProcesses: ['magiskd'] }, 'device.root.process'],
    ['the service of LSPosed', { extraProcesses: ['lspd'] }, 'device.root.process'],
    ['the server of Frida', { extraProcesses: ['frida-server'] }, 'device.root.process'],
  ] satisfies readonly [string, Partial<PhoneDescription>, string][])('%s', (_, overrides, rule) => {
    const judged = phone(overrides);
    expect(signalIn(judged, 'integrity.root').status).toBe('bad');
    expect(rulesOf(judged)).toContain(rule);
  });

  it.each([
    ['SELinux permissive', { selinux: 'Permissive' }, 'integrity.selinux', 'device.selinux'],
    ['verity switched off', { verityMode: 'disabled' }, 'integrity.verified-boot', 'device.verity'],
    ['a writable system', { systemWritable: true }, 'integrity.system-mounts', 'device.mount.writable-system'],
    ['test keys', { buildTags: 'test-keys' }, 'integrity.build', 'device.build.test-keys'],
    ['a debuggable system', { debuggable: true }, 'integrity.build', 'device.build.debuggable'],
    [
      'Frida left in the temporary folder',
      { plantedFiles: ['frida-server-16'] },
      'integrity.planted-files',
      'device.planted-file',
    ],
    ['an emulator', { manufacturer: 'generic', device: 'generic_x86' }, 'integrity.emulator', 'device.emulator'],
  ] as const)('%s', (_, overrides, id, rule) => {
    const judged = phone(overrides);
    expect(signalIn(judged, id).status).toBe('bad');
    expect(rulesOf(judged)).toContain(rule);
    // Each is bad by itself and none is root by itself, but what changed the system may hide in it.
    const root = signalIn(judged, 'integrity.root');
    expect(root.status).toBe(id === 'integrity.planted-files' ? 'ok' : 'unknown');
  });

  it('apps that manage root are named, and are root over an unlocked bootloader', () => {
    for (const [name, title] of ROOT_MANAGERS) {
      const judged = judge(withApps([app(name)], [seen('getprop.ro.boot.flash.locked', '0')]), CONTEXT);
      expect(signalIn(judged, 'integrity.root')).toMatchObject({
        status: 'bad',
        value: `${title} installed, unlocked`,
      });
    }
    expect(rulesOf(phone({ apps: [sideloadedApp('com.topjohnwu.magisk')] }))).toContain('device.root.manager');
  });
});

describe('what an app sees is a finding and never a verdict', () => {
  it.each([
    ['agent.root.su-path', '/sbin/su'],
    ['agent.root.mount', 'magisk on /sbin'],
    ['agent.root.hook', 'policy allows untrusted_app to reach ksu'],
    ['agent.root.hook', 'frida-agent in maps'],
    ['agent.root.hook', 'port 27042 answers'],
    ['agent.root.hook', 'a debugger is attached'],
  ])('Android: %s (%s)', (key, value) => {
    const judged = judge(evidenceOf([seen(key, value, guessed)]), CONTEXT);
    expect(signalIn(judged, 'integrity.root').status).toBe('unknown');
    expect(rulesOf(judged)).toEqual(['device.root.heuristic']);
  });

  it.each([
    ['ios.jailbreak.path', '/var/jb'],
    ['ios.jailbreak.url-scheme', 'sileo'],
    ['ios.jailbreak.library', 'ellekit.dylib'],
    ['ios.jailbreak.sandbox', 'fork() worked'],
  ])('iOS: %s (%s)', (key, value) => {
    const judged = judge(iosEvidence([seen(key, value, guessed)]), CONTEXT);
    expect(signalIn(judged, 'integrity.root').status).toBe('unknown');
    expect(rulesOf(judged)).toEqual(['device.root.heuristic']);
  });
});
