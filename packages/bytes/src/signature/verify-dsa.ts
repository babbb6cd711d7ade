import { invert, mod, pow } from '@noble/curves/abstract/modular.js';
import type { HashAlgorithm } from '../host.ts';
import { digest } from './digest.ts';
import { bigintOf, readIntegers } from './subject-public-key.ts';

export interface DsaKey {
  readonly p: bigint;
  readonly q: bigint;
  readonly g: bigint;
  readonly y: bigint;
}

/** The sizes that OpenSSL takes; FIPS 186-4, 4.2 allows fewer still. */
const MAX_P_BITS = 10_000;
const Q_BITS: readonly number[] = [160, 224, 256];

export function isUsableDsaKey({ p, q, g, y }: DsaKey): boolean {
  if (!Q_BITS.includes(bitLength(q)) || bitLength(p) > MAX_P_BITS || q >= p) return false;
  return (p & 1n) === 1n && (q & 1n) === 1n && g > 1n && g < p && y > 1n && y < p;
}

/** DSA with the signature as DER (FIPS 186-4, 4.7; RFC 3279, 2.2.2). */
export function verifyDsa(key: DsaKey, hash: HashAlgorithm, data: Uint8Array, signature: Uint8Array): boolean {
  const { p, q, g, y } = key;
  const [r = 0n, s = 0n] = readIntegers(signature, 2) ?? [];
  if (r <= 0n || r >= q || s <= 0n || s >= q) return false;
  // "the leftmost min(N, outlen) bits of Hash(M)"; all sizes of q are whole bytes.
  const z = bigintOf(digest(hash, data).subarray(0, bitLength(q) / 8));
  let w: bigint;
  try {
    w = invert(s, q);
  } catch {
    // Only with a q that is no prime.
    return false;
  }
  const v = mod(pow(g, mod(z * w, q), p) * pow(y, mod(r * w, q), p), p);
  return mod(v, q) === r;
}

function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length;
}
