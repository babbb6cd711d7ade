import { readAxml, type XmlElement } from '@vedette/formats';
import type { EntryHead } from './entry-heads.ts';

/** A network security configuration found in the archive. */
export interface NetworkSecurityConfig {
  readonly path: string;
  readonly root: XmlElement;
}

const ROOT = 'network-security-config';
const MAX_BYTES = 256 * 1024;

/**
 * The configurations among the binary XML files of the archive, told by their root element: the manifest only holds a reference to one,
 * and its file name may be shortened. Source: Android network security configuration; `<network-security-config>`.
 */
export function readNetworkSecurityConfigs(heads: readonly EntryHead[]): readonly NetworkSecurityConfig[] {
  return heads.flatMap(({ entry, head }) => {
    if (!isBinaryXml(head) || entry.size > MAX_BYTES || !mentionsRoot(head)) return [];
    const { value } = readAxml(entry.read().value);
    return value?.name === ROOT ? [{ path: entry.path, root: value }] : [];
  });
}

/** Elements of a name below another, in document order. */
export function descendants(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...descendants(child, name)]);
}

/** A chunk of type RES_XML_TYPE (0x0003) with a header of 8 bytes. */
function isBinaryXml(head: Uint8Array): boolean {
  return head[0] === 3 && head[1] === 0 && head[2] === 8 && head[3] === 0;
}

/** The string pool holds the name in UTF-8 or UTF-16; leaving out the zero bytes finds both. */
function mentionsRoot(head: Uint8Array): boolean {
  let text = '';
  for (const byte of head) if (byte !== 0) text += String.fromCharCode(byte);
  return text.includes(ROOT);
}
