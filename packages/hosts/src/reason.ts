import type { IndicatorHit, Observable } from '@vedette/contracts';
import type { HostTarget } from './host-target.ts';

/** One thing that speaks against a host. */
export interface HostReason {
  /** Stable, e.g. `look-alike`. */
  readonly id: string;
  /** What it adds to the score, 1 to 100. */
  readonly weight: number;
  /** One sentence for a person. */
  readonly text: string;
}

/** What a host is judged by. What is left out is not asked for. */
export interface HostContext {
  /** Domains of the organisation: what others may pretend to be. Names under them are its own. */
  readonly ownDomains?: readonly string[];
  /** Domains that were looked at and are taken, with all names under them. */
  readonly allowed?: readonly string[];
  /** Lists of known bad hosts. */
  readonly match?: (observable: Observable) => readonly IndicatorHit[];
  /** Days since a domain was registered, where somebody knows. */
  readonly ageDays?: ReadonlyMap<string, number>;
  /** Scores from which on a person is warned, and kept away. Default 40 and 80. */
  readonly warnAt?: number;
  readonly blockAt?: number;
  /** Whether the trained judge is asked. Default true. It counts only beside other reasons. */
  readonly useClassifier?: boolean;
}

/** Looks at one thing. */
export type HostRule = (target: HostTarget, context: HostContext) => readonly HostReason[];

/** Whether a host is a domain or a name under it (RFC 1034, 3.1: at the boundary of a label). */
export function isUnder(host: string, domain: string): boolean {
  const wanted = domain
    .trim()
    .toLowerCase()
    .replace(/^\*?\./, '')
    .replace(/\.$/, '');
  return wanted !== '' && (host === wanted || host.endsWith(`.${wanted}`));
}
