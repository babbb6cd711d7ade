/** What the server saw of one nonce. */
export interface Sighting {
  connections: number;
  hellos: number;
  handshakes: number;
  exchanges: number;
  dnsQueries: number;
  pageFetches: number;
  readonly pageClients: Set<string>;
  readonly resolvers: Set<string>;
  readonly since: number;
}

const MOST_NONCES = 50_000;
const MOST_CLIENTS = 20;

/** Remembers what was seen of each nonce for a while, so that a witness can say what became of a connection. Nothing of it is worth keeping. */
export interface Sightings {
  of(nonce: string): Sighting;
  /** Without making one. */
  peek(nonce: string): Readonly<Sighting> | null;
  readonly size: number;
}

/** @param keepMs how long a nonce is remembered */
export function createSightings(keepMs: number, now: () => number): Sightings {
  // In the order they came, so the oldest are first.
  const known = new Map<string, Sighting>();
  const forget = (): void => {
    for (const [nonce, { since }] of known) {
      if (now() - since < keepMs && known.size <= MOST_NONCES) return;
      known.delete(nonce);
    }
  };
  return {
    of(nonce) {
      const there = known.get(nonce);
      if (there !== undefined) return there;
      const fresh: Sighting = {
        connections: 0,
        hellos: 0,
        handshakes: 0,
        exchanges: 0,
        dnsQueries: 0,
        pageFetches: 0,
        pageClients: new Set(),
        resolvers: new Set(),
        since: now(),
      };
      known.set(nonce, fresh);
      forget();
      return fresh;
    },
    peek: (nonce) => known.get(nonce) ?? null,
    get size() {
      return known.size;
    },
  };
}

/** Adds to a set that strangers fill. */
export function note(set: Set<string>, value: string): void {
  if (set.size < MOST_CLIENTS) set.add(value);
}
