import { buildXmlPlist } from '@vedette/formats/builders';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { treeFromFiles } from '../evidence-tree.ts';
import { type ReadEvidence, readDeviceEvidence } from '../read-device-evidence.ts';
import { BackupFixture, buildWholeBackup, INFO } from '../testing/ios-backup.ts';

const now = '2026-11-22T18:00:00.000Z';
const read = (files: ReadonlyMap<string, Uint8Array>, onRecord?: () => boolean) =>
  readDeviceEvidence(treeFromFiles(files), { now, ...(onRecord === undefined ? {} : { onRecord }) });

describe('a backup of an iPhone', () => {
  let files: Map<string, Uint8Array>;
  let value: ReadEvidence;
  beforeAll(async () => {
    files = await buildWholeBackup();
    const found = read(files, () => true).value;
    if (found === null) throw new Error('nothing was read');
    value = found;
  });
  const of = (artefact: string) => value.records.filter((record) => record.artefact === artefact);

  it('names the phone and when it was backed up', () => {
    expect(value).toMatchObject({ kind: 'ios-backup', collectedAt: '2026-11-20T10:11:12.000Z' });
    expect(value.evidence.facts).toMatchObject({
      platform: 'ios',
      model: 'iPhone 14 Pro',
      osVersion: '18.6',
      build: '22G86',
    });
    const said = new Map(value.evidence.observations.map(({ key, value: text }) => [key, text]));
    expect(said.get('ios.version')).toBe('18.6');
    expect(said.get('ios.model')).toBe('iPhone15,2');
    expect(said.get('ios.lockdown-mode')).toBe('true');
  });

  it('lists apps with where they came from', () => {
    expect(
      value.evidence.apps.map(({ package: name, installer, versionName }) => [name, installer, versionName]),
    ).toEqual([
      ['com.example.dev', null, null],
      ['com.example.shop', 'com.apple.AppStore', '4.2'],
    ]);
    expect(value.evidence.appsComplete).toBe(true);
  });

  it.each([
    ['ios.sms', 'Received message: See https://w3.evil.test/x.', '2026-11-03T08:00:00.000Z'],
    ['ios.sms', 'Sent message: hidden words', '2026-11-04T08:00:00.000Z'],
    ['ios.sms-attachment', 'Attachment /var/tmp/x/f-1', '2026-11-03T08:00:05.000Z'],
    ['ios.safari-history', 'Visited http://a.test/, led on to https://b.test/x', '2026-11-03T08:00:10.000Z'],
    ['ios.tcc', 'Microphone was allowed: com.example.spy', '2026-10-26T07:33:20.000Z'],
    ['ios.data-usage', 'roleaccountd used the network', '2026-11-19T00:00:00.000Z'],
    [
      'ios.data-usage-orphan',
      'Use of the network by process number 9, which is in no list',
      '2026-11-04T00:00:00.000Z',
    ],
    ['ios.calendar', 'Calendar: Meeting', '2026-11-05T00:00:00.000Z'],
    ['ios.profile', 'Configuration profile Free VPN: com.apple.vpn.managed', '2026-11-02T09:00:00.000Z'],
    ['ios.id-status', 'com.apple.madrid asked about bad@example.test', '2026-11-01T00:00:00.000Z'],
  ])('has %s: %s', (artefact, text, at) => {
    expect(of(artefact).map((record) => [record.text, record.at])).toContainEqual([text, at]);
  });

  it('shows what an indicator could name, and where each stands', () => {
    const seen = new Set(
      value.records.flatMap(({ observables }) => observables.map(({ kind, value: text }) => `${kind} ${text}`)),
    );
    for (const one of [
      'url https://w3.evil.test/x',
      'url http://a.test/',
      'app com.example.spy',
      'process roleaccountd',
      'email bad@example.test',
      'profile CCCC',
      'domain evil.test',
      'path Library/SMS/sms.db',
    ])
      expect(seen).toContain(one);
    // The name of the file is that of every iPhone: SHA-1 of domain and path.
    expect(of('ios.sms')[0]?.rawRef).toBe(
      '3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28 (HomeDomain: Library/SMS/sms.db)!/message#1',
    );
  });

  it('is the same phone put back into its folders', () => {
    const sms = files.get('3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28') ?? new Uint8Array();
    const tree = read(
      new Map([
        ['dump/private/var/mobile/Library/SMS/sms.db', sms],
        [
          'dump/System/Library/CoreServices/SystemVersion.plist',
          buildXmlPlist({ ProductVersion: '18.6', ProductBuildVersion: '22G86' }),
        ],
      ]),
    ).value;
    expect(tree).toMatchObject({ kind: 'ios-files', evidence: { facts: { platform: 'ios', osVersion: '18.6' } } });
    expect(tree?.records.map(({ text }) => text)).toContain('Sent message: hidden words');
  });

  it('survives damage in every file, and says what it could not read (fuzz)', () => {
    const names = [...files.keys()];
    fc.assert(
      fc.property(
        fc.nat(names.length - 1),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 20 }),
        fc.boolean(),
        (which, changes, cut) => {
          const name = names[which] ?? '';
          const bytes = (files.get(name) ?? new Uint8Array()).slice();
          for (const [at, byte] of changes) if (bytes.length > 0) bytes[at % bytes.length] = byte;
          const damaged = new Map(files).set(name, cut ? bytes.subarray(0, bytes.length >> 1) : bytes);
          const { value: found, diagnostics } = read(damaged);
          expect(found !== null || diagnostics.length > 0).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('a backup that cannot be read', () => {
  it('because it is encrypted still names the phone, and says what to do', async () => {
    const { value, diagnostics } = read(await new BackupFixture().finish(INFO, true));
    expect(value?.evidence.facts.model).toBe('iPhone 14 Pro');
    expect(diagnostics).toContainEqual(
      expect.objectContaining({
        id: 'ios-backup.no-password',
        level: 'error',
        message: expect.stringContaining('--ask-password'),
      }),
    );
  });

  it('because files are missing says which', async () => {
    const files = await buildWholeBackup();
    files.delete('3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28');
    const { diagnostics } = read(files);
    expect(diagnostics).toContainEqual(
      expect.objectContaining({ id: 'ios.database', where: expect.stringContaining('Library/SMS/sms.db') }),
    );
  });
});
