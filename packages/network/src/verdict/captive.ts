import type { RoundFacts } from './read-round.ts';

/**
 * Whether the network holds everybody back until they have signed in at a page: what must be empty is not, nothing of ours comes through in clear text, and no encrypted exchange with
 * our server either (RFC 8952, 2.1). One that signs certificates for names of ours is more than that.
 */
export function isCaptive({ generate204, clearWorks, verified, tls }: RoundFacts): boolean {
  if (generate204 === null || clearWorks || verified) return false;
  if (tls.some(({ end, coversName }) => end === 'foreign' && coversName)) return false;
  const { outcome, status, bodyBytes } = generate204.seen;
  return outcome === 'ok' && !(status === 204 && bodyBytes === 0);
}
