import { Cursor, hex, u32At } from '@vedette/bytes';
import { NO_STRING } from './chunk-types.ts';
import { type AttributeSearch, readAttribute, reportAttributes } from './read-attribute.ts';
import { type Chunk, isBehindRoot, type OpenDocument, type OpenElement, refuse } from './xml-document.ts';
import { reportName } from './xml-names.ts';

/** Elements nested deeper than this are left out: no manifest needs ten. */
const MAX_DEPTH = 64;
/** `ResXMLTree_node`: chunk header, line number, comment. */
const NODE_HEADER_SIZE = 16;
/** `ResXMLTree_attrExt` and the size of one `ResXMLTree_attribute`. */
const ATTRIBUTE_START = 20;
const ATTRIBUTE_SIZE = 20;
/** Names up to this length are compared letter by letter, longer ones by their place in the pool. */
const MAX_COMPARED = 256;
/** Code units of text kept in one element. */
const MAX_TEXT = 65_536;

/** Where a node's own part begins: after its header, whose size is followed where it leads inside of the chunk. */
function nodeBody(document: OpenDocument, chunk: Chunk, bodySize: number): Cursor {
  let { headerSize } = chunk;
  if (headerSize !== NODE_HEADER_SIZE) {
    const message = `a node with a header of ${headerSize} bytes, not 16`;
    if (headerSize < NODE_HEADER_SIZE) refuse(document, 'axml.node.header-size', message, chunk.start);
    else document.diagnostics.warning('axml.node.header-size', message, { offset: chunk.start });
    if (headerSize < NODE_HEADER_SIZE || chunk.start + headerSize + bodySize > chunk.end) headerSize = NODE_HEADER_SIZE;
  }
  return new Cursor(document.bytes, Math.min(chunk.start + headerSize, chunk.end), chunk.end);
}

export function startElement(document: OpenDocument, chunk: Chunk): void {
  const { diagnostics, pool } = document;
  if (document.open.length >= MAX_DEPTH) {
    document.skippedDepth += 1;
    diagnostics.error('budget.depth', `elements deeper than ${MAX_DEPTH} levels are left out`, { offset: chunk.start });
    return;
  }
  if (isBehindRoot(document)) {
    const message = 'an element behind the end of the root, which the platform does not reach';
    diagnostics.warning('axml.behind-root', message, { offset: chunk.start });
  }
  const body = nodeBody(document, chunk, 20);
  const bodyStart = body.offset;
  const namespace = body.u32();
  const nameIndex = body.u32();
  const attributeStart = body.u16();
  const attributeSize = body.u16();
  const attributeCount = body.u16();
  if (body.truncated) {
    refuse(document, 'axml.element.truncated', 'an element is cut off', chunk.start);
    return;
  }
  const name = pool.get(nameIndex) ?? '';
  reportName(diagnostics, name, 'an element', chunk.start);
  const element: OpenElement = {
    name,
    namespace: namespace === NO_STRING ? null : pool.get(namespace),
    line: u32At(document.bytes, chunk.start + 8),
    attributes: [],
    children: [],
    text: '',
    namespaces: document.pendingNamespaces,
  };
  document.pendingNamespaces = [];
  if (attributeCount > 0 && (attributeStart !== ATTRIBUTE_START || attributeSize !== ATTRIBUTE_SIZE)) {
    const message = `attributes of <${name.slice(0, 60)}> begin at ${attributeStart} with a stride of ${attributeSize}, not 20 and 20`;
    diagnostics.warning('axml.attribute.layout', message, { offset: chunk.start });
  }
  if (bodyStart + attributeStart + attributeSize * attributeCount > chunk.end) {
    const message = `<${name.slice(0, 60)}> announces ${attributeCount} attributes, more than there is room for`;
    refuse(document, 'axml.attribute.count', message, chunk.start);
  }
  const search: AttributeSearch = { greatestId: 0, names: null };
  for (let index = 0; index < attributeCount; index++) {
    // The stride is taken as written, as the platform does: attributes may overlap.
    const at = bodyStart + attributeStart + index * attributeSize;
    if (at + ATTRIBUTE_SIZE > chunk.end) break;
    if (document.attributesLeft-- <= 0) {
      diagnostics.error('budget.entries', `reading stopped after as many attributes as the file can hold`, {
        offset: at,
      });
      break;
    }
    element.attributes.push(readAttribute(document, search, at));
  }
  reportAttributes(document, element, chunk.start);
  const parent = document.open.at(-1);
  (parent?.children ?? document.roots).push(element);
  document.open.push(element);
  document.openNames.push(nameIndex);
  document.elements += 1;
}

