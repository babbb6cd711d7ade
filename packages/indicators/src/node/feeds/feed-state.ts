import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from './write-whole.ts';

/** Beside the lists; written by us alone. */
const STATE_FILE = 'feeds-state.json';

const FeedState = z.object({
  /** When the list was last taken over, and when somebody last asked. */
  fetchedAt: z.iso.datetime().nullable(),
  askedAt: z.iso.datetime(),
  /** What the last attempt failed with; null: it did not. */
  error: z.string().nullable(),
  total: z.number().int().nonnegative(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  /** Of a TAXII collection: what was added until then is here. */
  addedUntil: z.string().nullable(),
  /** Where it came from: another address begins anew. */
  from: z.string(),
  /** Files that hold it, in the folder of lists. */
  files: z.array(z.string()).max(1_000).readonly(),
});
export type FeedState = z.infer<typeof FeedState>;

export type FeedStates = Readonly<Record<string, FeedState>>;

/** What is known of each feed. A missing or damaged file is no state: everything is fetched anew. */
export function readFeedStates(folder: string): FeedStates {
  try {
    const value: unknown = JSON.parse(readFileSync(join(folder, STATE_FILE), 'utf8'));
    return z.record(z.string(), FeedState).parse(value);
  } catch {
    return {};
  }
}

export function writeFeedStates(folder: string, states: FeedStates): void {
  writeWhole(join(folder, STATE_FILE), `${JSON.stringify(states, null, 2)}\n`);
}
