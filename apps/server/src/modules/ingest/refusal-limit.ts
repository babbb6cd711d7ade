/** Refused requests of one address per minute after which further ones are not looked at. */
const MOST_PER_MINUTE = 300;
const MINUTE_MS = 60_000;
/** Addresses remembered; more than this in a minute and the oldest are forgotten. */
const MOST_ADDRESSES = 10_000;

export interface RefusalLimit {
  /** Whether an address has been refused too often in this minute. */
  isExceeded(remote: string): boolean;
  count(remote: string): void;
}

/** Bounds the signatures checked for an address that sends only what is refused. Accepted requests are never counted: many devices may share one address. */
export function createRefusalLimit(clock: () => Date): RefusalLimit {
  const windows = new Map<string, { startMs: number; refused: number }>();
  const current = (remote: string) => {
    const window = windows.get(remote);
    return window !== undefined && clock().getTime() - window.startMs < MINUTE_MS ? window : undefined;
  };
  return {
    isExceeded: (remote) => (current(remote)?.refused ?? 0) >= MOST_PER_MINUTE,
    count(remote) {
      const window = current(remote) ?? { startMs: clock().getTime(), refused: 0 };
      window.refused += 1;
      windows.delete(remote);
      windows.set(remote, window);
      const [oldest] = windows.keys();
      if (windows.size > MOST_ADDRESSES && oldest !== undefined) windows.delete(oldest);
    },
  };
}
