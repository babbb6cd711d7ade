import { type Host, utf8Text } from '@vedette/bytes';
import { derInteger, derSequence } from '@vedette/formats';
import { type JsonObject, readJsonObject } from './strict-json.ts';

/** A JWS in the compact form (RFC 7515, 7.1), not yet verified. */
export interface CompactJws {
  readonly header: JsonObject;
  readonly payload: Uint8Array;
  /** What is signed: header and payload as they are written. */
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

const MAX_LENGTH = 256 * 1024;

/** Reads three parts in base64url without padding (RFC 7515, 2), a header without `crit` and without any key twice. Null for anything else. */
export function readCompactJws(text: string): CompactJws | null {
  if (text.length > MAX_LENGTH) return null;
  const parts = text.split('.');
  const [head = '', body = '', tail = ''] = parts;
  const [header, payload, signature] = [decodeBase64Url(head), decodeBase64Url(body), decodeBase64Url(tail)];
  if (parts.length !== 3 || header === null || payload === null || signature === null) return null;
  const value = readJsonObject(utf8Text(header));
  // Nothing that must be understood is understood here.
  if (value === null || 'crit' in value) return null;
  return { header: value, payload, signed: new TextEncoder().encode(`${head}.${body}`), signature };
}

/** Verifies with one of the algorithms that the platforms use, which the caller names: what the header says decides nothing. */
export function verifyJws(jws: CompactJws, algorithm: 'ES256' | 'RS256', publicKey: Uint8Array, host: Host): boolean {
  if (jws.header['alg'] !== algorithm) return false;
  if (algorithm === 'RS256') {
    const { signature } = jws;
    return (
      host.signatures?.verify({ algorithm: 'rsa-pkcs1', hash: 'sha256', publicKey, data: jws.signed, signature }) ===
      true
    );
  }
  // RFC 7518, 3.4: two numbers of 32 bytes each.
  if (jws.signature.length !== 64) return false;
  const signature = derSequence(derInteger(jws.signature.subarray(0, 32)), derInteger(jws.signature.subarray(32)));
  return (
    host.signatures?.verify({ algorithm: 'ecdsa', hash: 'sha256', publicKey, data: jws.signed, signature }) === true
  );
}

/** base64url (RFC 4648, 5) without padding, in its one canonical form; null for anything else. */
export function decodeBase64Url(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return null;
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  // Bits behind the last byte are zero, or one text would have several forms.
  return encodeBase64Url(bytes) === text ? bytes : null;
}

export function encodeBase64Url(bytes: Uint8Array): string {
  const chunks: string[] = [];
  for (let at = 0; at < bytes.length; at += 8_192) chunks.push(String.fromCharCode(...bytes.subarray(at, at + 8_192)));
  return btoa(chunks.join('')).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
