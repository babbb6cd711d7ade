import type { PlistDictionary, PlistValue } from '@vedette/formats';
import type { ManifestElement } from '@vedette/program';

/** So deep no real list goes; what lies deeper is left out. */
const MAX_DEPTH = 32;
const MAX_SHOWN_BYTES = 32;

/** A property list as a tree that is shown like a manifest: keys as elements, plain values as their attribute `is`. */
export function plistElement(name: string, value: PlistDictionary): ManifestElement {
  return elementOf(name, value, 0);
}

function elementOf(name: string, value: PlistValue, depth: number): ManifestElement {
  const text = depth < MAX_DEPTH ? plainText(value) : 'more, not shown';
  return {
    name,
    path: name,
    line: 0,
    attributes: text === null ? [] : [{ name: 'is', namespace: null, resourceId: 0, value: text }],
    children: text === null ? childrenOf(value, depth + 1) : [],
  };
}

function childrenOf(value: PlistValue, depth: number): ManifestElement[] {
  if (value.kind === 'dictionary') return Array.from(value.entries, ([name, inner]) => elementOf(name, inner, depth));
  return value.kind === 'array' ? value.items.map((inner) => elementOf('item', inner, depth)) : [];
}

/** Null for dictionaries and arrays. */
function plainText(value: PlistValue): string | null {
  switch (value.kind) {
    case 'dictionary':
    case 'array':
      return null;
    case 'null':
      return 'nothing that can be read';
    case 'data': {
      const head = Array.from(value.value.subarray(0, MAX_SHOWN_BYTES), (byte) => byte.toString(16).padStart(2, '0'));
      return `${value.value.length} bytes: ${head.join('')}${value.value.length > MAX_SHOWN_BYTES ? '…' : ''}`;
    }
    case 'date':
      return value.value ?? 'no date';
    default:
      return String(value.value);
  }
}
