import { tokenChecksum } from '../secrets/token-checksum.ts';

/** Secrets for tests, made here so that no scanner takes a file for a leak. They open nothing: every character comes from a counter. */

export const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
export const LOWER = UPPER.toLowerCase();
export const DIGITS = '0123456789';
export const HEX = `${DIGITS}abcdef`;
export const ALNUM = UPPER + LOWER + DIGITS;
export const BASE64 = `${ALNUM}+/`;
export const BASE32 = `${UPPER}234567`;

/** `length` characters of an alphabet that look random and are the same each time. Source of the mixing: xorshift32 (Marsaglia, 2003). */
export function chars(alphabet: string, length: number, seed = 1): string {
  let state = (seed * 0x9e3779b1) >>> 0 || 1;
  return Array.from({ length }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state = (state ^ (state << 5)) >>> 0;
    return alphabet[state % alphabet.length] ?? '';
  }).join('');
}

export function uuid(seed = 1): string {
  const part = (length: number, more: number): string => chars(HEX, length, seed * 10 + more);
  return [part(8, 1), part(4, 2), `4${part(3, 3)}`, `a${part(3, 4)}`, part(12, 5)].join('-');
}

/** Of GitHub or npm, with its checksum. */
export function checkedToken(prefix: string, seed = 1): string {
  const random = chars(ALNUM, 30, seed);
  return prefix + random + tokenChecksum(random);
}

export function jsonWebToken(claims: Readonly<Record<string, unknown>>, algorithm = 'HS256'): string {
  const part = (value: unknown): string =>
    base64(Buffer.from(JSON.stringify(value)))
      .replace(/\+/g, '-')
      .replace(/\//g, '_')
      .replace(/=+$/, '');
  return [part({ alg: algorithm, typ: 'JWT' }), part(claims), chars(ALNUM, 43)].join('.');
}

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** A block of RFC 7468. */
export function pem(label: string, bytes: Uint8Array): string {
  const lines = base64(bytes).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** `bytes` with an identifier and a length (X.690). */
function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const head = length < 128 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Uint8Array.from([...head, ...parts.flatMap((part) => [...part])]);
}

const noise = (length: number, seed: number): Uint8Array => Uint8Array.from(Buffer.from(chars(ALNUM, length, seed)));
const integer = (length: number, seed: number): Uint8Array => der(2, noise(length, seed));
const ZERO = Uint8Array.of(2, 1, 0);
const ONE = Uint8Array.of(2, 1, 1);
/** rsaEncryption with NULL. */
const RSA = Uint8Array.from(Buffer.from('300d06092a864886f70d0101010500', 'hex'));

/** Structures of private keys around bytes that are none. */
export const KEYS = {
  pkcs1: der(0x30, ZERO, ...[128, 3, 128, 64, 64, 64, 64, 64].map(integer)),
  pkcs8: der(0x30, ZERO, RSA, der(4, der(0x30, ZERO, ...[128, 3, 128, 64, 64, 64, 64, 64].map(integer)))),
  sec1: der(
    0x30,
    ONE,
    der(4, noise(32, 7)),
    der(0xa0, Uint8Array.from(Buffer.from('06082a8648ce3d030107', 'hex'))),
    der(0xa1, der(3, Uint8Array.of(0, 4), noise(64, 8))),
  ),
  dsa: der(0x30, ZERO, ...[128, 20, 128, 128, 20].map(integer)),
  encrypted: der(0x30, der(0x30, Uint8Array.from(Buffer.from('06092a864886f70d01050d', 'hex'))), der(4, noise(128, 9))),
  openssh: Uint8Array.from([...Buffer.from('openssh-key-v1\0'), 0, 0, 0, 4, ...Buffer.from('none'), ...noise(200, 3)]),
} as const;
