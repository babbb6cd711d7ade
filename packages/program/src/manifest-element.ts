import { ANDROID_NAMESPACE, FRAMEWORK_ATTRIBUTES, type XmlElement } from '@vedette/formats';
import type { ManifestElement } from './app-image.ts';

/** Gives every element its evidence path: `manifest/application/activity[.Main]/intent-filter[2]`. */
export function toManifestElement(element: XmlElement, parentPath = '', label = element.name): ManifestElement {
  const path = parentPath === '' ? label : `${parentPath}/${label}`;
  const totals = new Map<string, number>();
  for (const { name } of element.children) totals.set(name, (totals.get(name) ?? 0) + 1);
  const seen = new Map<string, number>();
  const children = element.children.map((child) => {
    const ordinal = (seen.get(child.name) ?? 0) + 1;
    seen.set(child.name, ordinal);
    const named = child.attributes.find(
      ({ resourceId, name }) => resourceId === FRAMEWORK_ATTRIBUTES['name'] || name === 'name',
    );
    const key = named?.value.slice(0, 200) ?? ((totals.get(child.name) ?? 0) > 1 ? String(ordinal) : undefined);
    return toManifestElement(child, path, key === undefined ? child.name : `${child.name}[${key}]`);
  });
  const attributes = element.attributes.map(({ found, name, namespace, resourceId, value }) => ({
    found,
    name,
    namespace,
    resourceId,
    value,
  }));
  return { name: element.name, path, line: element.line, attributes, children };
}

/** Looks attributes up as the platform does. */
export interface AttributeReader {
  /** Value of the `android:` attribute, by its resource id; null when it is not there. */
  android(element: ManifestElement, name: string): string | null;
  /** Value of an attribute without namespace, such as `package`. */
  plain(element: ManifestElement, name: string): string | null;
}

/**
 * The platform sees an `android:` attribute only by resource id. A document without any id (its resource map is lost) is
 * read by name instead: better than not at all, and the reader has reported the loss.
 */
export function createAttributeReader(root: ManifestElement): AttributeReader {
  const byId = hasResourceIds(root);
  return {
    android(element, name) {
      const id = FRAMEWORK_ATTRIBUTES[name];
      const found = element.attributes.find((attribute) =>
        byId && id !== undefined
          ? attribute.found !== false && attribute.resourceId === id
          : attribute.name === name && (attribute.namespace === ANDROID_NAMESPACE || !byId),
      );
      return found?.value ?? null;
    },
    plain(element, name) {
      const found = element.attributes.find(
        (attribute) =>
          attribute.name === name && attribute.resourceId === 0 && attribute.namespace !== ANDROID_NAMESPACE,
      );
      return found?.value ?? null;
    },
  };
}

function hasResourceIds(element: ManifestElement): boolean {
  return element.attributes.some(({ resourceId }) => resourceId !== 0) || element.children.some(hasResourceIds);
}

/**
 * A boolean as the platform takes it: any number but zero is true, `true` and `1` as text too. Null for a reference,
 * which cannot be known without the resources, and for text that is neither.
 */
export function booleanOf(value: string | null): boolean | null {
  if (value === null) return null;
  if (/^(true|TRUE)$/.test(value)) return true;
  if (/^(false|FALSE)$/.test(value)) return false;
  if (/^(-?\d+|0x[0-9a-f]+)$/.test(value)) return Number(value) !== 0;
  return null;
}

/** A whole number, decimal or hexadecimal; null for a code name, a reference, or anything else. */
export function integerOf(value: string | null): number | null {
  return value !== null && /^(-?\d{1,10}|0x[0-9a-f]{1,8})$/.test(value) ? Number(value) : null;
}
