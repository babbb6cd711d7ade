/**
 * Android binary XML as the platform reads it (AOSP androidfw ResourceTypes.h, ResourceTypes.cpp `ResXMLTree`): sizes and
 * offsets of the headers are followed where they lead inside the file, unknown chunks are skipped, attributes are named by
 * resource id. What the platform refuses is an error; the rest of the document is read all the same.
 *
 * Deliberately not supported: resolving references (see `createResources`), styled strings, comments.
 */
import { createDiagnostics, hex, u16At, u32At } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import { readStringPool } from '../string-pool/read-string-pool.ts';
import {
  CHUNK_END_ELEMENT,
  CHUNK_END_NAMESPACE,
  CHUNK_FIRST_NODE,
  CHUNK_LAST_NODE,
  CHUNK_RESOURCE_MAP,
  CHUNK_START_ELEMENT,
  CHUNK_START_NAMESPACE,
  CHUNK_STRING_POOL,
  CHUNK_TEXT,
} from './chunk-types.ts';
import { documentBody } from './document-header.ts';
import { addText, changeNamespace, endElement, startElement } from './read-element.ts';
import { type Chunk, type OpenDocument, openDocument, refuse, type XmlElement } from './xml-document.ts';

export type { XmlAttribute, XmlElement, XmlNamespace } from './xml-document.ts';

const MAX_ELEMENTS = 200_000;

/** Reads a document. The value is its first root element, null when there is none. Time and memory are linear in the input. */
export function readAxml(bytes: Uint8Array): Parsed<XmlElement | null> {
  const diagnostics = createDiagnostics();
  const document = openDocument(bytes, diagnostics);
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
  else if (!document.mapSeen && hasNamespacedAttribute(root)) {
    const message = 'there is no resource map: the platform does not find any android: attribute';
    diagnostics.error('axml.resource-map.missing', message);
  }
  return { value: root, diagnostics: diagnostics.list() };
}

function readChunks(document: OpenDocument, start: number, end: number): void {
  const { bytes, diagnostics } = document;
  let offset = start;
  while (offset + 8 <= end) {
    const type = u16At(bytes, offset);
    const headerSize = u16At(bytes, offset + 2);
    const size = u32At(bytes, offset + 4);
    if (size < 8) {
      refuse(document, 'axml.chunk.size', `a chunk of ${size} bytes: reading stopped here`, offset);
      return;
    }
    if (headerSize < 8 || headerSize > size) {
      refuse(document, 'axml.chunk.header-size', `a chunk of ${size} bytes with a header of ${headerSize}`, offset);
    } else if (((headerSize | size) & 3) !== 0 && type !== CHUNK_RESOURCE_MAP) {
      const message = `a chunk of ${size} bytes with a header of ${headerSize}, not multiples of four`;
      refuse(document, 'axml.chunk.alignment', message, offset);
    }
    if (offset + size > end) {
      refuse(document, 'axml.chunk.truncated', `a chunk of ${size} bytes reaches beyond the end`, offset);
    }
    if (document.elements >= MAX_ELEMENTS) {
      diagnostics.error('budget.entries', `reading stopped after ${MAX_ELEMENTS} elements`, { offset });
      return;
    }
    readChunk(document, { type, start: offset, headerSize, end: Math.min(offset + size, end) });
    offset += size;
  }
  if (offset < end) refuse(document, 'axml.chunk.truncated', `${end - offset} bytes that are no chunk`, offset);
}

function readChunk(document: OpenDocument, chunk: Chunk): void {
  switch (chunk.type) {
    case CHUNK_STRING_POOL:
      readPool(document, chunk);
      return;
    case CHUNK_RESOURCE_MAP:
      readResourceMap(document, chunk);
      return;
    case CHUNK_START_ELEMENT:
    case CHUNK_END_ELEMENT:
    case CHUNK_TEXT:
    case CHUNK_START_NAMESPACE:
    case CHUNK_END_NAMESPACE:
      document.nodeSeen = true;
      readNode(document, chunk);
      return;
    default:
      if (chunk.type >= CHUNK_FIRST_NODE && chunk.type <= CHUNK_LAST_NODE) document.nodeSeen = true;
      reportUnknown(document, chunk);
  }
}

function readNode(document: OpenDocument, chunk: Chunk): void {
  if (chunk.type === CHUNK_START_ELEMENT) startElement(document, chunk);
  else if (chunk.type === CHUNK_END_ELEMENT) endElement(document, chunk);
  else if (chunk.type === CHUNK_TEXT) addText(document, chunk);
  else changeNamespace(document, chunk, chunk.type === CHUNK_START_NAMESPACE);
}

/** Between nodes even an unknown chunk must have a node's header, or the platform stops (`validateNode`). */
function reportUnknown(document: OpenDocument, chunk: Chunk): void {
  const name = `unknown chunk type ${hex(chunk.type, 4)}`;
  if (document.nodeSeen && chunk.headerSize < 16) {
    refuse(document, 'axml.chunk.unknown', `${name} with a header of ${chunk.headerSize} bytes`, chunk.start);
  } else {
    const message = `${name}, skipped as the platform does`;
    document.diagnostics.warning('axml.chunk.unknown', message, { offset: chunk.start });
  }
}

/** The platform takes the pool it meets last before the first node; a second one is a decoy either way. */
function readPool(document: OpenDocument, chunk: Chunk): void {
  if (document.poolSeen || document.nodeSeen) {
    const message = 'more than one string pool, or one behind the first node';
    document.diagnostics.warning('axml.string-pool.second', message, { offset: chunk.start });
  }
  if (document.poolSeen && document.nodeSeen) return;
  document.poolSeen = true;
  const place = { start: chunk.start, end: chunk.end, format: 'axml' } as const;
  document.pool = readStringPool(document.bytes, place, document.diagnostics);
}

function readResourceMap(document: OpenDocument, chunk: Chunk): void {
  const { diagnostics } = document;
  const from = chunk.start + Math.max(8, chunk.headerSize);
  const count = Math.max(0, chunk.end - from) >> 2;
  if (document.nodeSeen || document.mapSeen) {
    const message = document.nodeSeen ? 'a resource map behind the first node' : 'more than one resource map';
    if (document.nodeSeen && chunk.headerSize < 16) refuse(document, 'axml.resource-map.second', message, chunk.start);
    else diagnostics.warning('axml.resource-map.second', message, { offset: chunk.start });
    if (document.nodeSeen) return;
  }
  if ((chunk.end - from) % 4 !== 0) {
    refuse(document, 'axml.resource-map.size', 'the resource map is no multiple of four bytes', chunk.start);
  }
  if (count > document.pool.count) {
    const message = `the resource map has ${count} ids for ${document.pool.count} strings`;
    diagnostics.warning('axml.resource-map.long', message, { offset: chunk.start });
  }
  const ids = new Uint32Array(count);
  for (let index = 0; index < count; index++) ids[index] = u32At(document.bytes, from + index * 4);
  document.resourceIds = ids;
  document.mapSeen = true;
}

function hasNamespacedAttribute(element: XmlElement): boolean {
  return (
    element.attributes.some(({ namespace }) => namespace !== null) || element.children.some(hasNamespacedAttribute)
  );
}
