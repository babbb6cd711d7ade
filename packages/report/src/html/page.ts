import { sha256Bytes } from '../text/digest.ts';
import { type Html, html } from './html.ts';
import { STYLE } from './style.ts';

/**
 * A page that needs nothing else: no script, no font, no image, no address. Its content security policy allows its own style and nothing besides, so even if text of
 * an app or of evidence came through as markup, nothing in it would run or load.
 */
export function page(title: string, body: Html): string {
  const whole = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${base64(sha256Bytes(STYLE))}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${{ markup: STYLE }}</style></head>
<body><main>
${body}</main></body></html>
`;
  return whole.markup;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** RFC 4648 section 4; there is no such function in all of browsers, phones and Node. */
function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.subarray(at, at + 3);
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    text += BASE64.charAt(bits >> 18) + BASE64.charAt((bits >> 12) & 63);
    text += b === undefined ? '=' : BASE64.charAt((bits >> 6) & 63);
    text += c === undefined ? '=' : BASE64.charAt(bits & 63);
  }
  return text;
}
