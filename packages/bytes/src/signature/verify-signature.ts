import { p256, p384, p521 } from '@noble/curves/nist.js';
import type { SignatureRequest } from '../host.ts';
import { digest } from './digest.ts';
import { readPublicKey } from './subject-public-key.ts';
import { isUsableDsaKey, verifyDsa } from './verify-dsa.ts';
import { isUsableRsaKey, verifyRsaPkcs1, verifyRsaPss } from './verify-rsa.ts';

const CURVES = { p256, p384, p521 } as const;

/**
 * Verifies in JavaScript, for hosts without synchronous cryptography. Only public values are worked with: nothing here needs
 * to run in constant time.
 * @returns null when the key is not of the algorithm's kind, is not well-formed, or is of a size that is not taken
 */
export function verifySignature({ algorithm, hash, publicKey, data, signature }: SignatureRequest): boolean | null {
  const key = readPublicKey(publicKey);
  switch (key?.kind) {
    case 'rsa':
      if (!isUsableRsaKey(key)) return null;
      if (algorithm === 'rsa-pkcs1') return verifyRsaPkcs1(key, hash, data, signature);
      return algorithm === 'rsa-pss' ? verifyRsaPss(key, hash, data, signature) : null;
    case 'ec':
      return algorithm === 'ecdsa' ? verifyEcdsa(key, digest(hash, data), signature) : null;
    case 'dsa':
      return algorithm === 'dsa' && isUsableDsaKey(key) ? verifyDsa(key, hash, data, signature) : null;
    default:
      return null;
  }
}

/** ECDSA (FIPS 186-4, 6.4). A point that is not on its curve is no key; a signature that is no strict DER does not hold. */
function verifyEcdsa(
  { curve, point }: { readonly curve: keyof typeof CURVES; readonly point: Uint8Array },
  hashed: Uint8Array,
  signature: Uint8Array,
): boolean | null {
  const group = CURVES[curve];
  if (!group.utils.isValidPublicKey(point)) return null;
  try {
    // Android takes both halves of s: low-s is a rule of currencies.
    return group.verify(signature, hashed, point, { prehash: false, lowS: false, format: 'der' });
  } catch {
    return false;
  }
}
