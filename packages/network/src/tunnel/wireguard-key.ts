import { x25519 } from '@noble/curves/ed25519.js';
import type { WireGuardKey } from '@vedette/contracts';
import { fromBase64, toBase64 } from '../base64.ts';

/** A pair of keys of a tunnel, base64. The private one never leaves the device. */
export interface TunnelKeys {
  readonly privateKey: WireGuardKey;
  readonly publicKey: WireGuardKey;
}

/** Makes keys as `wg genkey` does (clamped, RFC 7748 section 5). @param random 32 bytes of good randomness */
export function makeTunnelKeys(random: Uint8Array): TunnelKeys {
  if (random.length !== 32) throw new RangeError('a key is made of 32 bytes');
  const secret = Uint8Array.from(random);
  secret[0] = (secret[0] ?? 0) & 248;
  secret[31] = ((secret[31] ?? 0) & 127) | 64;
  return { privateKey: toBase64(secret), publicKey: toBase64(x25519.getPublicKey(secret)) };
}

/** The public half of a private key. */
export function publicTunnelKey(privateKey: WireGuardKey): WireGuardKey {
  return toBase64(x25519.getPublicKey(fromBase64(privateKey)));
}
