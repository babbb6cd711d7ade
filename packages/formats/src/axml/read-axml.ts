/**
 * Android binary XML as the platform reads it (AOSP androidfw ResourceTypes.h and `ResXMLTree`): sizes and offsets of the
 * headers are followed where they lead inside the file, unknown chunks are skipped, attributes are named by resource id.
 *
 * Deliberately not supported: resolving references (that needs resources.arsc), styled strings, comments.
 */
import { Cursor, createDiagnostics, type Diagnostics, hex, u16At, u32At } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import { EMPTY_POOL, readStringPool, type StringPool } from '../string-pool/read-string-pool.ts';
import {
  CHUNK_END_ELEMENT,
  CHUNK_END_NAMESPACE,
  CHUNK_RESOURCE_MAP,
  CHUNK_START_ELEMENT,
  CHUNK_START_NAMESPACE,
  CHUNK_STRING_POOL,
  CHUNK_TEXT,
  CHUNK_XML,
  NO_STRING,
  VALUE_STRING,
} from './chunk-types.ts';
import { frameworkAttributeName } from './framework-attributes.ts';
import { typedValueText } from './typed-value.ts';

export interface XmlAttribute {
  /** The framework's name where the resource id is known, else the name written. */
  readonly name: string;
  readonly namespace: string | null;
  /** 0 when the attribute has none. */
  readonly resourceId: number;
  /** `Res_value::dataType`. */
  readonly type: number;
  /** `Res_value::data`, unsigned. */
  readonly data: number;
  /** The value as text, whatever its type. */
  readonly value: string;
}

export interface XmlElement {
  readonly name: string;
  readonly namespace: string | null;
  /** Line in the source XML, from 1; 0 when not recorded. */
  readonly line: number;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  /** Text directly inside, pieces joined. */
  readonly text: string;
}

/** Elements nested deeper than this are left out: no manifest needs ten. */
const MAX_DEPTH = 64;
const MAX_ELEMENTS = 200_000;
/** Attributes read in one document: many elements may claim the same bytes. */
const MAX_ATTRIBUTES = 1_000_000;
/** `ResXMLTree_node`: chunk header, line number, comment. */
const NODE_HEADER_SIZE = 16;

interface OpenElement extends XmlElement {
  readonly attributes: XmlAttribute[];
  readonly children: OpenElement[];
  text: string;
}

interface Document {
  readonly bytes: Uint8Array;
  readonly diagnostics: Diagnostics;
  pool: StringPool;
  poolSeen: boolean;
  resourceIds: Uint32Array;
  readonly roots: OpenElement[];
  readonly open: OpenElement[];
  elements: number;
  attributesLeft: number;
  /** Start tags below the depth limit, whose end tags must be skipped too. */
  skippedDepth: number;
}

/** One chunk: `[start, end)` in bytes, its content from `start + headerSize`. */
interface Chunk {
  readonly type: number;
  readonly start: number;
  readonly headerSize: number;
  readonly end: number;
}

/** Reads a document. The value is its first root element, null when there is none. Time and memory are linear in the input. */
export function readAxml(bytes: Uint8Array): Parsed<XmlElement | null> {
  const diagnostics = createDiagnostics();
  const document: Document = {
    bytes,
    diagnostics,
    pool: EMPTY_POOL,
    poolSeen: false,
    resourceIds: new Uint32Array(0),
    roots: [],
    open: [],
    elements: 0,
    attributesLeft: MAX_ATTRIBUTES,
    skippedDepth: 0,
  };
  const body = documentBody(bytes, diagnostics);
  if (body !== null) readChunks(document, body.start, body.end);
  if (document.roots.length > 1) {
    diagnostics.warning('axml.several-roots', `${document.roots.length} root elements; the first was taken`);
  }
  if (document.open.length > 0) {
    diagnostics.warning('axml.unclosed', `${document.open.length} elements are not closed`);
  }
  const root = document.roots[0] ?? null;
  if (root === null) diagnostics.error('axml.no-root', 'no element could be read');
  return { value: root, diagnostics: diagnostics.list() };
}

