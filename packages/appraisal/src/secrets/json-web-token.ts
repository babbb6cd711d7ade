import { utf8Text } from '@vedette/bytes';
import { decodeBase64 } from './base64.ts';

/** What a signed token says of itself. The signature is not checked: nobody but its maker could. */
export interface JsonWebToken {
  /** E.g. `HS256`. */
  readonly algorithm: string;
  readonly claims: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970; null for one that does not run out. */
  readonly expiresMs: number | null;
}

/** Reads a token in compact form (RFC 7519, RFC 7515 section 7.1); null when header or claims are no JSON objects or no algorithm is named. */
export function readJsonWebToken(text: string): JsonWebToken | null {
  const [header, claims] = text.split('.', 2).map(jsonOf);
  if (header === undefined || header === null || claims === undefined || claims === null) return null;
  const algorithm = header['alg'];
  if (typeof algorithm !== 'string') return null;
  const expires = claims['exp'];
  return { algorithm, claims, expiresMs: typeof expires === 'number' ? expires * 1_000 : null };
}

function jsonOf(part: string): Readonly<Record<string, unknown>> | null {
  const bytes = decodeBase64(part);
  if (bytes === null) return null;
  try {
    const value: unknown = JSON.parse(utf8Text(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}
