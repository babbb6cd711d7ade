import type { Observable } from '@vedette/contracts';

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`{}|\\^[\]]{3,2000}/gi;
const MAX_FOUND = 20;

/** The web addresses in a text, without the punctuation that ends a sentence. */
export function addressesIn(text: string): Observable[] {
  return [...text.slice(0, 100_000).matchAll(ADDRESS)]
    .slice(0, MAX_FOUND)
    .map(([address]) => ({ kind: 'url' as const, value: address.replace(/[).,;:!?]+$/, '') }));
}

/** The host of an address in small letters; null for what is none. */
export function hostOf(address: string): string | null {
  return URL.canParse(address) ? new URL(address).hostname.toLowerCase() : null;
}

/** Whether two addresses are of different sites. A host and one below it (`example.org`, `www.example.org`) count as one. */
export function isElsewhere(one: string, other: string): boolean {
  const [a, b] = [hostOf(one), hostOf(other)];
  return a !== null && b !== null && a !== b && !a.endsWith(`.${b}`) && !b.endsWith(`.${a}`);
}
