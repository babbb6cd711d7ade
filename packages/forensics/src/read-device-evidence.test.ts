import { createNodeHost } from '@vedette/bytes/node';
import { buildZip } from '@vedette/formats/builders';
import { describe, expect, it } from 'vitest';
import { type EvidenceTree, treeFromFiles } from './evidence-tree.ts';
import {
  buildAdbAnswers,
  buildAndroidqf,
  buildBugReport,
  describePhone,
  ROOTED_WITH_MAGISK,
  sideloadedApp,
  USUAL_APPS,
} from './fixtures/index.ts';
import { type ReadEvidence, readDeviceEvidence } from './read-device-evidence.ts';
import { treeFromZip } from './zip-tree.ts';

const now = '2026-11-22T18:00:00.000Z';
const phone = describePhone({
  ...ROOTED_WITH_MAGISK,
  systemPackages: 60,
  plantedFiles: ['payload'],
  accessibilityServices: ['com.evil.bank/.Svc'],
  apps: [...USUAL_APPS, sideloadedApp('com.evil.bank', { installer: 'com.android.chrome', sha256: 'e'.repeat(64) })],
});

function zipOf(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  return buildZip([...files].map(([name, data]) => ({ name, data })));
}

function read(files: ReadonlyMap<string, Uint8Array>): ReadEvidence {
  const { value } = readDeviceEvidence(treeFromFiles(files), { now });
  if (value === null) throw new Error('nothing was read');
  return value;
}

const LAYOUTS = [
  ['bugreport', () => buildBugReport(phone)],
  ['bugreport', () => buildBugReport(phone, { layout: 'samsung' })],
  ['bugreport', () => buildBugReport(phone, { layout: 'text' })],
  ['androidqf', () => buildAndroidqf(phone)],
  ['androidqf', () => buildAndroidqf(phone, { processes: 'json', files: 'lines' })],
  ['androidqf', () => buildAndroidqf(phone, { processes: 'ps', folder: 'some/where' })],
  ['adb', () => buildAdbAnswers(phone)],
] as const;

