import { createHash } from 'node:crypto';
import { connect } from 'node:tls';

/** What a host shows on this side of the network. */
export interface Vantage {
  readonly host: string;
  readonly outcome: 'ok' | 'failed';
  readonly address: string | null;
  readonly leafSpki: string | null;
  readonly issuer: string | null;
  readonly trusted: boolean | null;
}

const TIMEOUT_MS = 5_000;

/** Looks at the certificate of a host, which the caller has found on the list of those that may be looked at. */
export function lookFromHere(host: string, port = 443): Promise<Vantage> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, servername: host, rejectUnauthorized: false, timeout: TIMEOUT_MS });
    const end = (seen: Omit<Vantage, 'host'>): void => {
      socket.destroy();
      resolve({ host, ...seen });
    };
    const failed = (): void => end({ outcome: 'failed', address: null, leafSpki: null, issuer: null, trusted: null });
    socket.once('error', failed);
    socket.once('timeout', failed);
    socket.once('secureConnect', () => {
      const leaf = socket.getPeerX509Certificate();
      const spki = leaf?.publicKey.export({ type: 'spki', format: 'der' });
      end({
        outcome: 'ok',
        address: socket.remoteAddress ?? null,
        leafSpki: spki === undefined ? null : createHash('sha256').update(spki).digest('hex'),
        issuer: leaf?.issuer.slice(0, 500) ?? null,
        trusted: socket.authorized,
      });
    });
  });
}
