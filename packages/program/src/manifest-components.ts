import type { ComponentKind, ManifestComponent, ManifestElement } from './app-image.ts';
import { type AttributeReader, booleanOf } from './manifest-element.ts';

/** What the components' defaults depend on. */
export interface ComponentContext {
  readonly package: string;
  /** The SDK the app targets, with the platform's default (1) where the manifest says nothing. */
  readonly targetSdk: number;
  readonly application: ManifestElement;
  readonly attributes: AttributeReader;
}

const KINDS: readonly ComponentKind[] = ['activity', 'activity-alias', 'service', 'receiver', 'provider'];

function kindOf(name: string): ComponentKind | undefined {
  return KINDS.find((kind) => kind === name);
}

/** The components of an application element, in document order. */
export function manifestComponents(context: ComponentContext): ManifestComponent[] {
  const enabledApp = booleanOf(context.attributes.android(context.application, 'enabled')) ?? true;
  return context.application.children.flatMap((element) => {
    const kind = kindOf(element.name);
    if (kind === undefined) return [];
    const { android } = context.attributes;
    const intentFilters = element.children
      .filter(({ name }) => name === 'intent-filter')
      .map((filter) => intentFilter(filter, context));
    const component: ManifestComponent = {
      kind,
      name: className(android(element, 'name') ?? '', context.package),
      ...exportedState(kind, element, intentFilters.length > 0, context),
      enabled: enabledApp && (booleanOf(android(element, 'enabled')) ?? true),
      permission: permissionOf(kind, element, context),
      intentFilters,
      element,
    };
    return [component];
  });
}

/** A class name as the platform completes it (AOSP `ParsingUtils.buildClassName`). */
export function className(name: string, packageName: string): string {
  if (name === '') return '';
  if (name.startsWith('.')) return packageName + name;
  return name.includes('.') ? name : `${packageName}.${name}`;
}

/**
 * Whether other apps can reach a component. Declared, or by default: since API 31 a component with an intent filter must
 * say it and is refused at installation otherwise; before, an intent filter exported it. A provider was exported by
 * default before API 17. A declaration that is a reference cannot be resolved here and counts as exported: the side on
 * which an error is safe.
 */
function exportedState(
  kind: ComponentKind,
  element: ManifestElement,
  hasFilter: boolean,
  context: ComponentContext,
): Pick<ManifestComponent, 'exported' | 'exportedBy'> {
  const declared = context.attributes.android(element, 'exported');
  if (declared !== null) return { exported: booleanOf(declared) ?? true, exportedBy: 'declared' };
  if (kind === 'provider') return { exported: context.targetSdk < 17, exportedBy: 'default' };
  if (hasFilter && context.targetSdk < 31) return { exported: true, exportedBy: 'intent-filter' };
  return { exported: false, exportedBy: 'default' };
}

/**
 * The permission a caller needs: the component's own, else the application's. A provider with separate permissions for
 * reading and writing is guarded only if it has both; then the one for reading is given.
 */
function permissionOf(kind: ComponentKind, element: ManifestElement, context: ComponentContext): string | null {
  const { android } = context.attributes;
  const own = android(element, 'permission') ?? android(context.application, 'permission');
  if (own !== null || kind !== 'provider') return own || null;
  const read = android(element, 'readPermission');
  const write = android(element, 'writePermission');
  return read !== null && write !== null ? read : null;
}

function intentFilter(filter: ManifestElement, context: ComponentContext): ManifestComponent['intentFilters'][number] {
  const values = (child: string, attribute: string): string[] =>
    filter.children.flatMap((element) => {
      const value = element.name === child ? context.attributes.android(element, attribute) : null;
      return value === null ? [] : [value];
    });
  return {
    actions: values('action', 'name'),
    categories: values('category', 'name'),
    schemes: values('data', 'scheme'),
    hosts: values('data', 'host'),
  };
}
