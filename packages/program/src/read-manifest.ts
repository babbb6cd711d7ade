/** AndroidManifest.xml as the package manager understands it (AOSP `ParsingPackageUtils`), with its defaults. */
import { createDiagnostics } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import { readAxml } from '@vedette/formats';
import type { AndroidManifest, ManifestElement } from './app-image.ts';
import { checkManifest } from './manifest-checks/check-manifest.ts';
import { manifestComponents } from './manifest-components.ts';
import {
  type AttributeReader,
  booleanOf,
  createAttributeReader,
  integerOf,
  toManifestElement,
} from './manifest-element.ts';

/** Reads a binary manifest. Null when it has no root element; the diagnostics say why. */
export function readManifest(bytes: Uint8Array): Parsed<AndroidManifest | null> {
  const diagnostics = createDiagnostics();
  const document = readAxml(bytes);
  diagnostics.addAll(document.diagnostics);
  if (document.value === null) return { value: null, diagnostics: diagnostics.list() };
  if (document.value.name !== 'manifest') {
    diagnostics.warning('manifest.root', `the root element is <${document.value.name.slice(0, 60)}>, not <manifest>`);
  }
  const root = toManifestElement(document.value);
  const attributes = createAttributeReader(root);
  const { android, plain } = attributes;

  const packageName = plain(root, 'package') ?? '';
  if (packageName === '') diagnostics.error('manifest.package', 'the manifest names no package');
  const applications = root.children.filter(({ name }) => name === 'application');
  if (applications.length > 1)
    diagnostics.warning('manifest.several-applications', 'more than one <application>; the first was taken');
  const application = applications[0] ?? null;
  const usesSdk = root.children.filter(({ name }) => name === 'uses-sdk').at(-1);
  const sdk = (name: string): number | null => (usesSdk === undefined ? null : integerOf(android(usesSdk, name)));
  const minSdk = sdk('minSdkVersion');
  const targetSdk = sdk('targetSdkVersion') ?? minSdk;
  const flag = (name: string): boolean | null => {
    const value = application === null ? null : android(application, name);
    const known = booleanOf(value);
    if (value !== null && known === null) {
      const message = `android:${name} is "${value.slice(0, 60)}", which cannot be resolved without the resources`;
      diagnostics.warning('manifest.value.unresolved', message);
    }
    return known;
  };
  const label = application === null ? null : android(application, 'label');

  const value: AndroidManifest = {
    package: packageName,
    versionName: android(root, 'versionName'),
    versionCode: integerOf(android(root, 'versionCode')),
    minSdk,
    targetSdk,
    label: label?.startsWith('@') ? null : label,
    permissions: requestedPermissions(root, attributes),
    declaredPermissions: declaredPermissions(root, attributes),
    components:
      application === null
        ? []
        : manifestComponents({ package: packageName, targetSdk: targetSdk ?? 1, application, attributes }),
    debuggable: flag('debuggable'),
    allowBackup: flag('allowBackup'),
    usesCleartextTraffic: flag('usesCleartextTraffic'),
    testOnly: flag('testOnly'),
    networkSecurityConfig: application === null ? null : android(application, 'networkSecurityConfig'),
    application,
    root,
  };
  diagnostics.addAll(checkManifest(value));
  return { value, diagnostics: diagnostics.list() };
}

function requestedPermissions(root: ManifestElement, { android }: AttributeReader): AndroidManifest['permissions'] {
  return root.children.flatMap((element) => {
    if (!/^uses-permission(-sdk-23|-sdk-m)?$/.test(element.name)) return [];
    const name = android(element, 'name');
    return name === null ? [] : [{ name, maxSdk: integerOf(android(element, 'maxSdkVersion')), element }];
  });
}

function declaredPermissions(
  root: ManifestElement,
  { android }: AttributeReader,
): AndroidManifest['declaredPermissions'] {
  return root.children.flatMap((element) => {
    if (element.name !== 'permission') return [];
    const name = android(element, 'name');
    if (name === null) return [];
    return [{ name, protectionLevel: protectionLevelText(android(element, 'protectionLevel')), element }];
  });
}

const BASE_LEVELS = ['normal', 'dangerous', 'signature', 'signatureOrSystem', 'internal'];
/** `PermissionInfo.PROTECTION_FLAG_*` that apps use, from 0x10 upwards. */
const LEVEL_FLAGS = [
  'privileged',
  'development',
  'appop',
  'pre23',
  'installer',
  'verifier',
  'preinstalled',
  'setup',
  'instant',
  'runtime',
];

/** `signature|privileged` of the number in the manifest; `normal` when it is not given. */
export function protectionLevelText(value: string | null): string {
  if (value === null) return 'normal';
  const level = integerOf(value);
  if (level === null) return value;
  const flags = LEVEL_FLAGS.filter((_, bit) => (level & (0x10 << bit)) !== 0);
  return [BASE_LEVELS[level & 15] ?? `0x${(level & 15).toString(16)}`, ...flags].join('|');
}
