const DAY_MS = 86_400_000;

/**
 * Whether a suppression has run out: it holds through its last day, UTC.
 * @param until ISO date
 * @param now ISO date and time
 */
export function isExpired({ until }: { readonly until: string }, now: string): boolean {
  return Date.parse(now) >= Date.parse(`${until}T00:00:00Z`) + DAY_MS;
}
