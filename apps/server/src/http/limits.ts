/** What one request may cost. */
export const LIMITS = {
  /** JSON bodies of the console; a policy of 200 rules is some 500 kB. */
  jsonBodyBytes: 2 * 1024 * 1024,
  headerBytes: 16 * 1024,
  headersMs: 15_000,
  /** A whole request, an upload of the largest app over a slow line included. */
  requestMs: 10 * 60_000,
  pageSize: 50,
  largestPage: 200,
} as const;

/** Attempts per address and minute on what a stranger may try. */
export const STRANGER_RATE = { max: 20, timeWindow: 60_000 } as const;
/** Attempts per account and quarter of an hour at sign-in, from whatever address. */
export const ACCOUNT_RATE = { max: 20, timeWindow: 15 * 60_000 } as const;
