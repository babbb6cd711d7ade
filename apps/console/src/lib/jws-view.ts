import { z } from 'zod';

/** A compact JWS (RFC 7515 section 7.1) taken apart for reading. The signature is not checked here: the server checked it before it kept the report. */
export type JwsView =
  | { readonly header: string; readonly payload: string; readonly signature: string }
  | { readonly error: string };

function textOfBase64url(part: string): string {
  const binary = atob(part.replace(/-/g, '+').replace(/_/g, '/'));
  return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(binary, (char) => char.charCodeAt(0)));
}

const Json = z.json();

/** Splits and decodes; never throws. Header and payload come back indented. */
export function viewJws(jws: string): JwsView {
  const parts = jws.split('.');
  const [header, payload, signature] = parts;
  if (parts.length !== 3 || header === undefined || payload === undefined || signature === undefined)
    return { error: `A compact JWS has three parts, this has ${parts.length}.` };
  try {
    return {
      header: JSON.stringify(Json.parse(JSON.parse(textOfBase64url(header))), null, 2),
      payload: JSON.stringify(Json.parse(JSON.parse(textOfBase64url(payload))), null, 2),
      signature,
    };
  } catch {
    return { error: 'A part is not base64url of JSON.' };
  }
}
