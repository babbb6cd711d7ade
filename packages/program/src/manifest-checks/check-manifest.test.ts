import { readFileSync } from 'node:fs';
import { type AppResources, createResources, readResourceTable } from '@vedette/formats';
import {
  type ArscConfigurationSpec,
  buildArsc,
  buildAxml,
  type XmlNode,
  type XmlValue,
} from '@vedette/formats/builders';
import { describe, expect, it } from 'vitest';
import type { AndroidManifest } from '../app-image.ts';
import { readManifest } from '../read-manifest.ts';
import { checkManifest } from './check-manifest.ts';
import { type AppAround, checkManifestInApp } from './check-manifest-in-app.ts';
import { isPackageName } from './check-package.ts';
import { MANIFEST_TRICKS } from './manifest-tricks.ts';
import { resolveFlag } from './resolve-flag.ts';

type Attributes = Readonly<Record<string, XmlValue>>;

const SDK: XmlNode = { name: 'uses-sdk', attributes: { 'android:minSdkVersion': 24, 'android:targetSdkVersion': 35 } };
const ACTIVITY: XmlNode = { name: 'activity', attributes: { 'android:name': '.Main', 'android:exported': false } };

interface Parts {
  readonly root?: Attributes;
  readonly sdk?: readonly XmlNode[];
  readonly application?: Attributes;
  readonly components?: readonly XmlNode[];
}

function manifest({ root = {}, sdk = [SDK], application = {}, components = [ACTIVITY] }: Parts = {}): AndroidManifest {
  const { value } = readManifest(
    buildAxml({
      name: 'manifest',
      attributes: { package: 'com.example.app', ...root },
      children: [...sdk, { name: 'application', attributes: application, children: components }],
    }),
  );
  if (value === null) throw new Error('no manifest was read');
  return value;
}

/** Id and level of what is found. */
function found(parts: Parts): string[] {
  return checkManifest(manifest(parts)).map(({ id, level }) => `${level} ${id}`);
}

const HONEST: AppAround = {
  isBase: true,
  entryNames: ['AndroidManifest.xml', 'assets/inner/AndroidManifest.xml', 'classes.dex'],
  hasClass: () => true,
  resources: null,
};

function foundInApp(parts: Parts, app: Partial<AppAround>): string[] {
  return checkManifestInApp(manifest(parts), { ...HONEST, ...app }).map(({ id, level }) => `${level} ${id}`);
}

/** Resources with one boolean, 0x7f010000. */
function resources(...configurations: ArscConfigurationSpec[]): AppResources {
  const { value } = readResourceTable(buildArsc({ packages: [{ types: [{ name: 'bool', configurations }] }] }));
  return createResources(value === null ? [] : [value]);
}

describe('checkManifest', () => {
  it('finds nothing in an honest manifest', () => {
    expect([...found({}), ...foundInApp({}, {})]).toEqual([]);
  });

  it('trick 47: components without a name, with names that deceive or that no class has', () => {
    const named = (name: string): XmlNode => ({ name: 'service', attributes: { 'android:name': name } });
    expect(found({ components: [{ name: 'service' }] })).toEqual(['error manifest.component.unnamed']);
    for (const name of ['.Ma\u202ein', '.Ma\u200bin', 'a/b.C', '.A B', 'a..B', '.', 'a.b;']) {
      expect(found({ components: [named(name)] })).toEqual(['warning manifest.component.name']);
    }
    expect(found({ components: [named('.Main$Inner_1'), named('Über'), named('o.O0-')] })).toEqual([]);
  });

  it('trick 47: aliases that lead nowhere, or to what comes later', () => {
    const alias: XmlNode = {
      name: 'activity-alias',
      attributes: { 'android:name': '.Alias', 'android:targetActivity': '.Main' },
    };
    expect(found({ components: [ACTIVITY, alias] })).toEqual([]);
    expect(found({ components: [alias, ACTIVITY] })).toEqual(['error manifest.alias.target']);
    const nowhere: XmlNode = { name: 'activity-alias', attributes: { 'android:name': '.Alias' } };
    expect(found({ components: [ACTIVITY, nowhere] })).toEqual(['error manifest.alias.target']);
  });

  it('trick 49: code names, impossible numbers, contradictions, several bounds and none', () => {
    const sdk = (attributes: Attributes): Parts => ({ sdk: [{ name: 'uses-sdk', attributes }] });
    expect(found(sdk({ 'android:minSdkVersion': 'Tiramisu' }))).toEqual(['warning manifest.sdk.codename']);
    for (const version of [-1, 0, 10_000, 20_000]) {
      expect(found(sdk({ 'android:minSdkVersion': version }))).toEqual(['warning manifest.sdk.range']);
    }
    expect(found(sdk({ 'android:minSdkVersion': 30, 'android:targetSdkVersion': 24 }))).toEqual([
      'warning manifest.sdk.order',
    ]);
    expect(found(sdk({ 'android:targetSdkVersion': 30, 'android:maxSdkVersion': 24 }))).toEqual([
      'warning manifest.sdk.order',
    ]);
    expect(found({ sdk: [SDK, SDK] })).toEqual(['warning manifest.sdk.several']);
    expect(found({ sdk: [] })).toEqual(['note manifest.sdk.missing']);
  });

  it('trick 50: names no package has, shared users, apps for tests only', () => {
    for (const name of ['app', 'com.1st', 'com.exa mple', 'com..a', 'com.\u202ea', `com.${'a'.repeat(240)}`]) {
      expect(found({ root: { package: name } })).toContain('error manifest.package.invalid');
    }
    expect(['a.b', 'com.Example_1.x'].every(isPackageName)).toBe(true);
    expect(found({ root: { 'android:sharedUserId': 'com.example.shared' } })).toEqual(['note manifest.shared-user']);
    expect(found({ root: { 'android:sharedUserId': 'android.uid.system' } })).toEqual(['warning manifest.shared-user']);
    expect(found({ application: { 'android:testOnly': true } })).toEqual(['note manifest.test-only']);
    expect(readManifest(buildAxml({ name: 'manifest' })).diagnostics.map(({ id }) => id)).toContain('manifest.package');
  });
});

