import type { Diagnostics } from '@vedette/bytes';
import type { XmlScanner } from './xml-scanner.ts';

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', apos: "'", quot: '"' };

/**
 * The text up to the next tag, with CDATA and references resolved. Only the five names of XML and numbers are: entities
 * that the document declares itself are not expanded by CoreFoundation either, so they cannot grow.
 */
export function readText(scanner: XmlScanner, diagnostics: Diagnostics): string {
  const { text } = scanner;
  const parts: string[] = [];
  while (scanner.at < text.length) {
    const next = text.indexOf('<', scanner.at);
    const end = next < 0 ? text.length : next;
    if (end > scanner.at) parts.push(resolve(text.slice(scanner.at, end), scanner.at, diagnostics));
    scanner.at = end;
    if (text.startsWith('<![CDATA[', end)) {
      const close = text.indexOf(']]>', end + 9);
      parts.push(text.slice(end + 9, close < 0 ? text.length : close));
      scanner.at = close < 0 ? text.length : close + 3;
    } else if (text.startsWith('<!--', end)) {
      diagnostics.warning('plist.xml.comment-in-text', 'a comment inside of a text, which CoreFoundation refuses', {
        offset: end,
      });
      const close = text.indexOf('-->', end + 4);
      scanner.at = close < 0 ? text.length : close + 3;
    } else break;
  }
  return parts.length === 1 ? (parts[0] ?? '') : parts.join('');
}

function resolve(text: string, offset: number, diagnostics: Diagnostics): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;&\s]{0,12};)?/g, (whole, reference: string | undefined) => {
    const name = reference?.slice(0, -1) ?? '';
    const named = NAMED[name];
    if (named !== undefined) return named;
    const number = /^#(?:x([0-9A-Fa-f]{1,8})|(\d{1,8}))$/.exec(name);
    const code =
      number === null ? -1 : Number.parseInt(number[1] ?? number[2] ?? '', number[1] === undefined ? 10 : 16);
    if (code >= 0 && code <= 0x10_ffff) return String.fromCodePoint(code);
    diagnostics.warning('plist.xml.entity', 'a reference that CoreFoundation does not know, kept as it is written', {
      offset,
    });
    return whole;
  });
}
