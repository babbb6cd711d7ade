import { pow } from '@noble/curves/abstract/modular.js';
import type { HashAlgorithm } from '../host.ts';
import { digest } from './digest.ts';
import { bigintOf } from './subject-public-key.ts';

export interface RsaKey {
  readonly modulus: bigint;
  readonly exponent: bigint;
}

/** The bounds of OpenSSL, so that no key can buy minutes of arithmetic: above 3,072 bits the exponent has at most 64. */
const MAX_MODULUS_BITS = 16_384;
const SMALL_MODULUS_BITS = 3_072;
const MAX_LARGE_EXPONENT_BITS = 64;

/** RFC 8017, 9.2, note 1: DigestInfo up to the digest itself, in hex. */
const DIGEST_INFO: Readonly<Record<HashAlgorithm, string>> = {
  md5: '3020300c06082a864886f70d020505000410',
  sha1: '3021300906052b0e03021a05000414',
  sha224: '302d300d06096086480165030402040500041c',
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
};

/** Whether a key can be used at all. */
export function isUsableRsaKey({ modulus, exponent }: RsaKey): boolean {
  const bits = bitLength(modulus);
  if (bits > MAX_MODULUS_BITS || bits < 16 || exponent < 1n || exponent >= modulus) return false;
  return bits <= SMALL_MODULUS_BITS || bitLength(exponent) <= MAX_LARGE_EXPONENT_BITS;
}

/**
 * RSASSA-PKCS1-v1_5 (RFC 8017, 8.2.2): the expected encoding is built and compared whole, never parsed, so that there is
 * no room to hide anything in the padding.
 */
export function verifyRsaPkcs1(key: RsaKey, hash: HashAlgorithm, data: Uint8Array, signature: Uint8Array): boolean {
  const size = byteLength(key.modulus);
  const encoded = openSignature(key, signature, size);
  if (encoded === null) return false;
  const info = fromHex(DIGEST_INFO[hash]);
  const value = digest(hash, data);
  const padding = size - info.length - value.length - 3;
  // "If emLen < tLen + 11, output 'intended encoded message length too short'": at least eight bytes of padding.
  if (padding < 8) return false;
  const expected = new Uint8Array(size).fill(0xff);
  expected[0] = 0;
  expected[1] = 1;
  expected[2 + padding] = 0;
  expected.set(info, 3 + padding);
  expected.set(value, 3 + padding + info.length);
  return equal(encoded, expected);
}

/** RSASSA-PSS (RFC 8017, 8.1.2 and 9.1.2) with MGF1 of the same hash and a salt as long as it. */
export function verifyRsaPss(key: RsaKey, hash: HashAlgorithm, data: Uint8Array, signature: Uint8Array): boolean {
  const bits = bitLength(key.modulus) - 1;
  const size = Math.ceil(bits / 8);
  const opened = openSignature(key, signature, byteLength(key.modulus));
  if (opened === null) return false;
  // With a modulus of 8n+1 bits the encoded message is a byte shorter than the modulus, and that byte is zero.
  if (opened.length > size && opened[0] !== 0) return false;
  const encoded = opened.subarray(opened.length - size);
  const hashed = digest(hash, data);
  const saltLength = hashed.length;
  if (size < hashed.length + saltLength + 2 || encoded[size - 1] !== 0xbc) return false;
  const masked = encoded.subarray(0, size - hashed.length - 1);
  const seed = encoded.subarray(masked.length, size - 1);
  const unusedBits = 8 * size - bits;
  if ((masked[0] ?? 0) >> (8 - unusedBits) !== 0) return false;
  const block = maskGeneration(hash, seed, masked.length).map((byte, index) => byte ^ (masked[index] ?? 0));
  block[0] = (block[0] ?? 0) & (0xff >> unusedBits);
  const zeros = block.length - saltLength - 1;
  if (block.subarray(0, zeros).some((byte) => byte !== 0) || block[zeros] !== 1) return false;
  const salt = block.subarray(zeros + 1);
  return equal(digest(hash, joined(new Uint8Array(8), hashed, salt)), seed);
}

/** RSAVP1 (RFC 8017, 5.2.2) with the checks of length and range before it. */
function openSignature({ modulus, exponent }: RsaKey, signature: Uint8Array, size: number): Uint8Array | null {
  if (signature.length !== size) return null;
  const value = bigintOf(signature);
  return value >= modulus ? null : bytesOf(pow(value, exponent, modulus), size);
}

/** MGF1 (RFC 8017, B.2.1). */
function maskGeneration(hash: HashAlgorithm, seed: Uint8Array, length: number): Uint8Array {
  const mask = new Uint8Array(length);
  for (let counter = 0, at = 0; at < length; counter++) {
    const part = digest(hash, joined(seed, Uint8Array.of(0, 0, counter >> 8, counter & 0xff)));
    mask.set(part.subarray(0, length - at), at);
    at += part.length;
  }
  return mask;
}

function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length;
}

function byteLength(value: bigint): number {
  return Math.ceil(bitLength(value) / 8);
}

function bytesOf(value: bigint, size: number): Uint8Array {
  return fromHex(value.toString(16).padStart(2 * size, '0'));
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length / 2 }, (_, index) =>
    Number.parseInt(text.slice(2 * index, 2 * index + 2), 16),
  );
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