describe('checkManifestInApp', () => {
  it('trick 48: manifests that are there twice, or almost', () => {
    const entries = (...entryNames: string[]): string[] => foundInApp({}, { entryNames });
    expect(entries('AndroidManifest.xml', 'AndroidManifest.xml')).toEqual(['error manifest.duplicate']);
    for (const decoy of [
      'androidmanifest.xml',
      './AndroidManifest.xml',
      'AndroidManifest.xml\0',
      'AndroidManifest.xml/',
    ]) {
      expect(entries('AndroidManifest.xml', decoy)).toEqual(['warning manifest.decoy']);
    }
  });

  it('trick 47: the class of a component is not in the code', () => {
    expect(foundInApp({}, { hasClass: (name) => name !== 'com.example.app.Main' })).toEqual([
      'note manifest.component.missing-class',
    ]);
    expect(foundInApp({}, { hasClass: null })).toEqual([]);
  });

  it('trick 50: the base says that it is a split', () => {
    const parts = { root: { split: 'config.de' } };
    expect(foundInApp(parts, {})).toEqual(['warning manifest.split.in-base']);
    expect(foundInApp(parts, { isBase: false })).toEqual([]);
  });

  it('trick 46: flags that are resources: known, different by device, or unknown', () => {
    const parts = { application: { 'android:debuggable': { reference: 0x7f010000 } } };
    const on: ArscConfigurationSpec = { entries: { debug: true } };
    const off: ArscConfigurationSpec = { for: { language: 'xx' }, entries: { debug: false } };
    const ring: ArscConfigurationSpec = { entries: { debug: { reference: 0x7f010000 } } };
    expect(foundInApp(parts, { resources: resources(on) })).toEqual(['note manifest.value.resource']);
    expect(foundInApp(parts, { resources: resources(on, off) })).toEqual(['warning manifest.value.varies']);
    expect(foundInApp(parts, { resources: resources(ring) })).toEqual(['warning manifest.value.unresolved']);
    expect(foundInApp(parts, {})).toEqual(['warning manifest.value.unresolved']);
    const component: XmlNode = {
      name: 'activity',
      attributes: { 'android:name': '.Main', 'android:exported': { reference: 0x7f010000 } },
    };
    expect(foundInApp({ components: [component] }, { resources: resources(on, off) })).toEqual([
      'warning manifest.value.varies',
    ]);
    expect(resolveFlag('@0x7f010000', resources(on, off))).toEqual({ values: [true, false], complete: true });
    expect(resolveFlag('@0x0101000f', resources(on))).toEqual({ values: [], complete: false });
    expect(resolveFlag(null, null)).toEqual({ values: [], complete: true });
  });
});

describe('MANIFEST_TRICKS', () => {
  it('has each id in this file, or in the test of readManifest', () => {
    const text = readFileSync(new URL(import.meta.url), 'utf8');
    const elsewhere = ['manifest.root', 'manifest.several-applications'];
    const missing = MANIFEST_TRICKS.filter(({ id }) => !text.includes(`${id}'`) && !elsewhere.includes(id));
    expect(missing.map(({ id }) => id)).toEqual([]);
  });

  it('tricks 45: another root and several applications are named by readManifest', () => {
    const ids = (node: XmlNode): readonly string[] => readManifest(buildAxml(node)).diagnostics.map(({ id }) => id);
    expect(ids({ name: 'mani', attributes: { package: 'a.b' } })).toContain('manifest.root');
    const application: XmlNode = { name: 'application' };
    expect(ids({ name: 'manifest', attributes: { package: 'a.b' }, children: [application, application] })).toContain(
      'manifest.several-applications',
    );
  });
});
