import { sha256 } from '@noble/hashes/sha2.js';

const encoder = new TextEncoder();

/** SHA-256 of text in UTF-8, 32 bytes. */
export function sha256Bytes(text: string): Uint8Array {
  return sha256(encoder.encode(text));
}

/** SHA-256 of text in UTF-8, lower-case hex. */
export function sha256Hex(text: string): string {
  return [...sha256Bytes(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
