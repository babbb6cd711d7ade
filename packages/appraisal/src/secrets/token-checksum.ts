const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * Whether the last six characters are the CRC-32 (IEEE 802.3) of those before, as a number in base 62 padded with zeros: so GitHub and npm make their tokens,
 * in order that a scanner can tell them from a coincidence. Source: GitHub, "Behind GitHub's new authentication token formats" (2021).
 * @param random the token without its prefix, ASCII
 */
export function hasTokenChecksum(random: string): boolean {
  return random.length > 6 && tokenChecksum(random.slice(0, -6)) === random.slice(-6);
}

/** The six characters for a text of ASCII. */
export function tokenChecksum(text: string): string {
  let crc = 0xffffffff;
  for (let at = 0; at < text.length; at++) {
    crc ^= text.charCodeAt(at) & 0xff;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ ((crc & 1) === 1 ? 0xedb88320 : 0);
  }
  let rest = (crc ^ 0xffffffff) >>> 0;
  let digits = '';
  for (; rest > 0; rest = Math.floor(rest / 62)) digits = (DIGITS[rest % 62] ?? '') + digits;
  return digits.padStart(6, '0');
}
