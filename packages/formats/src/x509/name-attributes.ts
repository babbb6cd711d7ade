import { oidText, stringText } from '../der/der-values.ts';
import { derChildren, readDerNode } from '../der/read-der.ts';

/** The attributes of a Name (RFC 5280, 4.1.2.4) by object identifier, each with its texts in order; what is no text is left out. */
export function nameAttributes(name: Uint8Array): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const outer = readDerNode(name);
  for (const relative of outer === null ? [] : derChildren(outer)) {
    for (const attribute of derChildren(relative)) {
      const [type, value] = derChildren(attribute);
      const text = value === undefined ? null : stringText(value);
      const oid = oidText(type);
      if (text !== null && oid !== '') found.set(oid, [...(found.get(oid) ?? []), text]);
    }
  }
  return found;
}
