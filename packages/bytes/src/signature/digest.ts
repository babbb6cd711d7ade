import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import type { HashAlgorithm } from '../host.ts';

const HASHES = { md5, sha1, sha224, sha256, sha384, sha512 } as const;

/** FIPS 180-4, RFC 1321. */
export function digest(hash: HashAlgorithm, input: Uint8Array): Uint8Array {
  return HASHES[hash](input);
}
