import { createHash } from 'node:crypto';
import type { KnownIndicators } from '@vedette/appraisal';
import { loadIndicators } from '@vedette/indicators/node';
import type { Logger } from 'pino';

/** Indicators as this server has them, with a digest that changes when a list does. */
export type ServedIndicators = KnownIndicators & { readonly digest: string };

/** Gives the indicators of the server's folder. Reading them never delays a start: nobody waits but who asks. */
export interface ServerIndicators {
  /** Null where there are no lists. Looks at the folder again after a minute. */
  current(): Promise<ServedIndicators | null>;
}

const LOOK_AGAIN_MS = 60_000;

/**
 * Reads lists from a folder (`indicators` in the data folder), and again when a file there has changed. A folder that cannot be read keeps what was read before.
 * @param monotonicMs a clock for the age of what was read
 */
export function createServerIndicators(
  folder: string,
  log: Pick<Logger, 'warn' | 'info'>,
  monotonicMs: () => number = () => performance.now(),
): ServerIndicators {
  let known: ServedIndicators | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | null = null;

  const read = async (): Promise<void> => {
    const { set, files, diagnostics } = await loadIndicators(folder);
    const digest = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 32);
    readAt = monotonicMs();
    if (set.total === 0) {
      known = null;
      return;
    }
    if (known?.digest === digest) return;
    log.info({ lists: set.lists.length, indicators: set.total }, 'indicators were read');
    for (const { where, message } of diagnostics.slice(0, 10)) log.warn({ list: where }, message);
    known = { match: set.match, total: set.total, lists: set.lists, digest };
  };

  return {
    async current() {
      if (monotonicMs() - readAt > LOOK_AGAIN_MS) {
        reading ??= read().finally(() => {
          reading = null;
        });
        await reading;
      }
      return known;
    },
  };
}
