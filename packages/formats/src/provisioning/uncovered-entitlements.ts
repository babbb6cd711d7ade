import type { PlistDictionary, PlistValue } from '../plist/plist-value.ts';
import { samePlist } from '../plist/same-plist.ts';

/** Entitlements that an app may claim without its profile's word (amfid leaves them out, as far as is known). */
const UNCHECKED: ReadonlySet<string> = new Set(['com.apple.security.app-sandbox', 'com.apple.security.get-task-allow']);

/** Lists compared item by item; what is beyond counts as not covered. */
const MAX_COMPARISONS = 100_000;

/**
 * Keys of entitlements that the profile does not grant: missing there, or with a value that it does not cover. A text
 * of the profile that ends in `*` covers all that begin so; an array covers texts and arrays whose items it all covers.
 * That is amfid's rule as observed; Apple has not published it.
 */
export function uncoveredEntitlements(claimed: PlistDictionary, granted: PlistDictionary): readonly string[] {
  const uncovered: string[] = [];
  const room = { comparisons: MAX_COMPARISONS };
  for (const [key, value] of claimed.entries) {
    if (UNCHECKED.has(key)) continue;
    const grant = granted.entries.get(key);
    // To claim `false` is to claim nothing.
    if (value.kind === 'boolean' && !value.value) continue;
    if (grant === undefined || !covers(grant, value, room)) uncovered.push(key);
  }
  return uncovered;
}

function covers(grant: PlistValue, claim: PlistValue, room: { comparisons: number }): boolean {
  room.comparisons -= 1;
  if (room.comparisons < 0) return false;
  if (claim.kind === 'array') return claim.items.every((item) => covers(grant, item, room));
  if (grant.kind === 'array') return grant.items.some((item) => covers(item, claim, room));
  if (grant.kind === 'string' && claim.kind === 'string') return coversText(grant.value, claim.value);
  return samePlist(grant, claim) === true;
}

function coversText(grant: string, claim: string): boolean {
  return grant.endsWith('*') ? claim.startsWith(grant.slice(0, -1)) : grant === claim;
}
