/**
 * SubjectPublicKeyInfo (RFC 5280, 4.1; RFC 3279; RFC 5480) of the three kinds of keys that sign apps. Strict DER: a key that
 * is written in another way is none. Deliberately unsupported: RSASSA-PSS keys with parameters, explicit curves, binary curves.
 */

export type PublicKey =
  | { readonly kind: 'rsa'; readonly modulus: bigint; readonly exponent: bigint }
  | { readonly kind: 'ec'; readonly curve: CurveName; readonly point: Uint8Array }
  | { readonly kind: 'dsa'; readonly p: bigint; readonly q: bigint; readonly g: bigint; readonly y: bigint };

export type CurveName = 'p256' | 'p384' | 'p521';

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OBJECT_IDENTIFIER = 0x06;
const NULL = 0x05;

/** Contents of the object identifiers, in hex. */
const RSA = '2a864886f70d010101'; // 1.2.840.113549.1.1.1
const EC = '2a8648ce3d0201'; // 1.2.840.10045.2.1
const DSA = '2a8648ce380401'; // 1.2.840.10040.4.1
const CURVES: ReadonlyMap<string, CurveName> = new Map([
  ['2a8648ce3d030107', 'p256'], // 1.2.840.10045.3.1.7
  ['2b81040022', 'p384'], // 1.3.132.0.34
  ['2b81040023', 'p521'], // 1.3.132.0.35
]);

/** The key, or null when it is of another kind or not well-formed. */
export function readPublicKey(spki: Uint8Array): PublicKey | null {
  const [outer] = elements(spki, 1) ?? [];
  const parts = outer?.tag === SEQUENCE ? elements(outer.content, 2) : null;
  const [algorithm, bits] = parts ?? [];
  if (algorithm?.tag !== SEQUENCE || bits?.tag !== BIT_STRING || bits.content[0] !== 0) return null;
  const [oid, parameters] = elements(algorithm.content, 2) ?? [];
  if (oid?.tag !== OBJECT_IDENTIFIER) return null;
  const key = bits.content.subarray(1);
  switch (hexOf(oid.content)) {
    case RSA:
      // RFC 3279, 2.3.1: the parameters are NULL. OpenSSL takes none at all for that as well.
      return parameters === undefined || (parameters.tag === NULL && parameters.content.length === 0)
        ? rsaKey(key)
        : null;
    case EC: {
      const curve = parameters?.tag === OBJECT_IDENTIFIER ? CURVES.get(hexOf(parameters.content)) : undefined;
      return curve === undefined ? null : { kind: 'ec', curve, point: key };
    }
    case DSA:
      return parameters?.tag === SEQUENCE ? dsaKey(parameters.content, key) : null;
    default:
      return null;
  }
}

function rsaKey(key: Uint8Array): PublicKey | null {
  const numbers = readIntegers(key, 2);
  if (numbers === null) return null;
  const [modulus = 0n, exponent = 0n] = numbers;
  return { kind: 'rsa', modulus, exponent };
}

function dsaKey(parameters: Uint8Array, key: Uint8Array): PublicKey | null {
  const domain = integersOf(parameters, 3);
  const [value] = elements(key, 1) ?? [];
  const y = value?.tag === INTEGER ? unsigned(value.content) : null;
  if (domain === null || y === null) return null;
  const [p = 0n, q = 0n, g = 0n] = domain;
  return { kind: 'dsa', p, q, g, y };
}

/** The integers of one SEQUENCE of exactly `count` of them, as keys and DSA signatures are; null when it is anything else. */
export function readIntegers(der: Uint8Array, count: number): bigint[] | null {
  const [outer] = elements(der, 1) ?? [];
  return outer?.tag === SEQUENCE ? integersOf(outer.content, count) : null;
}

function integersOf(content: Uint8Array, count: number): bigint[] | null {
  const found = elements(content, count);
  if (found === null || found.length !== count) return null;
  const values = found.map((element) => (element.tag === INTEGER ? unsigned(element.content) : null));
  return values.every((value) => value !== null) ? values : null;
}

interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
}

/** The elements that fill `bytes` exactly, at most `most`; null when they do not. X.690, 10.1: lengths in the fewest bytes. */
function elements(bytes: Uint8Array, most: number): Element[] | null {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (found.length === most || at + 2 > bytes.length) return null;
    const tag = bytes[at] ?? 0;
    let length = bytes[at + 1] ?? 0;
    at += 2;
    if (length >= 0x80) {
      const count = length & 0x7f;
      if (count === 0 || count > 3 || at + count > bytes.length) return null;
      length = 0;
      for (const byte of bytes.subarray(at, at + count)) length = (length << 8) | byte;
      if (length < 0x80 || length >> (8 * (count - 1)) === 0) return null;
      at += count;
    }
    if (at + length > bytes.length) return null;
    found.push({ tag, content: bytes.subarray(at, at + length) });
    at += length;
  }
  return found;
}

/** X.690, 8.3: never empty, the fewest bytes. Keys and signatures hold no negative numbers. */
function unsigned(content: Uint8Array): bigint | null {
  const [first, second = 0x80] = content;
  if (first === undefined || first >= 0x80 || (first === 0 && second < 0x80 && content.length > 1)) return null;
  return bigintOf(content);
}

/** Big-endian, without sign. */
export function bigintOf(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${hexOf(bytes)}`);
}

function hexOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}
