import { isAtLeast, type ProbeReport, type TunnelConfiguration } from '@vedette/contracts';
import { openStatement } from '../open-statement.ts';

/** Whether a probe proves that traffic goes through the tunnel untouched, and what says so. */
export interface TunnelProof {
  readonly ok: boolean;
  /** Address that the server saw and signed; null where no exchange was completed. */
  readonly seenAs: string | null;
  /** One sentence for a person. */
  readonly why: string;
}

/**
 * Judges a probe that was made while the tunnel stood: nothing of medium or above may be wrong, and the server must have signed that it saw an address of the tunnel. An exchange counts only
 * where its statement is signed and bound to the connection, so nobody on the way can claim it.
 */
export function verifyTunnel(
  report: ProbeReport,
  tunnel: Pick<TunnelConfiguration, 'addresses' | 'seenAs'>,
): TunnelProof {
  const expected =
    tunnel.seenAs.length > 0 ? tunnel.seenAs : tunnel.addresses.map((block) => block.split('/')[0] ?? block);
  const seen = report.rounds
    .flatMap(({ tls }) => tls)
    .flatMap((exchange) => {
      if (exchange.answer === null) return [];
      const { statement } = openStatement(exchange.answer, report.target.keys, exchange.nonce);
      const bound =
        statement?.kind === 'exchange' && exchange.ekmTag !== null && statement.tls.ekmTag === exchange.ekmTag;
      return bound ? [statement.client.address] : [];
    });
  const [first = null] = seen;
  const wrong = report.findings.find(({ severity }) => isAtLeast(severity, 'medium'));
  if (first === null)
    return { ok: false, seenAs: null, why: 'Through the tunnel, no exchange with the probe server was completed' };
  const outside = seen.find((address) => !expected.includes(address));
  if (outside !== undefined)
    return {
      ok: false,
      seenAs: outside,
      why: `The probe server saw ${outside}, which is no address of the tunnel (${expected.join(', ')})`,
    };
  if (wrong !== undefined) return { ok: false, seenAs: first, why: `Through the tunnel too: ${wrong.title}` };
  return { ok: true, seenAs: first, why: `The probe server signed that it saw ${first}, an address of the tunnel` };
}
