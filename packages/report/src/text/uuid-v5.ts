import { sha1 } from '@noble/hashes/legacy.js';

const encoder = new TextEncoder();

/**
 * The name-based UUID of RFC 9562 section 5.5: the same name in the same namespace is the same id, in any run.
 * @param namespace a UUID with dashes
 */
export function uuidV5(namespace: string, name: string): string {
  const space = Uint8Array.from(namespace.replaceAll('-', '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const bytes = sha1(new Uint8Array([...space, ...encoder.encode(name)])).slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The namespace of names that are Vedette's own. */
export const VEDETTE_NAMESPACE = '7c2bd1d8-6a1f-5d0e-9c58-0b7b8f1d6a55';
