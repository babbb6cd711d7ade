import { ByteWriter } from '@vedette/bytes';
import { writeStringPool } from '../string-pool/write-string-pool.ts';
import type { AxmlTricks } from './axml-build-tricks.ts';
import {
  CHUNK_END_ELEMENT,
  CHUNK_END_NAMESPACE,
  CHUNK_RESOURCE_MAP,
  CHUNK_START_ELEMENT,
  CHUNK_START_NAMESPACE,
  CHUNK_TEXT,
  CHUNK_XML,
  NO_STRING,
  VALUE_BOOLEAN,
  VALUE_INT_DEC,
  VALUE_REFERENCE,
  VALUE_STRING,
} from './chunk-types.ts';
import { ANDROID_NAMESPACE, FRAMEWORK_ATTRIBUTES } from './framework-attributes.ts';

export type { AxmlTricks } from './axml-build-tricks.ts';

/** A string, a whole number, a boolean, a reference to a resource, or any typed value. */
export type XmlValue =
  | string
  | number
  | boolean
  | { readonly reference: number }
  | { readonly type: number; readonly data: number };

/** An attribute spelled out, for what a record of names cannot say. */
export interface XmlAttributeSpec {
  readonly name: string;
  readonly namespace?: string | null;
  readonly resourceId?: number;
  readonly value: XmlValue;
  /** The string before it was typed; the value itself where it is one. */
  readonly raw?: string;
}

export interface XmlNode {
  readonly name: string;
  /** By name: `android:exported` gets the framework's namespace and id, `package` gets neither. */
  readonly attributes?: Readonly<Record<string, XmlValue>> | readonly XmlAttributeSpec[];
  readonly children?: readonly XmlNode[];
  readonly line?: number;
  readonly text?: string;
  /** Declared around the element, besides that of the root. */
  readonly namespaces?: readonly { readonly prefix: string; readonly uri: string }[];
}

interface ResolvedAttribute {
  readonly name: string;
  readonly namespace: string | null;
  readonly resourceId: number;
  readonly value: XmlValue;
  readonly raw?: string | undefined;
}

/** Writes binary XML (AOSP ResourceTypes.h), honest unless told to lie. */
export function buildAxml(root: XmlNode, tricks: AxmlTricks = {}): Uint8Array {
  const pool = createPool();
  // Attributes with an id take the first places of the pool, in the order of the resource map.
  const ids: number[] = [];
  forEachAttribute(root, ({ name, resourceId }) => {
    if (resourceId !== 0) pool.attribute(tricks.renamed?.(name) ?? name, resourceId, ids);
  });
  const body = new ByteWriter();
  const prefix = pool.index('android');
  const uri = pool.index(ANDROID_NAMESPACE);
  const { map = {} } = tricks;
  writeNamespace(body, CHUNK_START_NAMESPACE, prefix, uri);
  if (map.place === 'late') writeMap(body, ids, tricks);
  if (tricks.secondPool?.late === true) writeStringPool(body, { strings: tricks.secondPool.strings });
  for (const node of [root, ...(tricks.behind ?? [])]) writeElement(body, node, pool, tricks);
  const end = body.length;
  writeNamespace(body, CHUNK_END_NAMESPACE, prefix, uri);
  if (tricks.namespaceEndSize !== undefined) body.patchU32(end + 4, tricks.namespaceEndSize);

  const inner = new ByteWriter();
  const { utf8, stringCountLie = 0 } = tricks;
  if (tricks.secondPool?.late === false) writeStringPool(inner, { strings: tricks.secondPool.strings });
  writeStringPool(inner, { strings: pool.strings, utf8, tricks: { countLie: stringCountLie, ...tricks.pool } });
  if (tricks.junkBeforeMap !== undefined) writeChunk(inner, tricks.junkBeforeMap, 8, (junk) => junk.u32(0xdead_beef));
  if (map.place === undefined) writeMap(inner, ids, tricks);
  inner.bytes(body.finish());

  const headerSize = tricks.outerHeaderSize ?? 8;
  const out = new ByteWriter();
  out.u16(tricks.outerType ?? CHUNK_XML, headerSize);
  out.u32(8 + Math.max(0, headerSize - 8) + inner.length + (tricks.sizeLie ?? 0));
  out.bytes(new Uint8Array(Math.max(0, headerSize - 8)), inner.finish(), tricks.trailing ?? []);
  return out.finish();
}

function writeNamespace(out: ByteWriter, type: number, prefix: number, uri: number): void {
  writeChunk(out, type, 16, (chunk) => chunk.u32(1, NO_STRING, prefix, uri));
}

function writeMap(out: ByteWriter, ids: readonly number[], { map = {} }: AxmlTricks): void {
  const { padding = 0, moreIds = [] } = map;
  const start = out.length;
  writeChunk(out, CHUNK_RESOURCE_MAP, 8, (chunk) => chunk.u32(...ids, ...moreIds));
  // The chunk says that it is longer, and is.
  out.bytes(new Uint8Array(padding)).patchU32(start + 4, out.length - start);
}

interface Pool {
  readonly strings: readonly string[];
  index(text: string): number;
  /** Strings of attributes with an id are apart: two ids may share a (forged) name. */
  attribute(name: string, resourceId: number, ids?: number[]): number;
}

