import type { AgentPublicKey } from '@vedette/contracts';
import { encode } from 'jose/base64url';
import type { DeviceKey } from './device-key.ts';

/** Protected header (RFC 7515 section 4) of the two messages an agent sends: an enrolment carries its key, a report the device's id. */
export type AgentJwsHeader =
  | { readonly alg: 'ES256'; readonly typ: string; readonly jwk: AgentPublicKey }
  | { readonly alg: 'ES256'; readonly typ: string; readonly kid: string };

/**
 * Signs `payload` as a compact JWS (RFC 7515 section 7.1) with ES256 (RFC 7518 section 3.4).
 * The key is a port and need not be a `CryptoKey`, so the signing input is put together here instead of by a library.
 */
export async function signCompactJws(key: DeviceKey, header: AgentJwsHeader, payload: unknown): Promise<string> {
  // RFC 7515 section 5.1, step 5: the signing input is ASCII(BASE64URL(header) || '.' || BASE64URL(payload)).
  const input = `${encode(JSON.stringify(header))}.${encode(JSON.stringify(payload))}`;
  const signature = await key.sign(new TextEncoder().encode(input));
  return `${input}.${encode(signature)}`;
}