function documentBody(bytes: Uint8Array, diagnostics: Diagnostics): { start: number; end: number } | null {
  if (bytes.length < 8) {
    diagnostics.error('axml.truncated', `${bytes.length} bytes are no binary XML`);
    return null;
  }
  const type = u16At(bytes, 0);
  const headerSize = u16At(bytes, 2);
  const size = u32At(bytes, 4);
  if (bytes[0] === 0x3c) {
    diagnostics.error('axml.plain-xml', 'the document is XML text, which the platform does not read');
    return null;
  }
  // The platform does not look at the outer type; the outer header's size must lead inside the file.
  if (type !== CHUNK_XML)
    diagnostics.warning('axml.outer-type', `outer chunk type ${hex(type, 4)}, not 0x0003`, { offset: 0 });
  const start = headerSize >= 8 && headerSize < bytes.length ? headerSize : 8;
  if (headerSize !== 8)
    diagnostics.warning('axml.outer-header-size', `outer header of ${headerSize} bytes, not 8`, { offset: 2 });
  if (size > bytes.length) {
    diagnostics.warning('axml.declared-size', `declares ${size} bytes, there are ${bytes.length}`, { offset: 4 });
  } else if (size < bytes.length) {
    diagnostics.warning('axml.trailing-data', `${bytes.length - size} bytes behind the declared end`, { offset: size });
  }
  return { start, end: size > start && size <= bytes.length ? size : bytes.length };
}

function readChunks(document: Document, start: number, end: number): void {
  const { bytes, diagnostics } = document;
  let offset = start;
  while (offset + 8 <= end) {
    const size = u32At(bytes, offset + 4);
    const type = u16At(bytes, offset);
    if (size < 8) {
      diagnostics.error('axml.chunk.size', `a chunk of ${size} bytes: reading stopped here`, { offset });
      return;
    }
    if (offset + size > end) {
      diagnostics.warning('axml.chunk.truncated', `a chunk of ${size} bytes reaches beyond the end`, { offset });
    }
    if (document.elements >= MAX_ELEMENTS) {
      diagnostics.error('budget.entries', `reading stopped after ${MAX_ELEMENTS} elements`, { offset });
      return;
    }
    readChunk(document, {
      type,
      start: offset,
      headerSize: u16At(bytes, offset + 2),
      end: Math.min(offset + size, end),
    });
    offset += size;
  }
}

function readChunk(document: Document, chunk: Chunk): void {
  switch (chunk.type) {
    case CHUNK_STRING_POOL:
      // The platform takes the pool it meets last before the first element; a second one is a decoy either way.
      if (document.poolSeen)
        document.diagnostics.warning('axml.string-pool.second', 'more than one string pool', { offset: chunk.start });
      if (document.poolSeen && document.elements > 0) return;
      document.poolSeen = true;
      document.pool = readStringPool(
        document.bytes,
        { start: chunk.start, end: chunk.end, format: 'axml' },
        document.diagnostics,
      );
      return;
    case CHUNK_RESOURCE_MAP:
      readResourceMap(document, chunk);
      return;
    case CHUNK_START_ELEMENT:
      startElement(document, chunk);
      return;
    case CHUNK_END_ELEMENT:
      endElement(document, chunk);
      return;
    case CHUNK_TEXT:
      addText(document, chunk);
      return;
    case CHUNK_START_NAMESPACE:
    case CHUNK_END_NAMESPACE:
      return;
    default: {
      const message = `unknown chunk type ${hex(chunk.type, 4)}, skipped as the platform does`;
      document.diagnostics.warning('axml.chunk.unknown', message, { offset: chunk.start });
    }
  }
}

function readResourceMap(document: Document, chunk: Chunk): void {
  const from = chunk.start + Math.max(8, chunk.headerSize);
  const count = Math.max(0, chunk.end - from) >> 2;
  if ((chunk.end - from) % 4 !== 0) {
    document.diagnostics.warning('axml.resource-map.size', 'the resource map is no multiple of four bytes', {
      offset: chunk.start,
    });
  }
  const ids = new Uint32Array(count);
  for (let index = 0; index < count; index++) ids[index] = u32At(document.bytes, from + index * 4);
  document.resourceIds = ids;
}

/** Where a node's own part begins: after its header, whose size is followed where it leads inside of the chunk. */
function nodeBody(document: Document, chunk: Chunk, bodySize: number): Cursor {
  let { headerSize } = chunk;
  if (headerSize !== NODE_HEADER_SIZE) {
    const message = `an element with a header of ${headerSize} bytes, not 16`;
    document.diagnostics.warning('axml.node.header-size', message, { offset: chunk.start });
    if (headerSize < NODE_HEADER_SIZE || chunk.start + headerSize + bodySize > chunk.end) headerSize = NODE_HEADER_SIZE;
  }
  return new Cursor(document.bytes, Math.min(chunk.start + headerSize, chunk.end), chunk.end);
}

