import type { Host } from '@vedette/bytes';
import { sameBytes } from '../same-bytes.ts';

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const out = new Uint8Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}

/** The app whose identifier (`team.bundle`) hashes to this; null: none of them. */
export function matchingAppId(rpIdHash: Uint8Array, appIds: readonly string[], host: Host): string | null {
  return appIds.find((appId) => sameBytes(host.sha256(utf8(appId)), rpIdHash)) ?? null;
}
