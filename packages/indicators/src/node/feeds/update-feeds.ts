import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Feed } from '../../feeds/feed.ts';
import { readFeeds } from '../../feeds/feed.ts';
import { parseYaml } from '../parse-yaml.ts';
import { type FeedState, type FeedStates, readFeedStates, writeFeedStates } from './feed-state.ts';
import { type FetchContext, type Fetched, fetchFeed } from './fetch-feed.ts';
import { writeWhole } from './write-whole.ts';

/** Lists that say where they come from, beside the lists. */
export const FEEDS_FILE = 'feeds.yaml';

export interface UpdateOptions {
  /** The present, ISO 8601. */
  readonly now: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Only these feeds; all unless told. */
  readonly names?: readonly string[];
  /** Only those that are due by their `everyHours`. */
  readonly onlyDue?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (feed: string) => void;
}

/** What became of one feed. */
export interface FeedResult {
  readonly name: string;
  readonly outcome: 'updated' | 'unchanged' | 'failed' | 'removed';
  /** Indicators now, and before. */
  readonly total: number;
  readonly before: number;
  /** Why it failed. The list of before stays. */
  readonly error: string | null;
  /** What could not be read of it. */
  readonly notes: readonly string[];
}

/**
 * The feeds of a folder; null where it has no `feeds.yaml`.
 * @throws RangeError that names the feed and what is wrong with it
 */
export function feedsOf(folder: string): readonly Feed[] | null {
  let text: string;
  try {
    text = readFileSync(join(folder, FEEDS_FILE), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  let value: unknown;
  try {
    value = parseYaml(text, { maxAliasCount: 10 });
  } catch (error) {
    throw new RangeError(error instanceof Error ? error.message : String(error), { cause: error });
  }
  return readFeeds(value);
}

/**
 * Fetches the feeds of a folder, one after another. A feed that fails, that holds nothing, or whose signature is wrong costs a result that says so, and leaves the list of
 * before as it was. Results are on disk after each feed, so that an update that is cut short loses nothing.
 */
export async function updateFeeds(
  folder: string,
  feeds: readonly Feed[],
  options: UpdateOptions,
): Promise<readonly FeedResult[]> {
  const { now, names, onlyDue = false } = options;
  let states: FeedStates = readFeedStates(folder);
  const results: FeedResult[] = [];
  for (const feed of feeds) {
    const known = states[feed.name];
    if (names !== undefined && !names.includes(feed.name)) continue;
    if (onlyDue && known !== undefined && !isDue(known, feed, now)) continue;
    if (options.signal?.aborted === true) break;
    options.onProgress?.(feed.name);
    const before = known !== undefined && known.from === addressOf(feed) ? known : null;
    const { result, state } = await updateOne(folder, feed, before, known?.files ?? [], options);
    states = { ...states, [feed.name]: state };
    writeFeedStates(folder, states);
    results.push(result);
  }
  return names === undefined ? [...results, ...removeOthers(folder, feeds, states)] : results;
}

/** A feed that `feeds.yaml` no longer names is no longer wanted. */
function removeOthers(folder: string, feeds: readonly Feed[], states: FeedStates): FeedResult[] {
  const wanted = new Set(feeds.map(({ name }) => name));
  const gone = Object.entries(states).filter(([name]) => !wanted.has(name));
  if (gone.length === 0) return [];
  for (const [, { files }] of gone) removeLists(folder, files);
  writeFeedStates(folder, Object.fromEntries(Object.entries(states).filter(([name]) => wanted.has(name))));
  return gone.map(([name, { total }]) => ({
    name,
    outcome: 'removed',
    total: 0,
    before: total,
    error: null,
    notes: [],
  }));
}

async function updateOne(
  folder: string,
  feed: Feed,
  before: FeedState | null,
  filesBefore: readonly string[],
  { now, env, signal }: UpdateOptions,
): Promise<{ readonly result: FeedResult; readonly state: FeedState }> {
  const context: FetchContext = { folder, env, signal, before };
  const base: FeedState = before ?? {
    fetchedAt: null,
    askedAt: now,
    error: null,
    total: 0,
    etag: null,
    lastModified: null,
    addedUntil: null,
    from: addressOf(feed),
    files: filesBefore,
  };
  const said = { name: feed.name, before: base.total };
  try {
    const fetched = await fetchFeed(feed, context);
    if (fetched === null) {
      return {
        result: { ...said, outcome: 'unchanged', total: base.total, error: null, notes: [] },
        state: { ...base, askedAt: now, error: null },
      };
    }
    takeOver(folder, fetched, filesBefore);
    return {
      result: { ...said, outcome: 'updated', total: fetched.total, error: null, notes: fetched.notes },
      state: {
        ...base,
        fetchedAt: now,
        askedAt: now,
        error: null,
        total: fetched.total,
        etag: fetched.etag,
        lastModified: fetched.lastModified,
        addedUntil: fetched.addedUntil,
        files: fetched.files.map(({ path }) => path),
      },
    };
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).slice(0, 500);
    return {
      result: { ...said, outcome: 'failed', total: base.total, error: reason, notes: [] },
      state: { ...base, askedAt: now, error: reason },
    };
  }
}

function takeOver(folder: string, { files }: Fetched, before: readonly string[]): void {
  for (const { path, content } of files) writeWhole(join(folder, path), content);
  // What an index no longer names is no longer published.
  const now = new Set(files.map(({ path }) => path));
  removeLists(
    folder,
    before.filter((path) => !now.has(path)),
  );
}

function removeLists(folder: string, files: readonly string[]): void {
  for (const path of files) if (isPlain(path)) rmSync(join(folder, path), { force: true });
}

/** Our own paths have at most one folder; the state file is data, and another path in it is not followed. */
function isPlain(path: string): boolean {
  return /^[a-z0-9][a-z0-9._-]*(?:\/[a-z0-9][a-z0-9._-]*)?$/i.test(path) && !path.includes('..');
}

/** A failed feed is asked again after an hour. */
function isDue({ askedAt, error }: FeedState, { everyHours }: Feed, now: string): boolean {
  const hours = (Date.parse(now) - Date.parse(askedAt)) / 3_600_000;
  return hours < 0 || hours >= (error === null ? everyHours : Math.min(1, everyHours));
}

function addressOf(feed: Feed): string {
  if ('taxii' in feed) return feed.taxii;
  if ('index' in feed) return feed.index;
  // Read as something else, the same bytes are another list.
  return [feed.url, feed.format, feed.holds].filter((part) => part !== undefined).join(' ');
}
