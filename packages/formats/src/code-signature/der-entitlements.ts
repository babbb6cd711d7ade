import { utf8Text } from '@vedette/bytes';
import { type DerNode, derChildren, derContent, readDerNode } from '../der/read-der.ts';
import type { PlistValue } from '../plist/plist-value.ts';

/**
 * Entitlements as DER: `[APPLICATION 16] { INTEGER 1, dictionary }`, a dictionary being a SET, or `[16]`, of sequences of a
 * UTF8String key and a value (CoreEntitlements; Project Zero, "DER Entitlements", 2023). Keys that stand twice keep
 * their first value here. Null when the bytes are something else.
 */
export function readDerEntitlements(bytes: Uint8Array): PlistValue | null {
  const outer = readDerNode(bytes);
  if (outer === null || !outer.whole) return null;
  const isWrapper = outer.tagClass === 1 && outer.tag === 16;
  const body = isWrapper ? derChildren(outer).find(({ constructed }) => constructed) : outer;
  return body === undefined ? null : valueOf(body, 0);
}

/** As deep as the DER walker itself goes. */
const MAX_DEPTH = 32;

function valueOf(node: DerNode, depth: number): PlistValue | null {
  if (depth > MAX_DEPTH) return null;
  if (node.tagClass === 2 && node.tag === 16) return dictionaryOf(node, depth);
  if (node.tagClass !== 0) return null;
  switch (node.tag) {
    case 1:
      return { kind: 'boolean', value: (derContent(node)[0] ?? 0) !== 0 };
    case 2:
      return { kind: 'integer', value: integerOf(derContent(node)) };
    case 4:
      return { kind: 'data', value: derContent(node) };
    case 12:
      return { kind: 'string', value: utf8Text(derContent(node)) };
    case 16:
      return { kind: 'array', items: derChildren(node).map((child) => valueOf(child, depth + 1) ?? { kind: 'null' }) };
    case 17:
      return dictionaryOf(node, depth);
    default:
      return null;
  }
}

function dictionaryOf(node: DerNode, depth: number): PlistValue {
  const entries = new Map<string, PlistValue>();
  for (const pair of derChildren(node)) {
    const [key, value] = derChildren(pair);
    if (key === undefined || value === undefined) continue;
    const name = utf8Text(derContent(key));
    if (!entries.has(name)) entries.set(name, valueOf(value, depth + 1) ?? { kind: 'null' });
  }
  return { kind: 'dictionary', entries };
}

function integerOf(content: Uint8Array): bigint {
  let value = 0n;
  for (const byte of content.subarray(0, 32)) value = (value << 8n) | BigInt(byte);
  return BigInt.asIntN(Math.min(content.length, 32) * 8, value);
}
