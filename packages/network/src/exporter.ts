import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from '@vedette/bytes';

/** Label, length in bytes and context of the exporter that both ends ask for (RFC 9266, 2). The context is there and empty: before TLS 1.3 that differs from none. */
export const EXPORTER = { label: 'EXPORTER-Channel-Binding', bytes: 32, context: new Uint8Array(0) } as const;

/**
 * What one end says of its connection without giving the key away: the same on both ends of one connection, different as soon as there are two.
 * @param side whose tag: `c` the client's, `s` the server's
 */
export function exporterTag(keyingMaterial: Uint8Array, side: 'c' | 's', nonce: string): string {
  return toHex(hmac(sha256, keyingMaterial, new TextEncoder().encode(`${side}${nonce}`)));
}
