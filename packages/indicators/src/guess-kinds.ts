import type { ObservableKind } from '@vedette/contracts';
import { getPublicSuffix, parse } from 'tldts';
import { normalise } from './normalise.ts';

/** `hxxp://evil[.]test` as it is meant: lists and reports write addresses so that nobody clicks on them. */
export function refang(text: string): string {
  return text
    .replace(/^h(?:xx|tt)p(s?)(?:\[?:\]?)\/\//i, 'http$1://')
    .replace(/\[\.\]|\(\.\)|\[dot\]/gi, '.')
    .replace(/\[:\]/g, ':')
    .replace(/\[@\]|\[at\]/gi, '@');
}

/**
 * The kinds that a value without a label can be, likeliest first; empty where nothing fits. `com.evil.app` can be a package and a host: both are given.
 */
export function guessKinds(value: string): readonly ObservableKind[] {
  const text = value.trim();
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return normalise('url', text) === null ? [] : ['url'];
  if (normalise('ip', text) !== null) return ['ip'];
  const digits = text.replace(/:/g, '');
  if (/^[0-9a-f]{64}$/i.test(digits)) return ['sha256', 'certificate-sha256'];
  if (/^[0-9a-f]{40}$/i.test(digits)) return ['sha1', 'certificate-sha1'];
  if (/^[0-9a-f]{32}$/i.test(digits)) return ['md5', 'certificate-md5'];
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(text)) return ['email'];
  if (text.startsWith('/')) return ['path'];
  if (/^[^\s/]+\.[^\s/]+\/\S/.test(text)) return ['url'];
  if (!/^[\w.-]+$/.test(text)) return [];
  const isPackage = /^[a-z_]\w*(?:\.[a-z_]\w*){1,}$/i.test(text);
  const { isIcann } = parse(text);
  const isHost =
    text.includes('.') && isIcann === true && getPublicSuffix(text) !== text && normalise('domain', text) !== null;
  // A name that begins like a reversed domain (`com.example.app`) is a package more often than a host.
  const reversed = /^(?:com|org|net|de|io|ru|cn|me|app|fr|uk|co|in|br|it|es|pl)\.[a-z_]\w*\.[\w.]+$/i.test(text);
  if (isHost && isPackage) return reversed ? ['app', 'domain'] : ['domain', 'app'];
  if (isHost) return ['domain'];
  return isPackage ? ['app'] : [];
}
