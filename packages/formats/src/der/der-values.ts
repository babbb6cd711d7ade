import { latin1Text, toHex, utf8Text } from '@vedette/bytes';
import { type DerNode, derContent, isUniversal, TAG_GENERALIZED_TIME, TAG_OID, TAG_UTC_TIME } from './read-der.ts';

/** Longest object identifier read, in bytes: those in use have some ten. */
const MAX_OID = 64;

/** Dotted form of an OBJECT IDENTIFIER (X.690, 8.19); empty when the value is none. */
export function oidText(node: DerNode | undefined): string {
  if (!isUniversal(node, TAG_OID)) return '';
  const parts: number[] = [];
  let value = 0;
  for (const byte of derContent(node).subarray(0, MAX_OID)) {
    value = value * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    if (parts.length === 0) {
      const first = Math.min(2, Math.floor(value / 40));
      parts.push(first, value - first * 40);
    } else {
      parts.push(value);
    }
    value = 0;
  }
  return parts.join('.');
}

/** Bits of a non-negative INTEGER, leading zeros not counted; of a negative one (a malformed key) those of its bytes. */
export function integerBits(node: DerNode): number {
  const content = derContent(node);
  const first = content.findIndex((byte) => byte !== 0);
  const top = content[first];
  return top === undefined ? 0 : (content.length - first - 1) * 8 + (32 - Math.clz32(top));
}

/** UTCTime or GeneralizedTime as `2026-01-31T12:00:00Z` (RFC 5280, 4.1.2.5); null when it is neither or no date. */
export function timeText(node: DerNode | undefined): string | null {
  if (node === undefined) return null;
  const text = latin1Text(derContent(node)).slice(0, 24);
  let full = text;
  if (isUniversal(node, TAG_UTC_TIME)) full = (Number(text.slice(0, 2)) >= 50 ? '19' : '20') + text;
  else if (!isUniversal(node, TAG_GENERALIZED_TIME)) return null;
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:\.\d+)?(?:Z|[+-]\d{4})$/.exec(full);
  if (match === null) return null;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '00'] = match;
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(time.getTime())) return null;
  const offset = /([+-])(\d\d)(\d\d)$/.exec(full);
  if (offset !== null) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3]);
    time.setTime(time.getTime() - (offset[1] === '+' ? 1 : -1) * minutes * 60_000);
  }
  return time.toISOString().replace('.000Z', 'Z');
}

const TAG_UTF8 = 12;
const TAG_BMP = 30;
const TAG_UNIVERSAL = 28;
const SINGLE_BYTE_TAGS = [18, 19, 20, 22, 26, 27];

/** Text of a character string of any kind; null when the value is none. */
export function stringText(node: DerNode): string | null {
  if (node.tagClass !== 0) return null;
  const content = derContent(node);
  if (node.tag === TAG_UTF8) return utf8Text(content);
  if (SINGLE_BYTE_TAGS.includes(node.tag)) return latin1Text(content);
  if (node.tag !== TAG_BMP && node.tag !== TAG_UNIVERSAL) return null;
  const width = node.tag === TAG_BMP ? 2 : 4;
  let text = '';
  for (let at = 0; at + width <= content.length; at += width) {
    const code = Number.parseInt(toHex(content.subarray(at, at + width)), 16);
    text += String.fromCodePoint(Math.min(code, 0x10_ffff));
  }
  return text;
}
