const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Value of a character of the alphabet, -1 for any other. */
function sextetOf(code: number): number {
  if (code >= 0x41 && code <= 0x5a) return code - 0x41;
  if (code >= 0x61 && code <= 0x7a) return code - 0x61 + 26;
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 52;
  return code === 0x2b ? 62 : code === 0x2f ? 63 : -1;
}

/** RFC 4648, section 4, as CoreFoundation takes it: characters outside of the alphabet are skipped, the first `=` ends it. */
export function decodeBase64(text: string): Uint8Array {
  const out = new Uint8Array(Math.ceil((text.length * 3) / 4));
  let length = 0;
  let bits = 0;
  let count = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x3d) break;
    const sextet = sextetOf(code);
    if (sextet < 0) continue;
    bits = ((bits << 6) | sextet) & 0xff_ffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      out[length++] = (bits >>> count) & 0xff;
    }
  }
  return out.slice(0, length);
}

/** RFC 4648, section 4, with padding and without line breaks. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const bits = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const left = Math.min(bytes.length - at, 3);
    for (let index = 0; index < 4; index++) {
      text += index > left ? '=' : (ALPHABET[(bits >>> (18 - index * 6)) & 0x3f] ?? '');
    }
  }
  return text;
}