export function endElement(document: OpenDocument, chunk: Chunk): void {
  if (document.skippedDepth > 0) {
    document.skippedDepth -= 1;
    return;
  }
  const body = nodeBody(document, chunk, 8);
  body.skip(4);
  const nameIndex = body.u32();
  const name = document.pool.get(nameIndex) ?? '';
  if (body.truncated) refuse(document, 'axml.element.truncated', 'an end tag is cut off', chunk.start);
  const open = document.open.pop();
  const openName = document.openNames.pop();
  if (open === undefined) {
    const message = `</${name.slice(0, 60)}> closes nothing`;
    document.diagnostics.warning('axml.unbalanced', message, { offset: chunk.start });
  } else if (openName !== nameIndex && (open.name.length > MAX_COMPARED || open.name !== name)) {
    const message = `</${name.slice(0, 60)}> closes <${open.name.slice(0, 60)}>`;
    document.diagnostics.warning('axml.unbalanced', message, { offset: chunk.start });
  }
}

export function addText(document: OpenDocument, chunk: Chunk): void {
  const body = nodeBody(document, chunk, 12);
  const text = document.pool.get(body.u32());
  body.skip(8);
  if (body.truncated) refuse(document, 'axml.element.truncated', 'a text is cut off', chunk.start);
  const open = document.open.at(-1);
  if (text === null) return;
  if (open === undefined) {
    document.diagnostics.warning('axml.text', 'text outside of the root', { offset: chunk.start });
  } else if (open.text.length < MAX_TEXT) open.text += text;
}

/** Namespaces hold from their start to their end; the platform resolves attributes without looking at them. */
export function changeNamespace(document: OpenDocument, chunk: Chunk, begins: boolean): void {
  const { diagnostics, pool } = document;
  const body = nodeBody(document, chunk, 8);
  const prefixIndex = body.u32();
  const uriIndex = body.u32();
  const prefix = pool.get(prefixIndex) ?? '';
  const uri = pool.get(uriIndex) ?? '';
  if (body.truncated) {
    const message = `a namespace of ${hex(chunk.end - chunk.start)} bytes is cut off`;
    refuse(document, 'axml.namespace.truncated', message, chunk.start);
    return;
  }
  if (!begins) {
    const at = document.namespaces.findLastIndex(
      (open) => open.prefixIndex === prefixIndex && open.uriIndex === uriIndex,
    );
    if (at < 0) {
      const message = `the namespace "${prefix.slice(0, 60)}" ends without having begun`;
      diagnostics.warning('axml.namespace.unbalanced', message, { offset: chunk.start });
    } else document.namespaces.splice(at, 1);
    return;
  }
  if (uri === '') {
    const message = `the prefix "${prefix.slice(0, 60)}" has an empty namespace`;
    diagnostics.warning('axml.namespace.empty', message, { offset: chunk.start });
  }
  // Build tools repeat a declaration; another meaning for its prefix is what deceives.
  if (document.namespaces.some((open) => open.prefixIndex === prefixIndex && open.uriIndex !== uriIndex)) {
    const message = `the prefix "${prefix.slice(0, 60)}" is given another meaning within its first`;
    diagnostics.warning('axml.namespace.masked', message, { offset: chunk.start });
  }
  if (document.namespaces.length < 1_024) {
    document.namespaces.push({ prefix, uri, prefixIndex, uriIndex });
    document.pendingNamespaces.push({ prefix, uri });
  }
}
