import { describe, expect, it } from 'vitest';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { LineReader } from '../lines.ts';
import { readText } from '../testing/read-text.ts';
import { createAccessibilityReader } from './accessibility.ts';
import { createAppopsDumpReader, createHoldersQueryReader } from './appops.ts';
import { createTemporaryFolderReader, isExecutableMode } from './file-lists.ts';
import { createGetpropReader } from './getprop.ts';
import { createLockDisabledReader, createLockSettingsReader, createTrustReader } from './lock-state.ts';
import { createProcessesReader } from './processes.ts';
import { createRootBinariesReader } from './root-binaries.ts';
import { createSelinuxReader } from './selinux.ts';
import { createSettingsDumpReader } from './settings-dump.ts';
import { createSettingReader, createSettingsListReader } from './settings-list.ts';

const filler = Array.from({ length: 30 }, (_, index) => `usual_${index}=1`).join('\n');

describe('getprop', () => {
  it('keeps what is judged, with its line, and drops the rest', () => {
    const read = readText(
      '[ro.product.model]: [Pixel 9]\n[net.hostname]: [my-name]\n[ro.debuggable]: []\n',
      createGetpropReader,
    );
    expect(read.evidence.observations).toMatchObject([
      {
        key: 'getprop.ro.product.model',
        value: 'Pixel 9',
        rawRef: 'answer.txt:1',
        trust: 'os-reported',
        source: 'adb',
      },
    ]);
    expect(read.evidence.facts.model).toBe('Pixel 9');
  });

  it('reads a value that is cut at the end of its line', () => {
    expect(readText('[ro.build.tags]: [test-keys', createGetpropReader).value('getprop.ro.build.tags')).toBe(
      'test-keys',
    );
  });

  it('reads a refusal as a refusal', () => {
    const read = readText('error: device unauthorized.\n', createGetpropReader);
    expect(read.value('denied.getprop')).toBe('error: device unauthorized.');
    expect(read.evidence.facts.model).toBeNull();
  });
});

const global = (text: string) => readText(text, (builder, file) => createSettingsListReader(builder, file, 'global'));

describe('settings list', () => {
  it('keeps what is judged', () => {
    expect(global(`${filler}\nadb_enabled=1\nbluetooth_name=Anna\n`).value('settings.global.adb_enabled')).toBe('1');
  });

  it('says of a whole list that there is no proxy in it, of a piece of one nothing', () => {
    expect(global(filler).value('settings.global.http_proxy')).toBe('null');
    expect(global('adb_enabled=0').values('settings.global.http_proxy')).toEqual([]);
  });

  it('never says that a setting without a default is off', () => {
    expect(global(filler).values('settings.global.adb_enabled')).toEqual([]);
  });

  it('reads a refusal as a refusal', () => {
    const read = global('Permission denial: writing to settings requires android.permission.WRITE_SECURE_SETTINGS');
    expect(read.value('denied.settings.global')).toContain('Permission denial');
    expect(read.values('settings.global.http_proxy')).toEqual([]);
  });

  it('reads a single setting', () => {
    const one = readText('1\n', (builder, file) => createSettingReader(builder, file, 'global', 'adb_enabled'));
    expect(one.value('settings.global.adb_enabled')).toBe('1');
    const refused = readText('Security exception: no\n', (b, f) => createSettingReader(b, f, 'global', 'adb_enabled'));
    expect(refused.values('settings.global.adb_enabled')).toEqual([]);
    expect(refused.value('denied.settings.global')).toContain('Security exception');
  });
});

describe('dumpsys settings', () => {
  it('reads the namespaces of user 0 and no other', () => {
    const read = readText(
      [
        'GLOBAL SETTINGS (user 0)',
        '_id:1 name:adb_enabled pkg:android value:1 default:0 defaultSystemSet:true',
        'SECURE SETTINGS (user 10)',
        '_id:1 name:enabled_accessibility_services pkg:x value:com.evil/.S',
        'SECURE SETTINGS (user 0)',
        '_id:2 name:accessibility_enabled pkg:android value:0',
      ].join('\n'),
      createSettingsDumpReader,
    );
    expect(read.value('settings.global.adb_enabled')).toBe('1');
    expect(read.value('settings.secure.accessibility_enabled')).toBe('0');
    expect(read.values('settings.secure.enabled_accessibility_services')).toEqual([]);
  });
});

