import { oidText } from '../der/der-values.ts';
import { derBits, derInteger, derSequence } from '../der/der-writer.ts';
import {
  derBytes,
  derChildren,
  derContent,
  isUniversal,
  readDerNode,
  TAG_BIT_STRING,
  TAG_INTEGER,
} from '../der/read-der.ts';

const RSA = '1.2.840.113549.1.1.1';

interface RsaKey {
  readonly algorithm: Uint8Array;
  /** Without leading zeros. */
  readonly modulus: Uint8Array;
  readonly exponent: Uint8Array;
  /** Whether the modulus is written as a negative number: the leading zero was forgotten. */
  readonly negative: boolean;
}

/** The numbers of an RSA key in a SubjectPublicKeyInfo; null for other keys. */
function rsaKey(publicKey: Uint8Array): RsaKey | null {
  const info = readDerNode(publicKey);
  const [algorithm, bits] = info === null ? [] : derChildren(info);
  if (algorithm === undefined || oidText(derChildren(algorithm)[0]) !== RSA || !isUniversal(bits, TAG_BIT_STRING))
    return null;
  const key = readDerNode(bits.bytes, bits.contentStart + 1, bits.contentEnd);
  const [modulus, exponent] = key === null ? [] : derChildren(key);
  if (!isUniversal(modulus, TAG_INTEGER) || !isUniversal(exponent, TAG_INTEGER)) return null;
  const content = derContent(modulus);
  return {
    algorithm: derBytes(algorithm),
    modulus: stripZeros(content),
    exponent: stripZeros(derContent(exponent)),
    negative: (content[0] ?? 0) >= 0x80,
  };
}

function stripZeros(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0);
  return first < 0 ? bytes.subarray(bytes.length) : bytes.subarray(first);
}

/**
 * Whether two SubjectPublicKeyInfo are of one key: the same bytes, or RSA keys with the same numbers however they are
 * written. Old tools wrote moduli as negative numbers, and Android and apksig take these.
 */
export function sameKey(a: Uint8Array, b: Uint8Array): boolean {
  if (equalBytes(a, b)) return true;
  const [left, right] = [rsaKey(a), rsaKey(b)];
  if (left === null || right === null) return false;
  return equalBytes(left.modulus, right.modulus) && equalBytes(left.exponent, right.exponent);
}

/** The key written as it should be, if it is an RSA key whose modulus is a negative number; null otherwise. */
export function repairedKey(publicKey: Uint8Array): Uint8Array | null {
  const key = rsaKey(publicKey);
  if (key === null || !key.negative) return null;
  const numbers = derSequence(derInteger(key.modulus), derInteger(key.exponent));
  return derSequence(key.algorithm, derBits(numbers));
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