function createPool(): Pool {
  const strings: string[] = [];
  const indices = new Map<string, number>();
  const intern = (key: string, text: string): number => {
    const known = indices.get(key);
    if (known !== undefined) return known;
    indices.set(key, strings.length);
    return strings.push(text) - 1;
  };
  return {
    strings,
    index: (text) => intern(`text ${text}`, text),
    attribute(name, resourceId, ids) {
      const before = strings.length;
      const index = intern(`attribute ${resourceId}`, name);
      if (strings.length > before) ids?.push(resourceId);
      return index;
    },
  };
}

function resolve(node: XmlNode): ResolvedAttribute[] {
  const { attributes = {} } = node;
  if (isSpecList(attributes)) {
    return attributes.map(({ name, namespace = null, resourceId = 0, value, raw }) => ({
      name,
      namespace,
      resourceId,
      value,
      raw,
    }));
  }
  const resolved = Object.entries(attributes).map(([key, value]) => {
    if (!key.startsWith('android:')) return { name: key, namespace: null, resourceId: 0, value };
    const name = key.slice('android:'.length);
    const resourceId = FRAMEWORK_ATTRIBUTES[name];
    if (resourceId === undefined) throw new Error(`no resource id is known for android:${name}: give it as a spec`);
    return { name, namespace: ANDROID_NAMESPACE, resourceId, value };
  });
  // Build tools sort by id, those without one last: the platform looks for them in this order.
  return resolved.sort((left, right) => (left.resourceId || Infinity) - (right.resourceId || Infinity) || 0);
}

function isSpecList(attributes: NonNullable<XmlNode['attributes']>): attributes is readonly XmlAttributeSpec[] {
  return Array.isArray(attributes);
}

function forEachAttribute(node: XmlNode, visit: (attribute: ResolvedAttribute) => void): void {
  for (const attribute of resolve(node)) visit(attribute);
  for (const child of node.children ?? []) forEachAttribute(child, visit);
}

function writeChunk(out: ByteWriter, type: number, headerSize: number, content: (out: ByteWriter) => void): void {
  const start = out.length;
  out.u16(type, headerSize).u32(0);
  content(out);
  out.align(4).patchU32(start + 4, out.length - start);
}

function writeElement(out: ByteWriter, node: XmlNode, pool: Pool, tricks: AxmlTricks): void {
  const { junkChunkType, junkHeaderSize = 16, nodeHeaderSize = 16, attributeGap = 0, attributeStartGap = 0 } = tricks;
  if (junkChunkType !== undefined) {
    writeChunk(out, junkChunkType, junkHeaderSize, (junk) => {
      junk.bytes(new Uint8Array(junkHeaderSize - 8)).u32(0xdead_beef);
    });
  }
  const { namespaces = [], text } = node;
  for (const { prefix, uri } of namespaces) {
    writeNamespace(out, CHUNK_START_NAMESPACE, pool.index(prefix), pool.index(uri));
  }
  const attributes = resolve(node);
  const name = pool.index(node.name);
  const header = (chunk: ByteWriter): ByteWriter =>
    chunk.u32(node.line ?? 1, NO_STRING).bytes(new Uint8Array(nodeHeaderSize - 16));
  writeChunk(out, CHUNK_START_ELEMENT, nodeHeaderSize, (chunk) => {
    header(chunk).u32(NO_STRING, name);
    chunk.u16(20 + attributeStartGap, tricks.attributeSize ?? 20 + attributeGap);
    chunk.u16(attributes.length + (tricks.attributeCountLie ?? 0), 0, 0, 0).bytes(new Uint8Array(attributeStartGap));
    for (const attribute of attributes) writeAttribute(chunk, attribute, pool, tricks);
  });
  if (text !== undefined) {
    writeChunk(out, CHUNK_TEXT, 16, (chunk) => chunk.u32(1, NO_STRING, pool.index(text), 8, 0));
  }
  for (const child of node.children ?? []) writeElement(out, child, pool, tricks);
  const endName = tricks.endName === undefined ? name : pool.index(tricks.endName);
  for (let count = tricks.endTags === 'missing' ? 0 : tricks.endTags === 'doubled' ? 2 : 1; count > 0; count--) {
    writeChunk(out, CHUNK_END_ELEMENT, nodeHeaderSize, (chunk) => header(chunk).u32(NO_STRING, endName));
  }
  for (const { prefix, uri } of namespaces) {
    writeNamespace(out, CHUNK_END_NAMESPACE, pool.index(prefix), pool.index(uri));
  }
}

function writeAttribute(out: ByteWriter, attribute: ResolvedAttribute, pool: Pool, tricks: AxmlTricks): void {
  const { name, namespace, resourceId, value } = attribute;
  const nameIndex = resourceId === 0 ? pool.index(name) : pool.attribute(name, resourceId);
  const text = typeof value === 'string' ? pool.index(value) : NO_STRING;
  const { type, data } = typed(value, text);
  const raw = attribute.raw === undefined ? text : pool.index(attribute.raw);
  out.u32(namespace === null ? NO_STRING : pool.index(namespace), nameIndex, raw);
  out
    .u16(8)
    .u8(0, type)
    .u32(data)
    .bytes(new Uint8Array(tricks.attributeGap ?? 0));
}

function typed(value: XmlValue, text: number): { type: number; data: number } {
  if (typeof value === 'string') return { type: VALUE_STRING, data: text };
  if (typeof value === 'number') return { type: VALUE_INT_DEC, data: value };
  if (typeof value === 'boolean') return { type: VALUE_BOOLEAN, data: value ? 0xffff_ffff : 0 };
  return 'reference' in value ? { type: VALUE_REFERENCE, data: value.reference } : value;
}