describe('getenforce', () => {
  it.each([
    ['Permissive\n', 'Permissive'],
    ['enforcing', 'Enforcing'],
    ['\nDisabled\n', 'Disabled'],
  ])('%j', (text, mode) => {
    expect(readText(text, createSelinuxReader).value('selinux.mode')).toBe(mode);
  });

  it.each(['', '/system/bin/sh: getenforce: not found', 'error: closed'])('%j is no mode', (text) => {
    const read = readText(text, createSelinuxReader);
    expect(read.values('selinux.mode')).toEqual([]);
    expect(read.values('denied.selinux')).toHaveLength(1);
  });
});

describe('which', () => {
  it('tells root binaries from others', () => {
    const read = readText('/system/xbin/su\n/system/bin/busybox\n', createRootBinariesReader);
    expect(read.values('root.binary')).toEqual(['/system/xbin/su']);
    expect(read.value('root.binary.count')).toBe('1');
  });

  it('takes no output for “none found”, a refusal for nothing at all', () => {
    expect(readText('', createRootBinariesReader).value('root.binary.count')).toBe('0');
    const refused = readText('/system/bin/sh: which: not found\n', createRootBinariesReader);
    expect(refused.values('root.binary.count')).toEqual([]);
    expect(refused.values('denied.root-binaries')).toHaveLength(1);
  });
});

describe('ps', () => {
  it('reads toybox, the form of bug reports and old toolbox', () => {
    const forms = [
      'USER PID PPID VSZ RSS WCHAN ADDR S NAME\nroot 1 0 10 10 0 0 S init\nroot 9 1 10 10 0 0 S magiskd\n',
      'LABEL USER PID TID PPID VSZ CMD\nu:r:init:s0 root 1 1 0 10 init\nu:r:su:s0 root 9 9 1 10 magiskd\nu:r:su:s0 root 9 10 1 10 magiskd\n',
      'USER     PID   PPID  VSIZE  RSS     WCHAN    PC        NAME\nroot 1 0 8 7 ffff 0 S /init\nroot 9 1 8 7 ffff 0 S /sbin/magiskd\n',
    ];
    for (const form of forms) {
      const read = readText(form, createProcessesReader);
      expect(read.value('processes.count')).toBe('2');
      expect(read.values('process.root-marker')).toEqual(['magiskd']);
    }
  });

  it('sees a program running from the temporary folder', () => {
    const read = readText('PID NAME\n7 /data/local/tmp/frida-server -l 0.0.0.0\n', createProcessesReader);
    expect(read.values('process.temporary-executable')).toEqual(['/data/local/tmp/frida-server']);
  });
});

describe('ls of the temporary folder', () => {
  it('notes programs, not other files', () => {
    const read = readText(
      [
        'total 8',
        'drwxrwx--x 2 shell shell u:object_r:shell_data_file:s0 4096 2026-11-20 10:00 .',
        '-rwxr-xr-x 1 shell shell u:object_r:shell_data_file:s0 10 2026-11-20 10:00 exploit name',
        '-rw-rw-rw- 1 shell shell u:object_r:shell_data_file:s0 10 2026-11-20 10:00 notes.txt',
      ].join('\n'),
      createTemporaryFolderReader,
    );
    expect(read.values('file.temporary-executable')).toEqual(['/data/local/tmp/exploit name']);
    expect(read.value('file.temporary-executable.count')).toBe('1');
  });

  it('takes a refusal for nothing', () => {
    const read = readText('ls: /data/local/tmp: Permission denied\n', createTemporaryFolderReader);
    expect(read.values('file.temporary-executable.count')).toEqual([]);
    expect(read.values('denied.files')).toHaveLength(1);
  });

  it.each([
    ['-rwxr-xr-x', true],
    ['-rw-r--r--', false],
    ['drwxr-xr-x', false],
    ['100755', true],
    ['755', true],
    ['644', false],
    ['40755', false],
    ['', false],
  ])('mode %s', (mode, expected) => {
    expect(isExecutableMode(mode)).toBe(expected);
  });
});

