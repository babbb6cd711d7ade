import type { Protection } from '@vedette/network';

const WORDS: Readonly<Record<Protection['kind'], string>> = {
  down: 'tunnel down',
  raising: 'tunnel: raising it, nothing leaves meanwhile',
  verifying: 'tunnel stands, proving it',
  protected: 'PROTECTED',
  closed: 'CLOSED: the tunnel cannot be had, and nothing leaves this machine',
  exposed: 'EXPOSED: the tunnel cannot be had, and traffic goes on without it',
  aside: 'tunnel steps aside for the portal of this network: sign in there',
};

/** One line for a person about how the machine stands to its tunnel. */
export function renderProtection(protection: Protection, why: string, afterMs: number): string {
  const after = protection.kind === 'protected' ? ` after ${(afterMs / 1_000).toFixed(2)} s` : '';
  return `${WORDS[protection.kind]}${after}${why === '' ? '' : ` (${why})`}`;
}
