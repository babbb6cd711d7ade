import type { Diagnostics } from '@vedette/bytes';
import { EMPTY_POOL, type StringPool } from '../string-pool/read-string-pool.ts';

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
  /** The name in the string pool, which the platform ignores where there is an id. */
  readonly written: string;
  /** The string before it was typed, which many build tools leave out. */
  readonly raw: string | null;
  /**
   * Whether the platform finds it. It asks for ids in ascending order and goes once through the attributes (AOSP AttributeResolution.cpp,
   * `RetrieveAttributes`): one behind a greater or an equal id is passed by. One without id is found by name, the first of its name.
   */
  readonly found: boolean;
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
  /** Namespaces declared for this element and what is inside. */
  readonly namespaces: readonly XmlNamespace[];
}

export interface XmlNamespace {
  readonly prefix: string;
  readonly uri: string;
}

/** An element while its end tag has not come. */
export interface OpenElement extends XmlElement {
  readonly attributes: XmlAttribute[];
  readonly children: OpenElement[];
  text: string;
}

export interface OpenNamespace extends XmlNamespace {
  readonly prefixIndex: number;
  readonly uriIndex: number;
}

/** A document while it is read. */
export interface OpenDocument {
  readonly bytes: Uint8Array;
  readonly diagnostics: Diagnostics;
  pool: StringPool;
  poolSeen: boolean;
  resourceIds: Uint32Array;
  mapSeen: boolean;
  /** Whether a node has been met: pool and resource map count only before. */
  nodeSeen: boolean;
  readonly roots: OpenElement[];
  readonly open: OpenElement[];
  /** Index of the name of each open element, to compare without reading names of megabytes again and again. */
  readonly openNames: number[];
  /** In scope, with the indices of their strings. */
  readonly namespaces: OpenNamespace[];
  /** Namespaces, by index, of which it is known whether they were declared. */
  readonly namespacesAsked: Set<number>;
  /** Declared since the last start tag. */
  pendingNamespaces: XmlNamespace[];
  elements: number;
  attributesLeft: number;
  /** Start tags below the depth limit, whose end tags must be skipped too. */
  skippedDepth: number;
}

/** Bytes of one attribute. Elements may claim the same bytes, or none: no more attributes are read than the file has room for. */
const ATTRIBUTE_SIZE = 20;
const ATTRIBUTES_AT_LEAST = 1_024;

export function openDocument(bytes: Uint8Array, diagnostics: Diagnostics): OpenDocument {
  return {
    bytes,
    diagnostics,
    pool: EMPTY_POOL,
    poolSeen: false,
    resourceIds: new Uint32Array(0),
    mapSeen: false,
    nodeSeen: false,
    roots: [],
    open: [],
    openNames: [],
    namespaces: [],
    namespacesAsked: new Set(),
    pendingNamespaces: [],
    elements: 0,
    attributesLeft: Math.max(ATTRIBUTES_AT_LEAST, Math.ceil(bytes.length / ATTRIBUTE_SIZE)),
    skippedDepth: 0,
  };
}

/** One chunk: `[start, end)` in bytes, its content from `start + headerSize`. */
export interface Chunk {
  readonly type: number;
  readonly start: number;
  readonly headerSize: number;
  readonly end: number;
}

/** Behind the root's end tag the platform does not read on, so nothing there makes it refuse the document. */
export function isBehindRoot(document: OpenDocument): boolean {
  return document.roots.length > 0 && document.open.length === 0 && document.skippedDepth === 0;
}

/** Reports what makes the platform refuse the document, where it looks. */
export function refuse(document: OpenDocument, id: string, message: string, offset: number): void {
  const { diagnostics } = document;
  if (isBehindRoot(document)) diagnostics.warning(id, `${message}; the platform does not read that far`, { offset });
  else diagnostics.error(id, `${message}; the platform refuses the document`, { offset });
}
