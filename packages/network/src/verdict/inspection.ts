import type { AllowedInspection } from '@vedette/contracts';
import { verifyCertificateSignature } from '@vedette/formats';
import type { VerdictContext } from './conclude.ts';
import type { TlsFacts } from './read-round.ts';

/**
 * The inspection of the organisation's own that explains a foreign certificate; null where there is none. What counts is that the key of the authority really signed down to the leaf,
 * not that its certificate or its name stands in the chain: those anybody can send along.
 */
export function allowedInspection(facts: TlsFacts, context: VerdictContext): AllowedInspection | null {
  const { certificates, keys } = facts;
  for (const allowed of context.allowedInspections) {
    if (allowed.networks.length > 0 && !allowed.networks.includes(context.network ?? '')) continue;
    const at = keys.indexOf(allowed.authoritySpki);
    if (at < 1) continue;
    const signedDown = certificates.slice(0, at).every((certificate, index) => {
      const issuer = certificates[index + 1];
      return issuer !== undefined && verifyCertificateSignature(certificate, issuer, context.host) === true;
    });
    if (signedDown) return allowed;
  }
  return null;
}
