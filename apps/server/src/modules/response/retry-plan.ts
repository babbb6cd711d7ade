/** Attempts after which an action is given up until a person retries it: some nine hours. */
export const MAX_ATTEMPTS = 16;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 3_600_000;

/**
 * How long to wait after a failed attempt: doubling from five seconds to an hour, ±20 % so that actions that failed together do not return together; at least as long as the other side
 * asked for.
 * @param attempts attempts made so far, from 1
 * @param random 0 to 1
 * @returns milliseconds; null: give up
 */
export function waitBeforeRetry(attempts: number, random: number, afterSeconds = 0): number | null {
  if (attempts >= MAX_ATTEMPTS) return null;
  const doubled = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - 1));
  return Math.max(afterSeconds * 1000, Math.round(doubled * (0.8 + 0.4 * random)));
}
