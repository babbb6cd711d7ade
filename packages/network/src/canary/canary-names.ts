import { sha256 } from '@noble/hashes/sha2.js';

/** Names of one exchange. */
export const exchangeName = (nonce: string, zone: string): string => `${nonce}.p.${zone}`;
/** A name whose address everybody can compute. */
export const computedName = (nonce: string, zone: string): string => `${nonce}.a.${zone}`;
/** A name that does not exist. */
export const missingName = (nonce: string, zone: string): string => `${nonce}.nx.${zone}`;

/** Address of `computedName`: in 198.18.0.0/15, which is set aside for measurements (RFC 2544, C.2.2), so that nobody answers there. */
export function computedAddress(nonce: string): string {
  const digest = sha256(new TextEncoder().encode(`address ${nonce}`));
  return `198.${18 + ((digest[0] ?? 0) & 1)}.${digest[1] ?? 0}.${digest[2] ?? 0}`;
}

/** The nonce in a name of ours, and what the name is for; null for any other name. */
export function nonceOfName(
  name: string,
  zone: string,
): { readonly nonce: string; readonly kind: 'p' | 'a' | 'nx' } | null {
  const match = /^([0-9a-f]{32})\.(p|a|nx)\.(.+)$/.exec(name.toLowerCase().replace(/\.$/, ''));
  if (match === null || match[3] !== zone) return null;
  const kind = match[2];
  return kind === 'p' || kind === 'a' || kind === 'nx' ? { nonce: match[1] ?? '', kind } : null;
}
