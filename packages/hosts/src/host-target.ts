import punycode from 'punycode/punycode.js';
import { parse } from 'tldts';

/** A host, or the host of an address, read for judging. */
export interface HostTarget {
  /** As it was given. */
  readonly input: string;
  /** As the resolver is asked: lower case, without a final dot, ASCII. */
  readonly host: string;
  /** As a person may see it. Labels that are no valid Punycode stay as they are. */
  readonly shown: string;
  /** The name that somebody registered, under the public suffix; null for addresses and suffixes. */
  readonly registrable: string | null;
  /** Of `registrable`, without the suffix, as a person may see it. */
  readonly name: string | null;
  /** Labels before `registrable`, as a person may see them. */
  readonly subdomains: readonly string[];
  readonly suffix: string | null;
  /** Anybody gets names under this suffix: free hosting, dynamic DNS. */
  readonly isSharedSuffix: boolean;
  readonly isAddress: boolean;
  /** Labels that begin with `xn--` and do not decode (RFC 3492). */
  readonly brokenLabels: readonly string[];
  /** Parts of the address, where one was given. */
  readonly url: UrlParts | null;
}

export interface UrlParts {
  readonly scheme: string;
  readonly hasUser: boolean;
  readonly user: string;
  readonly port: string;
  readonly path: string;
  /** The host as it was written, before it was brought into its one form. */
  readonly writtenHost: string;
}

const MAX_LENGTH = 4_096;
const MAX_HOST = 253;

/**
 * Reads a name or an address (URL Standard, host parsing; public suffix list by `tldts`). Addresses of IP in any spelling come out in the usual one.
 * @returns null for what can be neither
 */
export function readHostTarget(input: string): HostTarget | null {
  const text = input.trim();
  if (text === '' || text.length > MAX_LENGTH || /[\s<>"]/.test(text)) return null;
  const withScheme = /^[a-z][a-z0-9+.-]{0,30}:\/\//i.test(text);
  const address = withScheme ? text : `https://${text}`;
  const url = URL.canParse(address) ? new URL(address) : null;
  const host = (url?.hostname ?? plainHost(address)).replace(/\.$/, '').toLowerCase();
  if (host === '' || host.length > MAX_HOST || host.split('.').includes('')) return null;
  const parsed = parse(host, { allowPrivateDomains: true });
  const isAddress = parsed.isIp === true;
  const labels = isAddress ? [] : host.split('.');
  const broken: string[] = [];
  const shownLabels = labels.map((label) => {
    const decoded = decode(label);
    if (decoded === null) broken.push(label);
    return decoded ?? label;
  });
  const depth = parsed.domain === null ? 0 : parsed.domain.split('.').length;
  const nameLabel = parsed.domainWithoutSuffix;
  return {
    input: text,
    host,
    shown: isAddress ? host : shownLabels.join('.'),
    registrable: isAddress ? null : parsed.domain,
    name: isAddress || nameLabel === null || nameLabel === '' ? null : (decode(nameLabel) ?? nameLabel),
    subdomains: depth === 0 ? [] : shownLabels.slice(0, shownLabels.length - depth),
    suffix: isAddress ? null : parsed.publicSuffix,
    isSharedSuffix: parsed.isPrivate === true,
    isAddress,
    brokenLabels: broken,
    url: withScheme && url !== null ? partsOf(url, text) : null,
  };
}

/** The host of an address that the URL Standard refuses, where it has nothing but characters of hosts: labels that say they are Punycode and are none are refused there. */
function plainHost(address: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([a-z0-9._-]+)(?::\d{1,5})?(?:[/?#]|$)/i.exec(address)?.[1] ?? '';
}

/** A label as a person may see it; null where it says that it is Punycode and is none. */
function decode(label: string): string | null {
  if (!label.startsWith('xn--')) return label;
  try {
    const decoded = punycode.toUnicode(label);
    return decoded === label ? null : decoded.normalize('NFC');
  } catch {
    return null;
  }
}

function partsOf(url: URL, text: string): UrlParts {
  const rest = text.slice(text.indexOf('://') + 3);
  const authority = rest.split(/[/?#\\]/, 1)[0] ?? '';
  return {
    scheme: url.protocol.replace(':', ''),
    hasUser: authority.includes('@'),
    user: safeDecode(url.username),
    port: url.port,
    path: url.pathname,
    writtenHost: authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, ''),
  };
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
