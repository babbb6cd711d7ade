import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createNodeHost } from '@vedette/bytes/node';
import { buildSqlite, buildXmlPlist } from '@vedette/formats/builders';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { treeFromFiles } from '../evidence-tree.ts';
import { readDeviceEvidence } from '../read-device-evidence.ts';
import { treeFromTarball } from '../tar-tree.ts';

const now = '2026-11-22T18:00:00.000Z';
const FOLDER = 'sysdiagnose_2026.11.20_11-11-12+0100_iPhone-OS_iPhone_22G86/';
const text = (lines: readonly string[]): Uint8Array => new TextEncoder().encode(`${lines.join('\n')}\n`);
const FILES = new Map<string, Uint8Array>([
  ['logs/SystemVersion/SystemVersion.plist', buildXmlPlist({ ProductVersion: '18.6', ProductBuildVersion: '22G86' })],
  [
    'ps.txt',
    text([
      'USER             UID PRSNA   PID  PPID        F  %CPU %MEM PRI NI      VSZ    RSS WCHAN    TT  STAT STARTED      TIME COMMAND',
      'root               0     -     1     0     4004   0.0  0.5  37  0 407920000  10000 -        ??  Ss   10Nov26   1:02.03 /sbin/launchd',
      'root               0     -   123     1     4004   0.0  0.1  31  0 407910000   2000 -        ??  Ss    9:41AM   0:00.10 /private/var/db/com.apple.xpc.roleaccountd.staging/bh -x',
      'mobile           501     -   200     1     4004   0.0  1.0  31  0 407910000  20000 -        ??  Ss    9:41AM   0:01.00 /private/var/containers/Bundle/Application/0A1B2C3D-0000-1111-2222-333344445555/Shop.app/Shop',
    ]),
  ],
  [
    'system_logs.logarchive/Extra/shutdown.log',
    text([
      'After 1.26s, these clients are still here:',
      '\t\tremaining client pid: 71 (/private/var/db/x/subridged)',
      '\t\tremaining client pid: 90 (/usr/libexec/backboardd)',
      'After 3.00s, these clients are still here:',
      '\t\tremaining client pid: 71 (/private/var/db/x/subridged)',
      'SIGTERM: [1763000000]',
    ]),
  ],
  [
    'crashes_and_spins/IMTranscoderAgent-2026-11-03-080001.ips',
    text([
      '{"app_name":"IMTranscoderAgent","timestamp":"2026-11-03 08:00:01.00 +0100","bug_type":"309","os_version":"iPhone OS 18.6"}',
      '{"procName":"IMTranscoderAgent","procPath":"/System/Library/PrivateFrameworks/IMTranscoding.framework/IMTranscoderAgent"}',
    ]),
  ],
  [
    'logs/Accessibility/TCC.db',
    buildSqlite([
      {
        name: 'access',
        sql: 'create table access (service, client, auth_value, last_modified)',
        rows: [['kTCCServiceCamera', 'com.example.spy', 2, 1_793_000_000]],
      },
    ]),
  ],
  [
    'logs/MCState/Shared/profile-1.stub',
    buildXmlPlist({
      PayloadDisplayName: 'Free VPN',
      PayloadUUID: 'AAAA',
      PayloadContent: [{ PayloadType: 'com.apple.vpn.managed' }],
    }),
  ],
]);
const whole = new Map([...FILES].map(([name, bytes]) => [FOLDER + name, bytes]));
const read = (files: ReadonlyMap<string, Uint8Array>) =>
  readDeviceEvidence(treeFromFiles(files), { now, onRecord: () => true });

describe('a sysdiagnose', () => {
  const { value } = read(whole);
  const texts = value?.records.map((record) => `${record.artefact} ${record.text}`) ?? [];

  it('names the phone and when it was made', () => {
    expect(value).toMatchObject({ kind: 'sysdiagnose', collectedAt: '2026-11-20T10:11:12.000Z' });
    expect(value?.evidence.facts).toMatchObject({ platform: 'ios', osVersion: '18.6', build: '22G86' });
  });

  it.each([
    'ios.process Process /private/var/db/com.apple.xpc.roleaccountd.staging/bh -x',
    'ios.shutdown /private/var/db/x/subridged kept the phone from going off, seen 2 times',
    'ios.crash IMTranscoderAgent crashed or was ended',
    'ios.tcc Camera was allowed: com.example.spy',
    'ios.profile Configuration profile Free VPN: com.apple.vpn.managed',
  ])('has %s', (one) => {
    expect(texts).toContain(one);
  });

  it('gives processes, paths and times for lists to name', () => {
    const process = value?.records.find(({ text: said }) => said.includes('roleaccountd.staging/bh'));
    expect(process).toMatchObject({
      rawRef: `${FOLDER}ps.txt:3`,
      fields: { path: '/private/var/db/com.apple.xpc.roleaccountd.staging/bh', user: 'root', pid: '123' },
      observables: [
        { kind: 'process', value: 'bh' },
        { kind: 'path', value: '/private/var/db/com.apple.xpc.roleaccountd.staging/bh' },
      ],
    });
    expect(value?.records.find(({ artefact }) => artefact === 'ios.crash')?.at).toBe('2026-11-03T07:00:01.000Z');
    expect(value?.records.find(({ artefact }) => artefact === 'ios.shutdown')?.at).toBe('2025-11-13T02:13:20.000Z');
  });

  it('is read from its archive as well', () => {
    const folder = mkdtempSync(join(tmpdir(), 'vedette-sysdiagnose-'));
    try {
      for (const [name, bytes] of whole) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), bytes);
      }
      execFileSync('tar', ['-czf', 'out.tar.gz', FOLDER], { cwd: folder });
      const { value: tree } = treeFromTarball(readFileSync(join(folder, 'out.tar.gz')), createNodeHost());
      expect(tree?.list()).toHaveLength(FILES.size);
      const again = tree === null ? null : readDeviceEvidence(tree, { now, onRecord: () => true }).value;
      expect(again).toEqual(value);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('survives damage in any file (fuzz)', () => {
    const names = [...whole.keys()];
    fc.assert(
      fc.property(
        fc.nat(names.length - 1),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 15 }),
        (which, changes) => {
          const name = names[which] ?? '';
          const bytes = (whole.get(name) ?? new Uint8Array()).slice();
          for (const [at, value_] of changes) bytes[at % bytes.length] = value_;
          expect(read(new Map(whole).set(name, bytes)).value?.kind).toBe('sysdiagnose');
        },
      ),
      { numRuns: 150 },
    );
  });
});

it('an archive that is none gives none', () => {
  for (const bytes of [
    new Uint8Array(),
    Uint8Array.of(0x1f, 0x8b, 8),
    Uint8Array.of(0x1f, 0x8b, 8, 255, 0, 0, 0, 0, 0, 0, 9, 9),
    new Uint8Array(600).fill(65),
  ])
    expect(treeFromTarball(bytes, createNodeHost()).value?.list() ?? []).toEqual([]);
});
