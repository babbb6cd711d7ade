import type { VulnerabilityData } from '@vedette/posture';
import { loadVulnerabilities, vulnerabilityFiles } from '@vedette/posture/node';
import type { Logger } from 'pino';

/** Gives what the server's folder says of weaknesses of operating systems. */
export interface ServerVulnerabilities {
  /** Undefined where there are no lists. Looks at the folder again after a minute, and reads it only when a file changed. */
  current(): VulnerabilityData | undefined;
}

const LOOK_AGAIN_MS = 60_000;

/**
 * Reads lists from a folder (`vulnerabilities` in the data folder).
 * @param monotonicMs a clock for the age of what was read
 */
export function createServerVulnerabilities(
  folder: string,
  log: Pick<Logger, 'warn' | 'info'>,
  monotonicMs: () => number = () => performance.now(),
): ServerVulnerabilities {
  let known: VulnerabilityData | undefined;
  let stamp = '[]';
  let lookedAt = Number.NEGATIVE_INFINITY;
  return {
    current() {
      if (monotonicMs() - lookedAt <= LOOK_AGAIN_MS) return known;
      lookedAt = monotonicMs();
      const now = JSON.stringify(vulnerabilityFiles(folder));
      if (now === stamp) return known;
      stamp = now;
      const { data, diagnostics } = loadVulnerabilities(folder);
      for (const { where, message } of diagnostics.slice(0, 10)) log.warn({ list: where }, message);
      log.info({ lists: data.sources }, 'lists of weaknesses were read');
      known = data.sources.length === 0 ? undefined : data;
      return known;
    },
  };
}
