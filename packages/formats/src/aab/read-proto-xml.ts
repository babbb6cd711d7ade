/**
 * XML as Android App Bundles have it: `aapt.pb.XmlNode` (AOSP tools/aapt2/Resources.proto), of manifests and of everything under `res/`. Gives the same document model as
 * `readAxml`, with attributes named by resource id as there.
 *
 * Deliberately not supported: columns, resolving references.
 */
import { createDiagnostics, type Diagnostics, hex } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import type { ResourceValue } from '../arsc/resources.ts';
import { VALUE_STRING } from '../axml/chunk-types.ts';
import { frameworkAttributeName } from '../axml/framework-attributes.ts';
import type { XmlAttribute, XmlElement, XmlNamespace } from '../axml/read-axml.ts';
import { ProtoCursor } from '../protobuf/proto-cursor.ts';
import { readProtoItem } from './proto-item.ts';

/** Deeper elements are left out, as in binary XML; protobuf's own readers stop at about 50. */
const MAX_DEPTH = 64;
const MAX_ELEMENTS = 200_000;
const MAX_TEXT = 65_536;

/** Which of several is found is known once all are there. */
type FoundAttribute = Omit<XmlAttribute, 'found'> & { found: boolean };

interface OpenElement extends XmlElement {
  name: string;
  namespace: string | null;
  readonly line: number;
  readonly attributes: FoundAttribute[];
  readonly children: OpenElement[];
  readonly namespaces: XmlNamespace[];
  text: string;
}

interface Document {
  readonly diagnostics: Diagnostics;
  elementsLeft: number;
}

/** Reads a document. The value is its root element; null where there is none. Time and memory are linear in the input. */
export function readProtoXml(bytes: Uint8Array): Parsed<XmlElement | null> {
  const diagnostics = createDiagnostics();
  const document: Document = { diagnostics, elementsLeft: MAX_ELEMENTS };
  const { element } = readNode(document, new ProtoCursor(bytes, { start: 0, end: bytes.length }, diagnostics), 0);
  if (element === null) diagnostics.error('aab.xml.no-root', 'no element could be read');
  return { value: element, diagnostics: diagnostics.list() };
}

/** A node is an element or a text: of both the one that comes last counts, and an element in pieces is put together. */
function readNode(
  document: Document,
  cursor: ProtoCursor,
  depth: number,
): { element: OpenElement | null; text: string } {
  let line = 0;
  let text = '';
  const pieces: ProtoCursor[] = [];
  let texts = 0;
  let at = 0;
  while (cursor.next()) {
    if (cursor.field === 1) {
      at = cursor.fieldStart;
      pieces.push(cursor.message());
    } else if (cursor.field === 2) {
      pieces.length = 0;
      texts += 1;
      text = cursor.text();
    } else if (cursor.field === 3) {
      for (const source = cursor.message(); source.next(); ) if (source.field === 1) line = source.low();
    }
  }
  if (pieces.length + texts > 1) {
    const message =
      'a node says more than once what it is; the build takes the last, and puts pieces of an element together';
    document.diagnostics.warning('aab.xml.repeated', message, { offset: at });
  }
  if (pieces.length === 0) return { element: null, text };
  if (depth >= MAX_DEPTH) {
    document.diagnostics.error('budget.depth', `elements deeper than ${MAX_DEPTH} levels are left out`, { offset: at });
    return { element: null, text: '' };
  }
  const element: OpenElement = {
    name: '',
    namespace: null,
    line,
    attributes: [],
    children: [],
    text: '',
    namespaces: [],
  };
  for (const piece of pieces) if (!readElement(document, piece, element, depth)) return { element: null, text: '' };
  markDuplicates(element, document.diagnostics, at);
  return { element, text: '' };
}

/** @returns false where the budget of elements is spent */
function readElement(document: Document, cursor: ProtoCursor, element: OpenElement, depth: number): boolean {
  if (document.elementsLeft-- <= 0) {
    document.diagnostics.error('budget.entries', `reading stopped after ${MAX_ELEMENTS} elements`);
    return false;
  }
  while (cursor.next()) {
    switch (cursor.field) {
      case 1:
        element.namespaces.push(readNamespace(cursor.message()));
        break;
      case 2:
        element.namespace = cursor.text() || null;
        break;
      case 3:
        element.name = cursor.text();
        break;
      case 4:
        element.attributes.push(readAttribute(document, cursor.message(), cursor.fieldStart));
        break;
      case 5: {
        const node = readNode(document, cursor.message(), depth + 1);
        if (node.element !== null) element.children.push(node.element);
        else if (element.text.length < MAX_TEXT) element.text += node.text;
        break;
      }
      default:
    }
  }
  return true;
}

function readAttribute({ diagnostics }: Document, cursor: ProtoCursor, offset: number): FoundAttribute {
  let [namespace, written, raw, resourceId] = ['', '', '', 0];
  let item: ResourceValue | null = null;
  while (cursor.next()) {
    if (cursor.field === 1) namespace = cursor.text();
    else if (cursor.field === 2) written = cursor.text();
    else if (cursor.field === 3) raw = cursor.text();
    else if (cursor.field === 5) resourceId = cursor.low();
    else if (cursor.field === 6) item = readProtoItem(cursor.message()) ?? item;
  }
  const known = frameworkAttributeName(resourceId);
  if (known !== undefined && known !== written) {
    const message = `the attribute is called "${written.slice(0, 60)}", but its id makes it android:${known}`;
    diagnostics.warning('aab.attribute.name-mismatch', message, { offset });
  }
  if (item?.type === VALUE_STRING && raw !== '' && item.text !== raw) {
    const message = 'written and compiled value are different strings; the compiled one was taken';
    diagnostics.warning('aab.attribute.value-mismatch', message, { offset });
  }
  return {
    name: known ?? (written === '' && resourceId !== 0 ? hex(resourceId, 8) : written),
    namespace: namespace || null,
    resourceId,
    type: item?.type ?? VALUE_STRING,
    data: item?.data ?? 0,
    value: item?.text ?? raw,
    written,
    raw: raw || null,
    found: true,
  };
}

function readNamespace(cursor: ProtoCursor): XmlNamespace {
  let [prefix, uri] = ['', ''];
  while (cursor.next()) {
    if (cursor.field === 1) prefix = cursor.text();
    else if (cursor.field === 2) uri = cursor.text();
  }
  return { prefix, uri };
}

/** The build sorts attributes by id and keeps the order of equal ones, so the platform finds the first of each. */
function markDuplicates(element: OpenElement, diagnostics: Diagnostics, offset: number): void {
  const seen = new Set<string>();
  for (const attribute of element.attributes) {
    const { name, namespace, resourceId } = attribute;
    const key = resourceId !== 0 ? hex(resourceId) : `${namespace ?? ''} ${name}`;
    if (seen.has(key)) {
      const message = `<${element.name.slice(0, 60)}> has ${name.slice(0, 60)} twice; the first was taken`;
      diagnostics.warning('aab.attribute.duplicate', message, { offset });
      attribute.found = false;
    }
    seen.add(key);
  }
}