describe('accessibility', () => {
  it('reads enabled services of Android 14 and later', () => {
    const read = readText('     Enabled services:{{com.a.b/.S}, {com.c.d/com.c.d.Svc}}\n', createAccessibilityReader);
    expect(read.values('accessibility.service')).toEqual(['com.a.b/.S', 'com.c.d/com.c.d.Svc']);
    expect(read.value('accessibility.service.count')).toBe('2');
  });

  it('says nothing where older systems list installed services only', () => {
    const read = readText('installed services: {\n  0 : com.a.b/.S\n}\n', createAccessibilityReader);
    expect(read.evidence.observations).toEqual([]);
  });
});

describe('lock state', () => {
  it('reads the kind of credential of user 0', () => {
    const read = readText(
      '  User 0\n    CredentialType: NONE\n  User 10\n    CredentialType: PIN\n',
      createLockSettingsReader,
    );
    expect(read.values('lock.credential')).toEqual(['NONE']);
  });

  it('takes only a locked device for a proof', () => {
    expect(
      readText(' User "Owner" (id=0, flags=0x13) (current): deviceLocked=1\n', createTrustReader).value(
        'lock.device-locked',
      ),
    ).toBe('1');
    expect(
      readText(' User "Owner" (id=0, flags=0x13) (current): deviceLocked=0\n', createTrustReader).evidence.observations,
    ).toEqual([]);
    expect(
      readText(' User "Work" (id=10, flags=0x30): deviceLocked=1\n', createTrustReader).evidence.observations,
    ).toEqual([]);
  });

  it('reads get-disabled', () => {
    expect(readText('true\n', createLockDisabledReader).value('lock.disabled')).toBe('true');
    expect(readText('Permission denial\n', createLockDisabledReader).values('denied.lock')).toHaveLength(1);
  });
});

const installersQuery = (builder: EvidenceBuilder, file: string): LineReader => {
  const reader = createHoldersQueryReader(builder, file, 'request_install_packages');
  if (reader === null) throw new Error('the operation is not noted');
  return reader;
};

describe('appops', () => {
  it('reads who may install apps from the query and from the dump', () => {
    const query = readText('com.android.vending\ncom.evil.store\n', installersQuery);
    expect(query.values('appops.request-install-packages')).toEqual(['com.android.vending', 'com.evil.store']);
    const dump = readText(
      '  Uid u0a1:\n    Package com.evil.store:\n      REQUEST_INSTALL_PACKAGES (allow):\n    Package com.b:\n      REQUEST_INSTALL_PACKAGES (default):\n',
      createAppopsDumpReader,
    );
    expect(dump.values('appops.request-install-packages')).toEqual(['com.evil.store']);
    expect(dump.value('appops.request-install-packages.count')).toBe('1');
  });

  it('reads a permission of the whole uid, for its packages only', () => {
    const dump = readText(
      [
        '  Uid u0a1:',
        '      REQUEST_INSTALL_PACKAGES: mode=allow',
        '    Package com.evil.store:',
        '      CAMERA (allow):',
        '  Uid u0a2:',
        '    Package com.b:',
        '      REQUEST_INSTALL_PACKAGES (ignore):',
        '    Package com.c:',
        '      REQUEST_INSTALL_PACKAGES (default / switch REQUEST_INSTALL_PACKAGES=allow):',
      ].join('\n'),
      createAppopsDumpReader,
    );
    expect(dump.values('appops.request-install-packages')).toEqual(['com.evil.store', 'com.c']);
  });

  it('takes “No operations.” for none', () => {
    expect(readText('No operations.\n', installersQuery).value('appops.request-install-packages.count')).toBe('0');
  });
});
