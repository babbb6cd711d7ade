import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Appraisal } from '@vedette/contracts';
import { apkEntries, buildApk, buildProtoXml, buildZip, manifestTree } from '@vedette/formats/builders';
import { afterAll, describe, expect, it } from 'vitest';
import { repositoryRoot, runVedette } from './support/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'vedette-kinds-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const modules = join(repositoryRoot, 'node_modules');
const sharedIos = join(repositoryRoot, '../shared/data/ios');
const filesUnder = (root: string, ending: RegExp): string[] =>
  existsSync(root)
    ? readdirSync(root, { recursive: true, encoding: 'utf8' })
        .filter((name) => ending.test(name))
        .map((name) => join(root, name))
    : [];
const realApks = [
  ...filesUnder(join(modules, 'io.appium.settings'), /\.apk$/),
  ...filesUnder(join(modules, 'agent-device/android'), /\.apk$/),
  ...filesUnder(join(modules, '@devicefarmer/stf'), /\.apk$/),
];
/** Two of the fixtures are there because they are no apps. */
const realIpas = filesUnder(sharedIos, /\.ipa$/).filter((path) => !/no-app-bundle|not-an-ipa/.test(path));

const spec = {
  manifest: {
    package: 'com.example.shop',
    versionName: '3.1',
    minSdk: 26,
    targetSdk: 35,
    permissions: ['android.permission.INTERNET'],
    components: [{ kind: 'activity', name: 'com.example.shop.Main', exported: true }],
  },
  dex: [[{ name: 'com.example.shop.Main', superclass: 'android.app.Activity' }]],
} as const;

function write(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** The base module as bundletool lays it out: the manifest as protobuf, code in a folder of its own. */
function bundle(): Uint8Array {
  const manifest = buildProtoXml(manifestTree(spec.manifest));
  const code = apkEntries(spec).find(({ name }) => name === 'classes.dex')?.data ?? new Uint8Array(0);
  return buildZip([
    { name: 'BundleConfig.pb', data: new Uint8Array([0x0a, 0x00]) },
    { name: 'base/manifest/AndroidManifest.xml', data: manifest },
    { name: 'base/dex/classes.dex', data: code },
  ]);
}

/** A set as APKPure makes them: a description in JSON, the base and a split by density. */
function xapk(): Uint8Array {
  const root = manifestTree({ package: spec.manifest.package, targetSdk: 35 });
  const split = buildApk({
    manifest: { ...root, attributes: { package: spec.manifest.package, split: 'config.xhdpi' } },
  });
  const description = JSON.stringify({ xapk_version: 2, package_name: spec.manifest.package });
  return buildZip([
    { name: 'manifest.json', data: new TextEncoder().encode(description) },
    { name: `${spec.manifest.package}.apk`, data: buildApk(spec), method: 'stored' },
    { name: 'config.xhdpi.apk', data: split, method: 'stored' },
  ]);
}

async function scan(path: string): Promise<Appraisal> {
  const { exitCode, stdout, stderr } = await runVedette(['scan', path, '--format', 'json']);
  expect([exitCode, stderr], basename(path)).toEqual([0, '']);
  return Appraisal.parse(JSON.parse(stdout));
}

/** What makes a report a full one, whatever kind of app it is about. */
function expectFullReport(appraisal: Appraisal): void {
  const { app, coverage, score, findings, engine, diagnostics } = appraisal;
  // Two of the fixtures have no Info.plist that names them; that is said.
  expect(app.package !== '' || diagnostics.some(({ level }) => level === 'error'), 'a name, or why there is none').toBe(
    true,
  );
  expect(engine.rules).toBeGreaterThan(100);
  expect(coverage.stages.length).toBeGreaterThan(0);
  for (const axis of [score.malice, score.dataRisk]) {
    const sum = axis.parts.reduce((total, { weight }) => total + weight, 0);
    expect(axis.value).toBeCloseTo(Math.min(100, sum), 6);
  }
  for (const { status, evidence, ruleId } of findings)
    if (status === 'bad') expect(evidence.length, ruleId).toBeGreaterThan(0);
}

describe('a full report', () => {
  it.each(realApks.map((path) => [basename(path), path]))(
    'on %s, a real app, which is not malicious',
    async (_, path) => {
      const appraisal = await scan(path);
      expectFullReport(appraisal);
      expect(appraisal.verdict).not.toBe('malicious');
      expect(appraisal.app.signers.some(({ verified }) => verified === 'verified')).toBe(true);
    },
  );

  it.skipIf(realIpas.length === 0).each(realIpas.map((path) => [basename(path), path]))(
    'on %s, a real app for iOS',
    async (_, path) => {
      const appraisal = await scan(path);
      expectFullReport(appraisal);
      expect(appraisal.app.platform).toBe('ios');
      expect(appraisal.verdict).not.toBe('malicious');
      // Native code is described, not analysed.
      expect(appraisal.verdict).not.toBe('benign');
    },
  );

  it('on an app bundle', async () => {
    const appraisal = await scan(write('shop.aab', bundle()));
    expectFullReport(appraisal);
    expect([appraisal.file.container, appraisal.app.package, appraisal.app.versionName]).toEqual([
      'aab',
      'com.example.shop',
      '3.1',
    ]);
    expect(appraisal.coverage.counts['classes']).toBe(1);
  });

  it('on an XAPK, of base and split together', async () => {
    const appraisal = await scan(write('shop.xapk', xapk()));
    expectFullReport(appraisal);
    expect(appraisal.file).toMatchObject({
      container: 'apk-set',
      parts: [
        { path: 'com.example.shop.apk', role: 'base' },
        { path: 'config.xhdpi.apk', role: 'split' },
      ],
    });
  });
});
