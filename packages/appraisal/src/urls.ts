import { parse } from 'tldts';

/** An address found in code. */
export interface UrlUse {
  /** As written, at most 200 characters. */
  readonly url: string;
  readonly scheme: 'http' | 'https' | 'ws' | 'wss';
  /** Lower case, without port and user. */
  readonly host: string;
  readonly isIp: boolean;
  /** Registrable domain, e.g. `example.co.uk`; null for an IP address. */
  readonly domain: string | null;
  /** The DEX whose string pool it is in. */
  readonly file: string;
}

const MAX_URLS = 20_000;
const MAX_TEXT = 4_096;

/** Names, not places: identifiers of XML vocabularies and licences that are written as addresses and never visited. */
const NAMESPACE_HOSTS = new Set([
  'schemas.android.com',
  'www.w3.org',
  'xmlpull.org',
  'xml.org',
  'ns.adobe.com',
  'purl.org',
  'schemas.microsoft.com',
  'schemas.xmlsoap.org',
  'schemas.openxmlformats.org',
  'java.sun.com',
  'xml.apache.org',
  'www.apache.org',
  'apache.org',
  'json-schema.org',
  'relaxng.org',
  'localhost',
]);

/**
 * Finds http, https, ws and wss addresses with a host that the public suffix list knows (ICANN section) or that is an IP address.
 * Hosts that only name an XML vocabulary are left out. Bounded: 20,000 addresses, the first 4,096 characters of a string.
 * @returns in the order of the strings, each address once per file
 */
export function readUrls(strings: Iterable<{ readonly file: string; readonly value: string }>): readonly UrlUse[] {
  const found = new Map<string, UrlUse>();
  for (const { file, value } of strings) {
    if (!value.includes('://')) continue;
    for (const match of value.slice(0, MAX_TEXT).matchAll(/\b(https?|wss?):\/\/([^\s"'<>\\^`{|}]{1,190})/gi)) {
      const use = toUse(match[0], (match[1] ?? '').toLowerCase(), file);
      if (use === null) continue;
      const key = `${file}\0${use.url}`;
      if (!found.has(key)) found.set(key, use);
      if (found.size >= MAX_URLS) return [...found.values()];
    }
  }
  return [...found.values()];
}

function toUse(text: string, scheme: string, file: string): UrlUse | null {
  if (scheme !== 'http' && scheme !== 'https' && scheme !== 'ws' && scheme !== 'wss') return null;
  const url = text.replace(/[),.;:\]]+$/, '').slice(0, 200);
  const { hostname, isIp, isIcann, domain } = parse(url, { allowPrivateDomains: false });
  if (hostname === null || (isIp !== true && (isIcann !== true || domain === null))) return null;
  const host = hostname.toLowerCase();
  if (NAMESPACE_HOSTS.has(host)) return null;
  return { url, scheme, host, isIp: isIp === true, domain, file };
}
