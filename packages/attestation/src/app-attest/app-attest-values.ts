import type { Host } from '@vedette/bytes';

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const out = new Uint8Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}

/** Compares without telling by its time where they differ. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let index = 0; index < a.length; index++) difference |= (a[index] ?? 0) ^ (b[index] ?? 0);
  return difference === 0;
}

/** The app whose identifier (`team.bundle`) hashes to this; null: none of them. */
export function matchingAppId(rpIdHash: Uint8Array, appIds: readonly string[], host: Host): string | null {
  return appIds.find((appId) => sameBytes(host.sha256(utf8(appId)), rpIdHash)) ?? null;
}
