import { feedsOf, updateFeeds } from '@vedette/indicators/node';
import type { Logger } from 'pino';

/** How often we look whether a feed is due; each says itself how often it is asked. */
const LOOK_EVERY_MS = 15 * 60_000;

/**
 * Fetches the feeds that `feeds.yaml` in the folder of indicators names, when they are due. Nothing waits for it: a server starts and judges with the lists that it has, and what fails
 * is logged and tried again.
 * @returns stops it, and waits for what runs
 */
export function startFeedUpdates(
  folder: string,
  dependencies: {
    readonly log: Pick<Logger, 'warn' | 'info'>;
    readonly clock: () => Date;
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly lookEveryMs?: number;
  },
): AsyncDisposable {
  const { log, clock, env, lookEveryMs = LOOK_EVERY_MS } = dependencies;
  const stopping = new AbortController();
  let running: Promise<void> | null = null;
  let lastFault: string | null = null;

  const update = async (): Promise<void> => {
    try {
      const feeds = feedsOf(folder) ?? [];
      lastFault = null;
      for (const { name, outcome, total, error } of await updateFeeds(folder, feeds, {
        now: clock().toISOString(),
        env,
        onlyDue: true,
        signal: stopping.signal,
      })) {
        if (stopping.signal.aborted) return;
        if (outcome === 'failed') log.warn({ feed: name, reason: error }, 'a feed of indicators could not be fetched');
        else if (outcome !== 'unchanged')
          log.info({ feed: name, indicators: total }, `a feed of indicators was ${outcome}`);
      }
    } catch (error) {
      const fault = error instanceof Error ? error.message : String(error);
      // The same mistake in feeds.yaml is said once, not every quarter of an hour.
      if (fault !== lastFault) log.warn({ reason: fault }, 'feeds.yaml cannot be used');
      lastFault = fault;
    }
  };
  const look = (): void => {
    running ??= update().finally(() => {
      running = null;
    });
  };
  const timer = setInterval(look, lookEveryMs);
  timer.unref();
  look();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      stopping.abort();
      await running;
    },
  };
}