describe('readDeviceEvidence', () => {
  it.each(LAYOUTS)('reads the same phone from every layout (%s)', (kind, build) => {
    const { kind: found, evidence, collectedAt } = read(build());
    expect(found).toBe(kind);
    expect(collectedAt).toBe('2026-11-20T10:11:12.000Z');
    expect(evidence.facts).toMatchObject({
      platform: 'android',
      manufacturer: 'Google',
      model: 'Pixel 9',
      osVersion: '16',
      sdkLevel: 36,
      patchLevel: '2026-11-05',
    });
    expect(evidence.appsComplete).toBe(true);
    expect(evidence.apps).toHaveLength(60 + USUAL_APPS.length + 1);
    expect(evidence.apps.find((app) => app.package === 'com.evil.bank')).toMatchObject({
      installer: 'com.android.chrome',
      system: false,
      versionCode: 1,
      firstInstalledAt: '2026-03-01T08:30:00.000Z',
      signerHints: [expect.stringMatching(/^[0-9a-f]{8}$/)],
    });
    const value = (key: string): string | undefined => evidence.observations.find((entry) => entry.key === key)?.value;
    expect(value('getprop.ro.boot.verifiedbootstate')).toBe('orange');
    expect(value('settings.global.adb_enabled')).toBe('0');
    expect(value('mount.root-marker')).toContain('magisk');
    expect(value('process.root-marker')).toBe('magiskd');
    expect(value('lock.credential')).toBe('PIN');
    expect(value('settings.global.http_proxy')).toBe('null');
    expect(value('settings.secure.enabled_accessibility_services')).toBe('com.evil.bank/.Svc');
    expect(value('appops.request-install-packages.count')).toBe('1');
    expect(value('apps.inventory')).toBe(String(evidence.apps.length));
  });

  it.each(LAYOUTS)('gives every observation a source, a time and a place (%s)', (kind, build) => {
    const files = build();
    for (const observation of read(files).evidence.observations) {
      expect(observation).toMatchObject({
        source: kind,
        collectedAt: '2026-11-20T10:11:12.000Z',
        trust: 'os-reported',
      });
      const file = observation.rawRef?.replace(/:\d+$/, '');
      expect(files.has(file ?? ''), `${observation.key} is from ${observation.rawRef}`).toBe(true);
    }
  });

  it('points at the line that says it', () => {
    const files = buildAdbAnswers(phone);
    const { observations } = read(files).evidence;
    const boot = observations.find((entry) => entry.key === 'getprop.ro.boot.flash.locked');
    const [, file = '', line = ''] = /^(.*):(\d+)$/.exec(boot?.rawRef ?? '') ?? [];
    const text = new TextDecoder().decode(files.get(file)).split('\n');
    expect(text[Number(line) - 1]).toBe('[ro.boot.flash.locked]: [0]');
  });

  it('hands on hashes and signers of androidqf', () => {
    const app = read(buildAndroidqf(phone)).evidence.apps.find((entry) => entry.package === 'com.evil.bank');
    expect(app?.sha256).toBe('e'.repeat(64));
    expect(app?.signers).toHaveLength(1);
  });

  it('knows what only a shell can see: root binaries and planted files', () => {
    for (const files of [buildAndroidqf(phone), buildAdbAnswers(phone)]) {
      const { observations } = read(files).evidence;
      const values = (key: string) => observations.filter((entry) => entry.key === key).map((entry) => entry.value);
      expect(values('root.binary')).toEqual(['/system_ext/bin/su', '/debug_ramdisk/magisk']);
      expect(values('file.temporary-executable')).toEqual(['/data/local/tmp/payload']);
    }
  });

  it('reads ZIPs, and the bug report inside an androidqf bundle', () => {
    const host = createNodeHost();
    const report = zipOf(buildBugReport(phone));
    const open = (bytes: Uint8Array): EvidenceTree | null => treeFromZip(bytes, host).value;
    const outer = open(report);
    expect(outer).not.toBeNull();
    if (outer !== null) expect(readDeviceEvidence(outer, { now }).value?.kind).toBe('bugreport');

    const bundle = buildAndroidqf(phone);
    const folder = [...bundle.keys()][0]?.split('/')[0] ?? '';
    bundle.delete(`${folder}/dumpsys.txt`);
    bundle.set(`${folder}/bugreport.zip`, report);
    const { value } = readDeviceEvidence(treeFromFiles(bundle), { now, openArchive: open });
    const lock = value?.evidence.observations.find((entry) => entry.key === 'lock.credential');
    expect(lock?.value).toBe('PIN');
    expect(lock?.rawRef).toMatch(/bugreport\.zip!\/bugreport-.*:\d+$/);
  });

  it('reads the mounts that a bug report keeps as files of their own', () => {
    const files = buildBugReport(describePhone({ systemPackages: 3 }));
    const line = '31 24 0:40 / /debug_ramdisk rw,relatime shared:9 - tmpfs magisk rw,seclabel,size=3812k';
    files.set('FS/proc/1234/mountinfo', new TextEncoder().encode(`${line}\n`));
    const found = read(files).evidence.observations.find((entry) => entry.key === 'mount.root-marker');
    expect(found).toMatchObject({ value: line, rawRef: 'FS/proc/1234/mountinfo:1' });
  });

  it.each([
    ['nothing', new Map<string, Uint8Array>(), 'evidence.unrecognised'],
    ['a picture', new Map([['a.png', new Uint8Array([1, 2])]]), 'evidence.unrecognised'],
    ['a text', new Map([['readme.txt', new TextEncoder().encode('hello')]]), 'evidence.unrecognised'],
    ['an encrypted bundle', new Map([['x.zip.age', new Uint8Array([1])]]), 'evidence.encrypted'],
  ])('says in one diagnostic that %s is no evidence', (_, files, id) => {
    const { value, diagnostics } = readDeviceEvidence(treeFromFiles(files), { now });
    expect(value).toBeNull();
    expect(diagnostics.map((diagnostic) => diagnostic.id)).toEqual([id]);
  });

  it('says when evidence has no date, and takes one from the caller', () => {
    const files = buildAdbAnswers(phone);
    files.delete('adb/index.json');
    const undated = readDeviceEvidence(treeFromFiles(files), { now });
    expect(undated.value?.collectedAt).toBeNull();
    expect(undated.diagnostics.map((diagnostic) => diagnostic.id)).toContain('evidence.undated');
    const dated = readDeviceEvidence(treeFromFiles(files), { now, collectedAt: '2026-11-21T00:00:00.000Z' });
    expect(dated.value?.collectedAt).toBe('2026-11-21T00:00:00.000Z');
    expect(dated.diagnostics.map((diagnostic) => diagnostic.id)).not.toContain('evidence.undated');
  });

  it('understands the short names people give to answers', () => {
    const full = buildAdbAnswers(phone);
    const short = new Map<string, Uint8Array>();
    const names: Record<string, string> = {
      'getprop.txt': 'getprop.txt',
      'settings_list_global.txt': 'settings_global.txt',
      'pm_list_packages_f_u_i_show_versioncode.txt': 'pm_list_packages.txt',
      'dumpsys_package.txt': 'dumpsys_package.txt',
      'getenforce.txt': 'selinux.txt',
      'ps_a.txt': 'ps.txt',
      'which_a_su_magisk_ksud_apd.txt': 'which_su.txt',
      'ls_laz_data_local_tmp.txt': 'ls_la_data_local_tmp.txt',
    };
    for (const [from, to] of Object.entries(names)) short.set(to, full.get(`adb/${from}`) ?? new Uint8Array());
    const { kind, evidence } = read(short);
    expect(kind).toBe('adb');
    const keys = new Set(evidence.observations.map((entry) => entry.key));
    for (const key of [
      'settings.global.adb_enabled',
      'selinux.mode',
      'root.binary',
      'process.root-marker',
      'file.temporary-executable',
    ]) {
      expect(keys.has(key), key).toBe(true);
    }
  });

  it('reports how far it is', () => {
    const seen: number[] = [];
    const big = buildBugReport(phone, { logLines: 60_000 });
    readDeviceEvidence(treeFromFiles(big), { now, onProgress: (fraction) => seen.push(fraction) });
    expect(seen.length).toBeGreaterThan(0);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.every((fraction) => fraction > 0 && fraction <= 1)).toBe(true);
  });
});
