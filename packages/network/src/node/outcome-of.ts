import type { ProbeOutcome } from '@vedette/contracts';

const OUTCOMES: Readonly<Record<string, ProbeOutcome>> = {
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ETIMEDOUT: 'timeout',
  ENOTFOUND: 'unresolved',
  EAI_AGAIN: 'unresolved',
  ENODATA: 'unresolved',
  EPROTO: 'alert',
};

/** What an error of Node's sockets means for a probe. */
export function outcomeOf(error: unknown): { readonly outcome: ProbeOutcome; readonly error: string } {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const message = error instanceof Error ? error.message : String(error);
  const early = /before secure TLS connection was established|socket hang up/.test(message);
  const outcome = early ? 'closed' : (OUTCOMES[code] ?? (/^ERR_SSL_|^ERR_TLS_/.test(code) ? 'alert' : 'error'));
  return { outcome, error: (code === '' ? message : code).slice(0, 300) };
}
