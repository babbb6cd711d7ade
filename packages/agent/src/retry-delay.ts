export interface RetryPolicy {
  readonly firstMs: number;
  readonly longestMs: number;
}

export const DEFAULT_RETRY_POLICY: RetryPolicy = { firstMs: 2_000, longestMs: 15 * 60_000 };

/**
 * How long to wait before the next attempt, in milliseconds: doubling from `firstMs`, at most `longestMs`, of which the upper half
 * is random so that a fleet cut off by one outage does not come back at one moment.
 * @param failures attempts that failed in a row, from 1
 * @param random a number in [0, 1)
 * @param askedMs what the server asked for (`Retry-After`), obeyed up to an hour
 */
export function retryDelayMs(
  failures: number,
  random: number,
  askedMs: number | null = null,
  policy: RetryPolicy = DEFAULT_RETRY_POLICY,
): number {
  const doubled = policy.firstMs * 2 ** Math.min(Math.max(failures, 1) - 1, 30);
  const delay = Math.min(doubled, policy.longestMs) * (0.5 + random / 2);
  return Math.round(askedMs === null ? delay : Math.max(delay, Math.min(askedMs, 3_600_000)));
}
