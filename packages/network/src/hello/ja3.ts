import { md5 } from '@noble/hashes/legacy.js';
import { toHex } from '@vedette/bytes';
import { withoutGrease } from './grease.ts';
import type { ClientHello } from './read-client-hello.ts';

/** The text that JA3 is the digest of: version, suites, extensions, groups, point formats, in decimal (Salesforce, “TLS Fingerprinting with JA3 and JA3S”). */
export function ja3Text(hello: ClientHello): string {
  const { legacyVersion, cipherSuites, extensions, groups, pointFormats } = hello;
  const lists = [cipherSuites, extensions, groups].map((values) => withoutGrease(values).join('-'));
  return [legacyVersion, ...lists, pointFormats.join('-')].join(',');
}

/** JA3: 32 hexadecimal digits. */
export function ja3(hello: ClientHello): string {
  return toHex(md5(new TextEncoder().encode(ja3Text(hello))));
}
