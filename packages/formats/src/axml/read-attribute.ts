import { hex, u16At, u32At } from '@vedette/bytes';
import { NO_STRING, VALUE_BOOLEAN, VALUE_INT_DEC, VALUE_STRING } from './chunk-types.ts';
import { ANDROID_NAMESPACE, frameworkAttributeName } from './framework-attributes.ts';
import { typedValueText } from './typed-value.ts';
import type { OpenDocument, OpenElement, XmlAttribute } from './xml-document.ts';
import { reportName } from './xml-names.ts';

/** How far the platform has come through the attributes of one element. */
export interface AttributeSearch {
  greatestId: number;
  /** Namespace and name of those without an id; null before the first. */
  names: Set<string> | null;
}

/** `ResXMLTree_attribute`: namespace, name, raw value, then a `Res_value` of size, zero, type and data. */
export function readAttribute(document: OpenDocument, search: AttributeSearch, at: number): XmlAttribute {
  const { bytes, pool, diagnostics } = document;
  const namespaceIndex = u32At(bytes, at);
  const nameIndex = u32At(bytes, at + 4);
  const rawIndex = u32At(bytes, at + 8);
  const type = bytes[at + 15] ?? 0;
  const data = u32At(bytes, at + 16);
  const resourceId = document.resourceIds[nameIndex] ?? 0;
  const written = pool.get(nameIndex) ?? '';
  const namespace = namespaceIndex === NO_STRING ? null : pool.get(namespaceIndex);
  const known = frameworkAttributeName(resourceId);
  if (known !== undefined && known !== written) {
    const message = `the attribute is called "${written.slice(0, 60)}", but its id makes it android:${known}`;
    diagnostics.warning('axml.attribute.name-mismatch', message, { offset: at });
  } else if (known === undefined) reportName(diagnostics, written, 'an attribute', at);
  if (u16At(bytes, at + 12) !== 8) {
    const message = `a value of ${u16At(bytes, at + 12)} bytes, not 8; the platform does not look at it`;
    diagnostics.warning('axml.attribute.value-size', message, { offset: at });
  }
  const raw = rawIndex === NO_STRING ? null : pool.get(rawIndex);
  const value = type === VALUE_STRING ? (pool.get(data) ?? raw ?? '') : typedValueText(type, data);
  const attribute: XmlAttribute = {
    name: known ?? (written === '' && resourceId !== 0 ? hex(resourceId, 8) : written),
    namespace,
    resourceId,
    type,
    data,
    value,
    written,
    raw,
    found: isFound(search, resourceId, nameKey(namespace, namespaceIndex) + nameKey(written, nameIndex)),
  };
  reportValue(document, attribute, at);
  reportNamespace(document, attribute, namespaceIndex, at);
  return attribute;
}

/** Values up to this length are compared letter by letter. */
const MAX_VALUE = 4_096;
/** Names up to this length count as equal when they read the same, longer ones when they are the same string of the pool. */
const MAX_COMPARED = 256;

function nameKey(text: string | null, index: number): string {
  return text === null ? ' none' : text.length > MAX_COMPARED ? ` #${index}` : ` ${text}`;
}

function isFound(search: AttributeSearch, resourceId: number, name: string): boolean {
  if (resourceId !== 0) {
    if (resourceId <= search.greatestId) return false;
    search.greatestId = resourceId;
    return true;
  }
  search.names ??= new Set();
  if (search.names.has(name)) return false;
  search.names.add(name);
  return true;
}

/** What the platform takes is the typed value; a raw string beside it that says something else is a decoy. */
function reportValue({ diagnostics, pool }: OpenDocument, attribute: XmlAttribute, offset: number): void {
  const { type, data, raw, value } = attribute;
  if (type === VALUE_STRING && pool.get(data) === null) {
    const message = `the value is string ${data}, which is not there`;
    diagnostics.error('axml.attribute.value-string', message, { offset });
    return;
  }
  if (type === VALUE_BOOLEAN && data !== 0 && data !== 0xffff_ffff) {
    const message = `a boolean of ${hex(data)}, which is true as any number but zero`;
    diagnostics.warning('axml.attribute.boolean', message, { offset });
  }
  // Two long strings of one length are not read to the end for each attribute that has them.
  if (raw === null || (raw.length === value.length && (raw.length > MAX_VALUE || raw === value))) return;
  const disagrees =
    type === VALUE_STRING ||
    (type === VALUE_BOOLEAN && (raw === 'true' || raw === 'false')) ||
    (type === VALUE_INT_DEC && /^-?\d{1,10}$/.test(raw) && (Number(raw) | 0) !== (data | 0));
  if (!disagrees) return;
  const message = 'typed and raw value say different things; the typed one was taken';
  diagnostics.warning('axml.attribute.value-mismatch', message, { offset });
}

function reportNamespace(document: OpenDocument, attribute: XmlAttribute, index: number, offset: number): void {
  const { namespace, resourceId, name } = attribute;
  const { diagnostics } = document;
  if (namespace === null) {
    if (resourceId >>> 24 !== 1) return;
    const message = `android:${name.slice(0, 60)} is without a namespace; its id makes it count`;
    diagnostics.warning('axml.attribute.namespace', message, { offset });
    return;
  }
  if (resourceId >>> 24 === 1 && namespace !== ANDROID_NAMESPACE) {
    const message = `android:${name.slice(0, 60)} is in the namespace "${namespace.slice(0, 60)}"; its id makes it count`;
    diagnostics.warning('axml.attribute.namespace', message, { offset });
    return;
  }
  if (document.namespacesAsked.has(index)) return;
  document.namespacesAsked.add(index);
  if (!document.namespaces.some(({ uri, uriIndex }) => uriIndex === index || uri === namespace)) {
    const message = `the namespace "${namespace.slice(0, 60)}" was not declared`;
    diagnostics.warning('axml.namespace.undeclared', message, { offset });
  }
}

/** What is to be said of an element's attributes together. */
export function reportAttributes(document: OpenDocument, element: OpenElement, offset: number): void {
  const { diagnostics } = document;
  const { attributes } = element;
  if (attributes.length < 2) return;
  const names = new Map<string, XmlAttribute>();
  const label = element.name.slice(0, 60);
  for (const attribute of attributes) {
    const { name, found } = attribute;
    const key = name.length > MAX_COMPARED ? name.slice(0, MAX_COMPARED) : name;
    const before = names.get(key);
    const shown = name.slice(0, 60);
    if (
      before !== undefined &&
      before.resourceId === attribute.resourceId &&
      before.namespace === attribute.namespace
    ) {
      const message = `<${label}> has ${shown} twice; the first was taken`;
      diagnostics.warning('axml.attribute.duplicate', message, { offset });
    } else if (!found) {
      const message = `<${label}> has ${shown} behind an attribute with a greater or the same id: the platform passes it by`;
      diagnostics.warning('axml.attribute.order', message, { offset });
    } else if (before !== undefined) {
      const message = `<${label}> has ${shown} in two namespaces`;
      diagnostics.warning('axml.attribute.same-name', message, { offset });
    }
    names.set(key, attribute);
  }
}
