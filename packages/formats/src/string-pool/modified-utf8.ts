import { latin1Text } from '@vedette/bytes';

const REPLACEMENT = 0xfffd;

/**
 * Text of `bytes[start, end)` in UTF-8 as Android's tools write it: characters beyond U+FFFF are either four bytes
 * (RFC 3629) or two surrogates of three bytes each (the Java Native Interface specification, "Modified UTF-8 Strings").
 * Lone surrogates are kept as they are; each ill-formed byte becomes U+FFFD.
 */
export function modifiedUtf8Text(bytes: Uint8Array, start: number, end: number): string {
  let at = start;
  while (at < end && (bytes[at] ?? 0) < 0x80) at++;
  if (at === end) return latin1Text(bytes, start, end);
  let text = latin1Text(bytes, start, at);
  const codes: number[] = [];
  while (at < end) {
    const { code, length } = codePoint(bytes, at, end);
    at += length;
    if (code > 0xffff) codes.push(0xd800 + ((code - 0x1_0000) >> 10), 0xdc00 + (code & 0x3ff));
    else codes.push(code);
    if (codes.length > 4_096) text += String.fromCharCode(...codes.splice(0));
  }
  return text + String.fromCharCode(...codes);
}

function codePoint(bytes: Uint8Array, at: number, end: number): { code: number; length: number } {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return { code: first, length: 1 };
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc0 || first >= 0xf8 || at + length > end) return { code: REPLACEMENT, length: 1 };
  let code = first & (0x7f >> length);
  for (let index = 1; index < length; index++) {
    const next = bytes[at + index] ?? 0;
    if ((next & 0xc0) !== 0x80) return { code: REPLACEMENT, length: 1 };
    code = (code << 6) | (next & 0x3f);
  }
  // Two bytes for NUL are how this encoding hides it; other overlong forms are ill-formed.
  const shortest = length === 2 ? 0x80 : length === 3 ? 0x800 : 0x1_0000;
  if ((code < shortest && !(length === 2 && code === 0)) || code > 0x10_ffff) return { code: REPLACEMENT, length: 1 };
  return { code, length };
}
