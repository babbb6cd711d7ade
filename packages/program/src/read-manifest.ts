/** AndroidManifest.xml as the package manager understands it (AOSP `ParsingPackageUtils`), with its defaults. */
import { createDiagnostics } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import { type AppResources, readAxml, type XmlElement } from '@vedette/formats';
import type { AndroidManifest, ManifestElement } from './app-image.ts';
import { checkManifest } from './manifest-checks/check-manifest.ts';
import { referenceIn, resolveFlag } from './manifest-checks/resolve-flag.ts';
import { manifestComponents } from './manifest-components.ts';
import { type AttributeReader, createAttributeReader, integerOf, toManifestElement } from './manifest-element.ts';

export interface ManifestOptions {
  /** What references lead to; null: they stay unknown. */
  readonly resources?: AppResources | null;
  /** How the document is written: as installed (the default), or as in an app bundle. */
  readonly parse?: (bytes: Uint8Array) => Parsed<XmlElement | null>;
}

/** Reads a manifest. Null when it has no root element; the diagnostics say why. */
export function readManifest(
  bytes: Uint8Array,
  { resources = null, parse = readAxml }: ManifestOptions = {},
): Parsed<AndroidManifest | null> {
  const diagnostics = createDiagnostics();
  const document = parse(bytes);
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
    // What is true for some device counts as true; checks of the manifest say where it varies.
    const { values } = resolveFlag(value, resources);
    const known = values.length === 0 ? null : values.includes(true);
    return known;
  };

  const value: AndroidManifest = {
    package: packageName,
    versionName: textOf(android(root, 'versionName'), resources),
    versionCode: integerOf(android(root, 'versionCode')),
    minSdk,
    targetSdk,
    label: textOf(application === null ? null : android(application, 'label'), resources),
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

/** Text, or what the default configuration has where it is a reference; null for a reference that leads nowhere. */
function textOf(value: string | null, resources: AppResources | null): string | null {
  const id = value === null ? null : referenceIn(value);
  if (id === null) return value?.startsWith('@') === true ? null : value;
  return resources?.resolve(id)?.value?.text ?? null;
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
