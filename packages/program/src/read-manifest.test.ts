import { buildAxml, type ComponentSpec, type ManifestSpec, manifestTree } from '@vedette/formats/builders';
import { describe, expect, it } from 'vitest';
import type { AndroidManifest, ManifestComponent } from './app-image.ts';
import { protectionLevelText, readManifest } from './read-manifest.ts';

function read(spec: Partial<ManifestSpec>): AndroidManifest {
  const { value } = readManifest(buildAxml(manifestTree({ package: 'com.example.app', ...spec })));
  if (value === null) throw new Error('no manifest was read');
  return value;
}

function component(spec: Partial<ComponentSpec>, manifest: Partial<ManifestSpec> = {}): ManifestComponent {
  const [only] = read({ ...manifest, components: [{ kind: 'activity', name: '.Main', ...spec }] }).components;
  if (only === undefined) throw new Error('no component was read');
  return only;
}

const FILTER = [
  { actions: ['android.intent.action.VIEW'], categories: ['c'], schemes: ['https'], hosts: ['example.com'] },
];

describe('readManifest', () => {
  it('reads what identifies an app and what it asks for', () => {
    const manifest = read({
      versionCode: 12,
      versionName: '1.2',
      minSdk: 21,
      targetSdk: 34,
      permissions: ['android.permission.CAMERA', 'android.permission.SEND_SMS'],
      declaredPermissions: [{ name: 'com.example.P', protectionLevel: 0x12 }, { name: 'com.example.Q' }],
      application: { 'android:label': 'Example', 'android:debuggable': true, 'android:usesCleartextTraffic': false },
    });
    expect(manifest).toMatchObject({
      package: 'com.example.app',
      versionCode: 12,
      versionName: '1.2',
      minSdk: 21,
      targetSdk: 34,
      label: 'Example',
      debuggable: true,
      allowBackup: null,
      usesCleartextTraffic: false,
      testOnly: null,
      networkSecurityConfig: null,
    });
    expect(manifest.permissions.map(({ name, element }) => [name, element.path])).toEqual([
      ['android.permission.CAMERA', 'manifest/uses-permission[android.permission.CAMERA]'],
      ['android.permission.SEND_SMS', 'manifest/uses-permission[android.permission.SEND_SMS]'],
    ]);
    expect(manifest.declaredPermissions.map(({ protectionLevel }) => protectionLevel)).toEqual([
      'signature|privileged',
      'normal',
    ]);
  });

  it('takes the minimum SDK for the target where none is given, and knows code names are no numbers', () => {
    expect(read({ minSdk: 9 }).targetSdk).toBe(9);
    const named = readManifest(
      buildAxml({
        name: 'manifest',
        attributes: { package: 'a.b' },
        children: [{ name: 'uses-sdk', attributes: { 'android:minSdkVersion': 'Tiramisu' } }],
      }),
    );
    expect([named.value?.minSdk, named.value?.application, named.value?.components]).toEqual([null, null, []]);
  });

  it('does not guess what a reference means', () => {
    const { value, diagnostics } = readManifest(
      buildAxml(
        manifestTree({
          package: 'a.b',
          application: { 'android:debuggable': { reference: 0x7f050001 }, 'android:label': { reference: 0x7f0a0001 } },
        }),
      ),
    );
    expect([value?.debuggable, value?.label]).toEqual([null, null]);
    expect(diagnostics).toEqual([]);
  });

  it('follows resource ids, so that a decoy by name changes nothing', () => {
    const { value } = readManifest(
      buildAxml({
        name: 'manifest',
        attributes: { package: 'a.b' },
        children: [
          {
            name: 'application',
            attributes: [
              {
                name: 'debuggable',
                namespace: 'http://schemas.android.com/apk/res/android',
                resourceId: 0,
                value: false,
              },
              { name: 'debuggable', namespace: null, resourceId: 0x0101000f, value: true },
            ],
          },
        ],
      }),
    );
    expect(value?.debuggable).toBe(true);
  });

  it('says that the manifest names no package', () => {
    const { value, diagnostics } = readManifest(buildAxml({ name: 'manifest' }));
    expect([value?.package, diagnostics.map(({ id }) => id)]).toEqual(['', ['manifest.package']]);
  });
});

describe('components', () => {
  it('completes class names as the platform does', () => {
    const names = ['.Main', 'Main', 'org.other.Main'].map((name) => component({ name }).name);
    expect(names).toEqual(['com.example.app.Main', 'com.example.app.Main', 'org.other.Main']);
  });

  it.each<[string, Partial<ComponentSpec>, number | undefined, boolean, string]>([
    ['said to be exported', { exported: true }, 34, true, 'declared'],
    ['said not to be, in spite of a filter', { exported: false, intentFilters: FILTER }, 30, false, 'declared'],
    ['with a filter before API 31', { intentFilters: FILTER }, 30, true, 'intent-filter'],
    ['with a filter since API 31', { intentFilters: FILTER }, 31, false, 'default'],
    ['with a filter and no target', { intentFilters: FILTER }, undefined, true, 'intent-filter'],
    ['without a filter', {}, 30, false, 'default'],
    ['a provider before API 17', { kind: 'provider' }, 16, true, 'default'],
    ['a provider since API 17', { kind: 'provider' }, 17, false, 'default'],
  ])('knows whether a component is exported: %s', (_, spec, targetSdk, exported, exportedBy) => {
    const sdk = targetSdk === undefined ? {} : { targetSdk };
    expect(component(spec, sdk)).toMatchObject({ exported, exportedBy });
  });

  it('counts an unresolvable declaration as exported', () => {
    const attributes = { 'android:exported': { reference: 0x7f050002 } };
    expect(component({ attributes })).toMatchObject({ exported: true, exportedBy: 'declared' });
  });

  it('takes the permission and the enabled state of the application where the component has none', () => {
    const application = { 'android:permission': 'com.example.P', 'android:enabled': false };
    expect(component({}, { application })).toMatchObject({ permission: 'com.example.P', enabled: false });
    expect(component({ permission: 'com.example.Own' }, { application }).permission).toBe('com.example.Own');
  });

  it('holds a provider guarded only if both reading and writing are', () => {
    const read = { 'android:readPermission': 'com.example.R' };
    const both = { ...read, 'android:writePermission': 'com.example.W' };
    expect(component({ kind: 'provider', attributes: read }).permission).toBeNull();
    expect(component({ kind: 'provider', attributes: both }).permission).toBe('com.example.R');
  });

  it('reads intent filters and gives each element its path', () => {
    const { intentFilters, element } = component({ intentFilters: [...FILTER, {}] });
    expect(intentFilters).toEqual([...FILTER, { actions: [], categories: [], schemes: [], hosts: [] }]);
    expect(element.path).toBe('manifest/application/activity[.Main]');
    expect(element.children.map(({ path }) => path)).toEqual([
      'manifest/application/activity[.Main]/intent-filter[1]',
      'manifest/application/activity[.Main]/intent-filter[2]',
    ]);
  });
});

describe('protectionLevelText', () => {
  it('names base levels and flags', () => {
    expect([null, '1', '0x2', '0x12', '3', '15', '@0x7f010000'].map(protectionLevelText)).toEqual([
      'normal',
      'dangerous',
      'signature',
      'signature|privileged',
      'signatureOrSystem',
      '0xf',
      '@0x7f010000',
    ]);
  });
});
