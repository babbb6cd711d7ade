/** Deepest nesting and most values: certificates of attestations have 12 levels and some hundred values. */
const MAX_DEPTH = 32;
const MAX_VALUES = 20_000;

const BOOLEAN = 0x01;
const INTEGER = 0x02;
const NULL = 0x05;
const OBJECT_IDENTIFIER = 0x06;
const ENUMERATED = 0x0a;
const CONSTRUCTED = 0x20;
/** Universal types that DER writes in parts: SEQUENCE and SET, and EXTERNAL, EMBEDDED PDV, which nobody uses here. */
const ALWAYS_CONSTRUCTED = new Set([8, 11, 16, 17]);

/**
 * Whether `bytes` are exactly one value in the distinguished encoding (X.690, 10 and 11, as far as it shows without knowing
 * the types): identifiers and lengths in the fewest bytes, nothing indefinite, strings in one piece, booleans 00 or ff,
 * integers in the fewest bytes, object identifiers that end, and nothing behind the end. The content of OCTET and BIT
 * STRINGs is not looked into. Total, in time linear in the length.
 *
 * @param options `anyTrue`: takes every byte but 00 for true, as BER does (X.690, 8.2.2)
 */
export function isStrictDer(bytes: Uint8Array, { anyTrue = false }: { readonly anyTrue?: boolean } = {}): boolean {
  const walk: Walk = { bytes, values: 0, anyTrue };
  return strictValue(walk, 0, bytes.length, 0) === bytes.length;
}

interface Walk {
  readonly bytes: Uint8Array;
  values: number;
  readonly anyTrue: boolean;
}

/** Where the value at `start` ends; -1 when it is not strict. */
function strictValue(walk: Walk, start: number, limit: number, depth: number): number {
  const { bytes } = walk;
  if (depth > MAX_DEPTH || ++walk.values > MAX_VALUES || start + 2 > limit) return -1;
  const identifier = bytes[start] ?? 0;
  const constructed = (identifier & CONSTRUCTED) !== 0;
  const afterTag = (identifier & 0x1f) === 0x1f ? longTag(bytes, start + 1, limit) : start + 1;
  if (afterTag < 0) return -1;
  const [content, end] = extent(bytes, afterTag, limit);
  if (content < 0) return -1;
  if (
    identifier >> 6 === 0 &&
    (identifier & 0x1f) !== 0x1f &&
    constructed !== ALWAYS_CONSTRUCTED.has(identifier & 0x1f)
  )
    return -1;
  if (!constructed) return strictPrimitive(walk, identifier, content, end) ? end : -1;
  let at = content;
  while (at < end) {
    at = strictValue(walk, at, end, depth + 1);
    if (at < 0) return -1;
  }
  return end;
}

/** X.690, 8.1.2.4: tags from 31 upwards, in the fewest bytes; at most four of them. */
function longTag(bytes: Uint8Array, start: number, limit: number): number {
  let tag = 0;
  for (let at = start; at < limit && at < start + 4; at++) {
    const byte = bytes[at] ?? 0;
    if (at === start && byte === 0x80) return -1;
    tag = (tag << 7) | (byte & 0x7f);
    if (byte < 0x80) return tag >= 31 ? at + 1 : -1;
  }
  return -1;
}

/** Start and end of the content by the length at `at` (X.690, 10.1); -1 where it is not the shortest form or leads outside. */
function extent(bytes: Uint8Array, at: number, limit: number): readonly [content: number, end: number] {
  const first = at < limit ? (bytes[at] ?? 0x80) : 0x80;
  if (first < 0x80) return at + 1 + first <= limit ? [at + 1, at + 1 + first] : [-1, -1];
  const count = first & 0x7f;
  const content = at + 1 + count;
  if (count === 0 || count > 4 || content > limit) return [-1, -1];
  let length = 0;
  for (let index = at + 1; index < content; index++) length = length * 256 + (bytes[index] ?? 0);
  const shortest = length >= 0x80 && length >= 256 ** (count - 1);
  return shortest && content + length <= limit ? [content, content + length] : [-1, -1];
}

function strictPrimitive({ bytes, anyTrue }: Walk, identifier: number, start: number, end: number): boolean {
  const [first = 0, second = 0] = bytes.subarray(start, end);
  const length = end - start;
  switch (identifier) {
    case BOOLEAN:
      return length === 1 && (first === 0 || first === 0xff || anyTrue);
    case INTEGER:
    case ENUMERATED:
      if (length === 0) return false;
      return length === 1 || !((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
    case NULL:
      return length === 0;
    case OBJECT_IDENTIFIER:
      return strictIdentifier(bytes, start, end);
    default:
      return true;
  }
}

/** X.690, 8.19.2: each part in the fewest bytes, the last one whole. */
function strictIdentifier(bytes: Uint8Array, start: number, end: number): boolean {
  let fresh = true;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (fresh && byte === 0x80) return false;
    fresh = byte < 0x80;
  }
  return fresh && end > start;
}
