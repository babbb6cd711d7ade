import { toHex } from '@vedette/bytes';
import { oidText, stringText } from '../der/der-values.ts';
import { type DerNode, derBytes, derChildren, readDerNode } from '../der/read-der.ts';

/** Short names of RFC 4514, section 3, and `emailAddress` (RFC 2985), which app certificates often carry. */
const ATTRIBUTE_NAMES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
};

/** Longest text kept of one value. */
const MAX_VALUE = 4_096;

/** RFC 4514 text of a Name: last relative name first, joined by commas. */
export function distinguishedName(name: DerNode | undefined): string {
  if (name === undefined) return '';
  return derChildren(name)
    .toReversed()
    .map((relative) => derChildren(relative).map(attributeText).join('+'))
    .join(',');
}

function attributeText(attribute: DerNode): string {
  const [type, value] = derChildren(attribute);
  const oid = oidText(type);
  const name = ATTRIBUTE_NAMES[oid];
  const text = value === undefined ? '' : stringText(value);
  // RFC 4514, 2.4: a type in dotted form takes its value in hexadecimal.
  if (name === undefined || text === null)
    return `${name ?? oid}=#${value === undefined ? '' : toHex(derBytes(value).subarray(0, MAX_VALUE))}`;
  return `${name}=${escapeValue(text.slice(0, MAX_VALUE))}`;
}

/** RFC 4514, 2.4. */
function escapeValue(text: string): string {
  return text
    .replace(/["+,;<>\\]/g, '\\$&')
    .replaceAll('\0', '\\00')
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, '\\ ');
}

/**
 * Whether two Names (as DER) are one name: the same bytes, or the same values however they are encoded, in any case and
 * with any white space (RFC 5280, 7.1). Signing tools encode names anew when they copy them.
 */
export function sameName(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length === b.length && a.every((byte, index) => byte === b[index])) return true;
  const [left, right] = [canonicalName(a), canonicalName(b)];
  return left !== '' && left === right;
}

function canonicalName(der: Uint8Array): string {
  const name = readDerNode(der);
  if (name === null) return '';
  // Attributes of one relative name are a set; a line break parts what a canonical value cannot contain.
  return derChildren(name)
    .map((relative) => derChildren(relative).map(canonicalAttribute).sort().join('\n'))
    .join('\n\n');
}

function canonicalAttribute(attribute: DerNode): string {
  const [type, value] = derChildren(attribute);
  const text = value === undefined ? '' : stringText(value);
  const written =
    text === null
      ? `#${value === undefined ? '' : toHex(derBytes(value))}`
      : text.trim().replace(/\s+/g, ' ').toLowerCase();
  return `${oidText(type)}=${written}`;
}
