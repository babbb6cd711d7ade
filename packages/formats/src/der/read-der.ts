/**
 * A lenient walker over DER and BER (X.690): it finds where values are and leaves their meaning to others. Lengths that
 * lead outside of the parent are cut to it; indefinite lengths, which old signing tools write, are measured.
 */

/** One value: identifier, length and content, as offsets in bytes from the start of `bytes`. */
export interface DerNode {
  readonly bytes: Uint8Array;
  /** 0 universal, 1 application, 2 context, 3 private. */
  readonly tagClass: number;
  readonly tag: number;
  readonly constructed: boolean;
  readonly start: number;
  readonly contentStart: number;
  readonly contentEnd: number;
  /** Behind the content, and behind the end mark of an indefinite length. */
  readonly end: number;
  /** False when the length led outside of the parent, or no end mark was found. */
  readonly whole: boolean;
}

export const TAG_INTEGER = 2;
export const TAG_BIT_STRING = 3;
export const TAG_OCTET_STRING = 4;
export const TAG_OID = 6;
export const TAG_SEQUENCE = 16;
export const TAG_SET = 17;
export const TAG_UTC_TIME = 23;
export const TAG_GENERALIZED_TIME = 24;
export const CLASS_CONTEXT = 2;

const MAX_DEPTH = 32;
const MAX_CHILDREN = 10_000;

/** The value at `offset`, not looking beyond `end`; null when there is none. */
export function readDerNode(bytes: Uint8Array, offset = 0, end = bytes.length, depth = 0): DerNode | null {
  const identifier = bytes[offset];
  if (identifier === undefined || offset + 2 > end || depth > MAX_DEPTH) return null;
  let at = offset + 1;
  let tag = identifier & 0x1f;
  if (tag === 0x1f) {
    tag = 0;
    for (let count = 0; count < 4 && at < end; count++) {
      const byte = bytes[at++] ?? 0;
      tag = (tag << 7) | (byte & 0x7f);
      if (byte < 0x80) break;
    }
  }
  const constructed = (identifier & 0x20) !== 0;
  const shape = { bytes, tagClass: identifier >> 6, tag, constructed, start: offset };
  const first = at < end ? (bytes[at++] ?? 0) : 0;
  if (first === 0x80 && constructed) {
    const close = endOfContents(bytes, at, end, depth);
    const contentEnd = close ?? end;
    return { ...shape, contentStart: at, contentEnd, end: close === null ? end : close + 2, whole: close !== null };
  }
  let length = first;
  if (first >= 0x80) {
    length = 0;
    const count = Math.min(first & 0x7f, 8);
    for (let index = 0; index < count && at < end; index++) length = length * 256 + (bytes[at++] ?? 0);
  }
  const contentEnd = Math.min(at + length, end);
  return { ...shape, contentStart: at, contentEnd, end: contentEnd, whole: at + length <= end };
}

/** Where the two zero bytes are that end an indefinite length (X.690, 8.1.5); null when they are missing. */
function endOfContents(bytes: Uint8Array, start: number, end: number, depth: number): number | null {
  let at = start;
  for (let count = 0; count < MAX_CHILDREN && at + 2 <= end; count++) {
    if (bytes[at] === 0 && bytes[at + 1] === 0) return at;
    const child = readDerNode(bytes, at, end, depth + 1);
    if (child === null) return null;
    at = child.end;
  }
  return null;
}

/** The values inside of a constructed one, in order, at most 10,000; none for a primitive one. */
export function derChildren(node: DerNode): readonly DerNode[] {
  if (!node.constructed) return [];
  const children: DerNode[] = [];
  for (let at = node.contentStart; at < node.contentEnd && children.length < MAX_CHILDREN; ) {
    const child = readDerNode(node.bytes, at, node.contentEnd, 1);
    if (child === null) break;
    children.push(child);
    at = child.end;
  }
  return children;
}

/** The whole value, identifier and length included. */
export function derBytes(node: DerNode): Uint8Array {
  return node.bytes.subarray(node.start, node.end);
}

export function derContent(node: DerNode): Uint8Array {
  return node.bytes.subarray(node.contentStart, node.contentEnd);
}

export function isUniversal(node: DerNode | undefined, tag: number): node is DerNode {
  return node !== undefined && node.tagClass === 0 && node.tag === tag;
}

export function isContext(node: DerNode | undefined, tag: number): node is DerNode {
  return node !== undefined && node.tagClass === CLASS_CONTEXT && node.tag === tag;
}

const MAX_STRING_PARTS = 100_000;

/**
 * The content of an OCTET STRING. BER may split it into parts (X.690, 8.7.3), as old signing tools do with content of
 * unknown length; they are joined. Costs a copy only then.
 */
export function octets(node: DerNode): Uint8Array {
  if (!node.constructed) return derContent(node);
  const parts: Uint8Array[] = [];
  const collect = (parent: DerNode, depth: number): void => {
    for (let at = parent.contentStart; at < parent.contentEnd && parts.length < MAX_STRING_PARTS; ) {
      const child = readDerNode(parent.bytes, at, parent.contentEnd, 1);
      if (child === null) return;
      if (child.constructed && depth < MAX_DEPTH) collect(child, depth + 1);
      else parts.push(derContent(child));
      at = child.end;
    }
  };
  collect(node, 1);
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
