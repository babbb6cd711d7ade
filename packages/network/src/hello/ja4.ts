import { sha256 } from '@noble/hashes/sha2.js';
import { hex, toHex } from '@vedette/bytes';
import { withoutGrease } from './grease.ts';
import type { ClientHello } from './read-client-hello.ts';

const VERSIONS: ReadonlyMap<number, string> = new Map([
  [0x0304, '13'],
  [0x0303, '12'],
  [0x0302, '11'],
  [0x0301, '10'],
  [0x0300, 's3'],
  [0x0002, 's2'],
]);
const SERVER_NAME = 0;
const ALPN = 16;
const NOTHING = '000000000000';

/**
 * JA4, the fingerprint of a TLS client (FoxIO, “JA4: TLS Client Fingerprinting”, BSD 3-clause): kind and counts, digest of the sorted suites, digest of the sorted extensions with the
 * signature algorithms in their order.
 */
export function ja4(hello: ClientHello): string {
  const suites = withoutGrease(hello.cipherSuites);
  const extensions = withoutGrease(hello.extensions);
  const version = Math.max(...withoutGrease(hello.supportedVersions), 0) || hello.legacyVersion;
  const kind = [
    't',
    VERSIONS.get(version) ?? '00',
    hello.extensions.includes(SERVER_NAME) ? 'd' : 'i',
    twoDigits(suites.length),
    twoDigits(extensions.length),
    ends(hello.alpn[0]),
  ].join('');
  const counted = extensions.filter((type) => type !== SERVER_NAME && type !== ALPN);
  const algorithms = withoutGrease(hello.signatureAlgorithms).map(fourDigits).join(',');
  const listed = counted.map(fourDigits).toSorted().join(',');
  return [
    kind,
    digest(suites.map(fourDigits).toSorted().join(',')),
    digest(algorithms === '' || listed === '' ? listed : `${listed}_${algorithms}`),
  ].join('_');
}

function fourDigits(value: number): string {
  return hex(value, 4).replace(/^0x/, '');
}

function twoDigits(count: number): string {
  return String(Math.min(count, 99)).padStart(2, '0');
}

/** First and last character of the first protocol; of one that is no letter or digit, its first and last hexadecimal digit. */
function ends(protocol: string | undefined): string {
  if (protocol === undefined || protocol === '') return '00';
  const [first = '', last = ''] = [protocol[0], protocol.at(-1)];
  if (/[0-9A-Za-z]/.test(first) && /[0-9A-Za-z]/.test(last)) return first + last;
  const digits = [first, last].map((character) => (character.charCodeAt(0) & 0xff).toString(16).padStart(2, '0'));
  return `${digits[0]?.[0] ?? '0'}${digits[1]?.[1] ?? '0'}`;
}

function digest(text: string): string {
  return text === '' ? NOTHING : toHex(sha256(new TextEncoder().encode(text))).slice(0, 12);
}
