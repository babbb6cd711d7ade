import type { ObservableKind } from '@vedette/contracts';

/**
 * The form of a value in which two that mean the same are equal; null for what cannot be a value of the kind.
 *
 * Host names without case and without a final dot (RFC 1035, section 2.3.3); addresses of IPv6 in their shortest form (RFC 5952); URLs with scheme and host in small
 * letters, without fragment and default port (RFC 3986, section 6.2); digests without colons; paths without a final slash.
 */
export function normalise(kind: ObservableKind, value: string): string | null {
  const text = value.trim();
  if (text === '' || text.length > 4_096) return null;
  switch (kind) {
    case 'domain':
      return domainOf(text);
    case 'ip':
      return ipOf(text);
    case 'url':
      return urlOf(text);
    case 'md5':
    case 'certificate-md5':
      return digestOf(text, 32);
    case 'sha1':
    case 'certificate-sha1':
      return digestOf(text, 40);
    case 'sha256':
    case 'certificate-sha256':
      return digestOf(text, 64);
    case 'path':
      return text.length > 1 ? text.replace(/\/+$/, '') || '/' : text;
    case 'email':
      return /^[^\s@]+@[^\s@]+$/.test(text) ? text.toLowerCase() : null;
    case 'app':
    case 'profile':
    case 'property':
      return text.toLowerCase();
    case 'process':
    case 'file-name':
    case 'command':
      return text;
  }
}

/** Host names as most lists write them, without the cost of a regular expression for each of a million. */
function isPlainHost(text: string): boolean {
  const { length } = text;
  if (length > 253) return false;
  let before = DOT;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    const isLetter = (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
    if (!isLetter && ((code !== DOT && code !== HYPHEN) || before === DOT || at === length - 1)) return false;
    before = code;
  }
  return true;
}
const DOT = 46;
const HYPHEN = 45;

function domainOf(text: string): string | null {
  if (isPlainHost(text)) return text;
  const name = text.toLowerCase().replace(/\.$/, '');
  return /^(?=.{1,253}$)[a-z0-9_\u0080-\uffff](?:[a-z0-9_\-.\u0080-\uffff]*[a-z0-9\u0080-\uffff])?$/.test(name) &&
    !name.includes('..')
    ? name
    : null;
}

/** IPv4 in four decimals, or IPv6 as the URL standard writes it; null for anything else. A network's length (`/24`) is kept. */
function ipOf(text: string): string | null {
  const last = text.charCodeAt(text.length - 1);
  // All end with a digit, or have a colon somewhere; hosts do neither.
  if (!(last >= 48 && last <= 57) && !text.includes(':')) return null;
  const [address = '', length, ...rest] = text.split('/');
  if (rest.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) return null;
  const canonical = addressOf(address.replace(/^\[|\]$/g, ''));
  if (canonical === null) return null;
  if (length === undefined) return canonical;
  const bits = Number(length);
  const most = canonical.includes(':') ? 128 : 32;
  if (bits > most) return null;
  return bits === most ? canonical : `${canonical}/${bits}`;
}

function addressOf(address: string): string | null {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(address)) {
    const parts = address.split('.').map(Number);
    return parts.every((part) => part <= 255) ? parts.join('.') : null;
  }
  if (!/^[0-9a-f:.]{2,45}$/i.test(address) || !address.includes(':')) return null;
  try {
    return new URL(`http://[${address}]/`).hostname.slice(1, -1);
  } catch {
    return null;
  }
}

function urlOf(text: string): string | null {
  // Addresses without a scheme stand in many lists.
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  try {
    const url = new URL(whole);
    if (url.hostname === '') return null;
    url.hash = '';
    return url.href;
  } catch {
    return null;
  }
}

function digestOf(text: string, length: number): string | null {
  const digits = text.replace(/[:\s]/g, '').toLowerCase();
  return digits.length === length && /^[0-9a-f]+$/.test(digits) ? digits : null;
}

/** The host of a URL in the form of `normalise('domain' | 'ip')`, null where there is none. Credentials and port are left out. */
export function hostOf(url: string): string | null {
  try {
    const { hostname } = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `http://${url}`);
    const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
    return host === '' ? null : host.toLowerCase();
  } catch {
    return null;
  }
}
