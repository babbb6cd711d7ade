import { FRAMEWORK_ATTRIBUTES, readAxml, type XmlElement } from '@vedette/formats';
import type { EntryHead } from './entry-heads.ts';

/** Root elements of the XML resources that rules look into. */
const ROOTS = [
  'network-security-config',
  'full-backup-content',
  'data-extraction-rules',
  'accessibility-service',
  'device-admin',
  'paths',
] as const;
export type ResourceRoot = (typeof ROOTS)[number];

export interface ResourceXml {
  /** Entry path. */
  readonly path: string;
  readonly root: XmlElement;
}

const MAX_BYTES = 256 * 1024;
/** Of all of them together: honest apps have a few kilobytes. */
const MAX_TOTAL_BYTES = 8 * 1024 * 1024;
const known = new WeakMap<readonly EntryHead[], readonly ResourceXml[]>();

/**
 * The XML resources of a kind, told by their root element: the manifest only holds references, and a file name may be shortened. All kinds are
 * read in one pass over the heads of an app, and kept as long as those.
 */
export function xmlResources(heads: readonly EntryHead[], root: ResourceRoot): readonly ResourceXml[] {
  let all = known.get(heads);
  if (all === undefined) known.set(heads, (all = readAll(heads)));
  return all.filter((resource) => resource.root.name === root);
}

function readAll(heads: readonly EntryHead[]): readonly ResourceXml[] {
  let total = 0;
  return heads.flatMap(({ entry, head }): readonly ResourceXml[] => {
    // A chunk of type RES_XML_TYPE (0x0003) with a header of 8 bytes.
    const isXml = head[0] === 3 && head[1] === 0 && head[2] === 8 && head[3] === 0;
    if (!isXml || entry.size > MAX_BYTES || !mentionsRoot(head)) return [];
    total += entry.size;
    if (total > MAX_TOTAL_BYTES) return [];
    const { value } = readAxml(entry.read().value);
    return value === null ? [] : [{ path: entry.path, root: value }];
  });
}

/** The string pool holds the name in UTF-8 or UTF-16; leaving out the zero bytes finds both. */
function mentionsRoot(head: Uint8Array): boolean {
  let text = '';
  for (const byte of head) if (byte !== 0) text += String.fromCharCode(byte);
  return ROOTS.some((root) => text.includes(root));
}

/** The value of an attribute of an XML resource, by the framework's id or by its name; undefined when it is not there. */
export function xmlAttribute(element: XmlElement, name: string): string | undefined {
  const id = FRAMEWORK_ATTRIBUTES[name];
  return element.attributes.find(
    (attribute) => attribute.name === name || (id !== undefined && attribute.resourceId === id),
  )?.value;
}

/** Whether a value of a manifest or XML resource is true. */
export function isYes(value: string | undefined): boolean {
  return value !== undefined && /^(?:true|-1|1|0xffffffff)$/i.test(value);
}

/** Whether a value is given and false. */
export function isNo(value: string | undefined): boolean {
  return value !== undefined && /^(?:false|0|0x0+)$/i.test(value);
}
