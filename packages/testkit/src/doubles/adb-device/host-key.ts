import { createPublicKey, type KeyObject, publicDecrypt } from 'node:crypto';

/** `MODULUS_SIZE` of Android's libcrypto_utils: 2048 bits. */
const MODULUS_BYTES = 256;
/** The DER of a `DigestInfo` for SHA-1 without its digest (RFC 8017, section 9.2, note 1). */
const SHA1_DIGEST_INFO = Buffer.from('3021300906052b0e03021a05000414', 'hex');

/**
 * Reads the public key a host offers: base64 of Android's `RSAPublicKey` structure (length in words, n0inv, modulus, R², exponent; numbers little-endian), a space
 * and a name, ended by a zero byte. Null when it is none.
 */
export function readHostKey(payload: Uint8Array): { readonly key: KeyObject; readonly name: string } | null {
  const text = new TextDecoder().decode(payload).replace(/\0.*$/s, '');
  const [encoded = '', ...name] = text.split(' ');
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length !== 4 + 4 + MODULUS_BYTES + MODULUS_BYTES + 4 || bytes.readUInt32LE(0) !== MODULUS_BYTES / 4)
    return null;
  const modulus = Uint8Array.from(bytes.subarray(8, 8 + MODULUS_BYTES)).reverse();
  const exponent = Uint8Array.from(bytes.subarray(bytes.length - 4)).reverse();
  const number = (part: Uint8Array): string => Buffer.from(part).toString('base64url');
  const key = createPublicKey({ key: { kty: 'RSA', n: number(modulus), e: number(exponent) }, format: 'jwk' });
  return { key, name: name.join(' ') };
}

/** Whether a signature over a token is by this key: PKCS #1 v1.5 with the token in the place of a SHA-1 digest. */
export function isSignedBy(key: KeyObject, token: Uint8Array, signature: Uint8Array): boolean {
  try {
    return publicDecrypt(key, signature).equals(Buffer.concat([SHA1_DIGEST_INFO, token]));
  } catch {
    // The padding is not that of a signature.
    return false;
  }
}