function startElement(document: Document, chunk: Chunk): void {
  const { diagnostics, pool } = document;
  if (document.open.length >= MAX_DEPTH) {
    document.skippedDepth += 1;
    diagnostics.error('budget.depth', `elements deeper than ${MAX_DEPTH} levels are left out`, { offset: chunk.start });
    return;
  }
  const body = nodeBody(document, chunk, 20);
  const bodyStart = body.offset;
  const namespace = body.u32();
  const nameIndex = body.u32();
  const attributeStart = body.u16();
  const attributeSize = body.u16();
  const attributeCount = body.u16();
  if (body.truncated) {
    diagnostics.error('axml.element.truncated', 'an element is cut off', { offset: chunk.start });
    return;
  }
  const name = pool.get(nameIndex) ?? '';
  const element: OpenElement = {
    name,
    namespace: optionalString(pool, namespace),
    line: u32At(document.bytes, chunk.start + 8),
    attributes: [],
    children: [],
    text: '',
  };
  if (attributeCount > 0 && (attributeStart !== 20 || attributeSize !== 20)) {
    const message = `attributes of <${name}> begin at ${attributeStart} with a stride of ${attributeSize}, not 20 and 20`;
    diagnostics.warning('axml.attribute.layout', message, { offset: chunk.start });
  }
  const stride = Math.max(attributeSize, 20);
  for (let index = 0; index < attributeCount; index++) {
    const at = bodyStart + attributeStart + index * stride;
    if (at + 20 > chunk.end) {
      const message = `<${name}> announces ${attributeCount} attributes, ${index} are there`;
      diagnostics.warning('axml.attribute.count', message, { offset: chunk.start });
      break;
    }
    if (document.attributesLeft-- <= 0) {
      diagnostics.error('budget.entries', `reading stopped after ${MAX_ATTRIBUTES} attributes`, { offset: at });
      break;
    }
    element.attributes.push(readAttribute(document, at));
  }
  reportDuplicates(element, diagnostics, chunk.start);
  const parent = document.open.at(-1);
  (parent?.children ?? document.roots).push(element);
  document.open.push(element);
  document.elements += 1;
}

/** `ResXMLTree_attribute`: namespace, name, raw value, then a `Res_value` of size, zero, type and data. */
function readAttribute(document: Document, at: number): XmlAttribute {
  const { bytes, pool, diagnostics } = document;
  const nameIndex = u32At(bytes, at + 4);
  const rawIndex = u32At(bytes, at + 8);
  const type = bytes[at + 15] ?? 0;
  const data = u32At(bytes, at + 16);
  const resourceId = document.resourceIds[nameIndex] ?? 0;
  const written = pool.get(nameIndex) ?? '';
  const known = frameworkAttributeName(resourceId);
  if (known !== undefined && known !== written) {
    const message = `the attribute is called "${written.slice(0, 60)}", but its id makes it android:${known}`;
    diagnostics.warning('axml.attribute.name-mismatch', message, { offset: at });
  }
  let value = typedValueText(type, data);
  if (type === VALUE_STRING) {
    const typed = pool.get(data);
    const raw = optionalString(pool, rawIndex);
    if (typed !== null && raw !== null && typed !== raw) {
      diagnostics.warning(
        'axml.attribute.value-mismatch',
        'typed and raw value are different strings; the typed one was taken',
        { offset: at },
      );
    }
    value = typed ?? raw ?? '';
  }
  const name = known ?? (written === '' && resourceId !== 0 ? hex(resourceId, 8) : written);
  return { name, namespace: optionalString(pool, u32At(bytes, at)), resourceId, type, data, value };
}

function optionalString(pool: StringPool, index: number): string | null {
  return index === NO_STRING ? null : pool.get(index);
}

function reportDuplicates(element: XmlElement, diagnostics: Diagnostics, offset: number): void {
  const seen = new Set<string>();
  for (const { name, namespace, resourceId } of element.attributes) {
    const key = resourceId !== 0 ? hex(resourceId) : `${namespace ?? ''} ${name}`;
    if (seen.has(key)) {
      const message = `<${element.name}> has ${name} twice; the first was taken`;
      diagnostics.warning('axml.attribute.duplicate', message, { offset });
    }
    seen.add(key);
  }
}

function endElement(document: Document, chunk: Chunk): void {
  if (document.skippedDepth > 0) {
    document.skippedDepth -= 1;
    return;
  }
  const body = nodeBody(document, chunk, 8);
  body.skip(4);
  const name = document.pool.get(body.u32()) ?? '';
  const open = document.open.pop();
  if (open === undefined) {
    document.diagnostics.warning('axml.unbalanced', `</${name}> closes nothing`, { offset: chunk.start });
  } else if (open.name !== name) {
    document.diagnostics.warning('axml.unbalanced', `</${name}> closes <${open.name}>`, { offset: chunk.start });
  }
}

function addText(document: Document, chunk: Chunk): void {
  const text = document.pool.get(nodeBody(document, chunk, 4).u32());
  const open = document.open.at(-1);
  if (open !== undefined && text !== null && open.text.length < 65_536) open.text += text;
}
