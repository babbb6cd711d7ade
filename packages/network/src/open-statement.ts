import { ed25519 } from '@noble/curves/ed25519.js';
import { type ProbeKey, ProbeStatement, type SignedStatement } from '@vedette/contracts';
import { fromBase64 } from './base64.ts';

/** Why a statement does not count. */
export type StatementFault = 'unknown-key' | 'bad-signature' | 'unreadable' | 'other-nonce';

export type OpenedStatement =
  | { readonly statement: ProbeStatement; readonly fault: null }
  | { readonly statement: null; readonly fault: StatementFault };

/**
 * Verifies a signed statement (Ed25519, RFC 8032, over the very bytes) and reads it.
 * @param nonce of the exchange that it must answer
 */
export function openStatement(signed: SignedStatement, keys: readonly ProbeKey[], nonce: string): OpenedStatement {
  const fault = (reason: StatementFault): OpenedStatement => ({ statement: null, fault: reason });
  const key = keys.find(({ kid }) => kid === signed.kid);
  if (key === undefined) return fault('unknown-key');
  const bytes = fromBase64(signed.statement);
  if (!isSigned(fromBase64(signed.signature), bytes, fromBase64(key.publicKey))) return fault('bad-signature');
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return fault('unreadable');
  }
  const parsed = ProbeStatement.safeParse(json);
  if (!parsed.success || parsed.data.kid !== signed.kid) return fault('unreadable');
  return parsed.data.nonce === nonce ? { statement: parsed.data, fault: null } : fault('other-nonce');
}

function isSigned(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    // A key or a signature of another length.
    return false;
  }
}
