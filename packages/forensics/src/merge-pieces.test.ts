import { createNodeHost } from '@vedette/bytes/node';
import { buildXmlPlist, buildZip } from '@vedette/formats/builders';
import { describe, expect, it } from 'vitest';
import { treeFromFiles } from './evidence-tree.ts';
import { buildAdbAnswers, buildAndroidqf, buildBugReport, describePhone, sideloadedApp } from './fixtures/index.ts';
import { readDeviceEvidence } from './read-device-evidence.ts';
import { buildWholeBackup } from './testing/ios-backup.ts';
import { treeFromZip } from './zip-tree.ts';

const now = '2026-11-22T18:00:00.000Z';
const options = { now, openArchive: (bytes: Uint8Array) => treeFromZip(bytes, createNodeHost()).value };
const early = describePhone({
  systemPackages: 5,
  apps: [sideloadedApp('com.example.old', { sha256: 'a'.repeat(64) }), sideloadedApp('com.example.both')],
});
const late = describePhone({
  ...early,
  collectedAt: '2026-11-21T10:11:12.000Z',
  collectedAtLocal: early.collectedAtLocal.replace('2026-11-20', '2026-11-21'),
  patchLevel: '2026-11-05',
  apps: [sideloadedApp('com.example.new'), sideloadedApp('com.example.both', { sha256: 'b'.repeat(64) })],
});

type Files = ReadonlyMap<string, Uint8Array>;
const under = (folder: string, files: Files): [string, Uint8Array][] =>
  [...files].map(([path, bytes]) => [`${folder}/${path}`, bytes]);
const zipped = (files: Files): Uint8Array => buildZip([...files].map(([name, data]) => ({ name, data })));
const read = (files: readonly (readonly [string, Uint8Array])[]) =>
  readDeviceEvidence(treeFromFiles(new Map(files)), options);

describe('a folder with several pieces of evidence', () => {
  const { value, diagnostics } = read([
    ...under('capture', buildAndroidqf(early)),
    ['bugreport-later.zip', zipped(buildBugReport(late))],
    ...under('asked', buildAdbAnswers(early)),
    ['notes.txt', new TextEncoder().encode('what the owner said')],
  ]);

  it('is read as one, newest first, each piece named', () => {
    expect(value?.kind).toBe('several');
    expect(value?.parts?.map(({ kind }) => kind)).toEqual(['bugreport', 'androidqf', 'adb']);
    expect(value?.parts?.[0]?.path).toContain('bugreport-later.zip!/');
    expect(value?.collectedAt).toBe(late.collectedAt);
    expect(diagnostics.filter(({ level }) => level !== 'note')).toEqual([]);
  });

  it('states what the newest says, and keeps what each says with its place', () => {
    expect(value?.evidence.facts.patchLevel).toBe('2026-11-05');
    const levels = value?.evidence.observations.filter(({ key }) => key === 'getprop.ro.build.version.security_patch');
    expect(levels?.map((one) => one.source)).toEqual(['bugreport', 'androidqf', 'adb']);
    expect(new Set(levels?.map((one) => one.rawRef?.split('/')[0]))).toEqual(
      new Set(['bugreport-later.zip!', 'capture', 'asked']),
    );
  });

  it('joins the lists of apps by package', () => {
    const names = value?.evidence.apps.map((app) => app.package) ?? [];
    expect(names).toEqual(expect.arrayContaining(['com.example.old', 'com.example.new', 'com.example.both']));
    expect(new Set(names).size).toBe(names.length);
  });

  it('tells on the timeline once what several pieces tell', () => {
    const told = value?.records.filter(({ text }) => text.startsWith('com.example.both was installed')) ?? [];
    expect(told.length).toBe(new Set(told.map(({ at, text }) => `${at} ${text}`)).size);
    expect(told.length).toBeGreaterThan(0);
  });

  it('leaves out what is of another phone, and says so', () => {
    const other = describePhone({ ...late, model: 'Other 7' });
    const mixed = read([
      ...under('capture', buildAndroidqf(early)),
      ...under('asked', buildAdbAnswers(early)),
      ['other.zip', zipped(buildBugReport(other))],
    ]);
    expect(mixed.value?.parts?.map(({ kind }) => kind)).toEqual(['androidqf', 'adb']);
    expect(mixed.value?.evidence.apps.map((app) => app.package)).not.toContain('com.example.new');
    const [told] = mixed.diagnostics.filter(({ id }) => id === 'evidence.other-phone');
    expect(told).toMatchObject({ level: 'error', message: expect.stringContaining('Other 7') });
  });

  it('does not open archives in archives, nor what is no archive', () => {
    const inner = zipped(new Map([['deep.zip', zipped(buildBugReport(late))]]));
    expect(read([['outer.zip', inner]]).value).toBeNull();
    expect(read([['broken.zip', new Uint8Array([0x50, 0x4b, 3, 4, 1])]]).value).toBeNull();
  });

  it('names archives that could not be opened, or hold no evidence', () => {
    const { value, diagnostics } = read([
      ...under('capture', buildAndroidqf(early)),
      ['broken.zip', new Uint8Array([0x50, 0x4b, 3, 4, 1])],
      ['photos.zip', zipped(new Map([['1.jpg', new Uint8Array(3)]]))],
    ]);
    expect(value?.kind).toBe('androidqf');
    expect(diagnostics.filter(({ id }) => id === 'evidence.archive').map(({ where }) => where)).toEqual([
      'broken.zip',
      'photos.zip',
    ]);
  });

  it('joins what names an iPhone by its number with what has “iPhone” alone for a name', async () => {
    const answer = (udid: string, model: string): Uint8Array =>
      buildXmlPlist({
        UDID: udid,
        QueryResponses: { ModelName: 'iPhone', ProductName: model, OSVersion: '18.6', BuildVersion: '22G86' },
      });
    const backup = under('backup', await buildWholeBackup());
    const same = read([...backup, ['mdm/device.plist', answer('u', 'iPhone15,2')]]);
    expect(same.value?.parts?.map(({ kind }) => kind).toSorted()).toEqual(['ios-backup', 'mdm']);
    const other = read([...backup, ['mdm/device.plist', answer('u', 'iPhone12,1')]]);
    expect(other.diagnostics.map(({ id }) => id)).toContain('evidence.other-phone');
  });
});
