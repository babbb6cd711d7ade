import type {
  AndroidManifest,
  ComponentKind,
  ManifestAttribute,
  ManifestComponent,
  ManifestElement,
} from '@vedette/program';

/** An element as written, for what has no short form. */
export interface FakeElement {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly children?: readonly FakeElement[];
}

export interface FakeComponent {
  readonly kind: ComponentKind;
  readonly name: string;
  readonly exported?: boolean;
  readonly permission?: string;
  readonly actions?: readonly string[];
  readonly categories?: readonly string[];
  readonly schemes?: readonly string[];
  readonly hosts?: readonly string[];
  readonly priority?: number;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Further children of the element. */
  readonly children?: readonly FakeElement[];
}

export interface FakeManifest {
  readonly package?: string;
  readonly minSdk?: number | null;
  readonly targetSdk?: number | null;
  readonly permissions?: readonly string[];
  /** name → protection level */
  readonly declaredPermissions?: Readonly<Record<string, string>>;
  /** Name of a declared permission → its group. */
  readonly permissionGroups?: Readonly<Record<string, string>>;
  readonly components?: readonly FakeComponent[];
  /** Attributes of <application>. */
  readonly application?: Readonly<Record<string, string>>;
  /** Attributes of <manifest>. */
  readonly root?: Readonly<Record<string, string>>;
  /** Further children of <application> and of <manifest>. */
  readonly inApplication?: readonly FakeElement[];
  readonly inRoot?: readonly FakeElement[];
}

/** The launcher activity that almost every app has. */
export const LAUNCHER: FakeComponent = {
  kind: 'activity',
  name: 'com.example.app.Main',
  exported: true,
  actions: ['android.intent.action.MAIN'],
  categories: ['android.intent.category.LAUNCHER'],
};

/** A manifest as the reader of the product builds it, from a short form. */
export function fakeManifest(fake: FakeManifest): AndroidManifest {
  const permissions = (fake.permissions ?? []).map((name) => {
    return { name, maxSdk: null, element: element('uses-permission', `manifest/uses-permission[${name}]`, { name }) };
  });
  const declaredPermissions = Object.entries(fake.declaredPermissions ?? {}).map(([name, protectionLevel]) => {
    const permissionGroup = fake.permissionGroups?.[name];
    const attributes = { name, protectionLevel, ...(permissionGroup === undefined ? {} : { permissionGroup }) };
    return { name, protectionLevel, element: element('permission', `manifest/permission[${name}]`, attributes) };
  });
  const components = (fake.components ?? [LAUNCHER]).map(component);
  const application = element('application', 'manifest/application', fake.application ?? {}, [
    ...components.map((c) => c.element),
    ...(fake.inApplication ?? []).map((child) => built(child, 'manifest/application')),
  ]);
  const flag = (name: string): boolean | null => {
    const value = fake.application?.[name];
    return value === undefined ? null : value === 'true';
  };
  return {
    package: fake.package ?? 'com.example.app',
    versionName: '1.0',
    versionCode: 1,
    minSdk: fake.minSdk === undefined ? 26 : fake.minSdk,
    targetSdk: fake.targetSdk === undefined ? 35 : fake.targetSdk,
    label: fake.application?.['label'] ?? 'Example',
    permissions,
    declaredPermissions,
    components,
    debuggable: flag('debuggable'),
    allowBackup: flag('allowBackup'),
    usesCleartextTraffic: flag('usesCleartextTraffic'),
    testOnly: flag('testOnly'),
    networkSecurityConfig: fake.application?.['networkSecurityConfig'] ?? null,
    application,
    root: element('manifest', 'manifest', { package: fake.package ?? 'com.example.app', ...fake.root }, [
      ...permissions.map((p) => p.element),
      ...declaredPermissions.map((p) => p.element),
      ...(fake.inRoot ?? []).map((child) => built(child, 'manifest')),
      application,
    ]),
  };
}

function component(fake: FakeComponent): ManifestComponent {
  const hasFilter = fake.actions !== undefined || fake.schemes !== undefined;
  const path = `manifest/application/${fake.kind}[${fake.name}]`;
  const priority: Readonly<Record<string, string>> =
    fake.priority === undefined ? {} : { priority: String(fake.priority) };
  const filters = hasFilter ? [element('intent-filter', `${path}/intent-filter`, priority)] : [];
  const attributes: Record<string, string> = { name: fake.name };
  if (fake.exported !== undefined) attributes['exported'] = String(fake.exported);
  if (fake.permission !== undefined) attributes['permission'] = fake.permission;
  return {
    kind: fake.kind,
    name: fake.name,
    exported: fake.exported ?? hasFilter,
    exportedBy: fake.exported === undefined ? (hasFilter ? 'intent-filter' : 'default') : 'declared',
    enabled: true,
    permission: fake.permission ?? null,
    intentFilters: hasFilter
      ? [
          {
            actions: fake.actions ?? [],
            categories: fake.categories ?? [],
            schemes: fake.schemes ?? [],
            hosts: fake.hosts ?? [],
          },
        ]
      : [],
    element: element(fake.kind, path, { ...attributes, ...fake.attributes }, [
      ...filters,
      ...(fake.children ?? []).map((child) => built(child, path)),
    ]),
  };
}

function built({ name, attributes = {}, children = [] }: FakeElement, parent: string): ManifestElement {
  const path = `${parent}/${name}`;
  return element(
    name,
    path,
    attributes,
    children.map((child) => built(child, path)),
  );
}

function element(
  name: string,
  path: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly ManifestElement[] = [],
): ManifestElement {
  return { name, path, line: 1, attributes: Object.entries(attributes).map(attribute), children };
}

function attribute([name, value]: readonly [string, string]): ManifestAttribute {
  return { name, namespace: 'http://schemas.android.com/apk/res/android', resourceId: 0, value };
}
