import type { PlistValue } from '@vedette/formats';

/** A list in plain values; `PlistValue` is taken as it is, so that parts of an answer can be handed on. Numbers are whole; undefined leaves a key out. */
export type PlistPlain =
  | PlistValue
  | string
  | number
  | boolean
  | Uint8Array
  | readonly PlistPlain[]
  | ReadonlyMap<string, PlistPlain | undefined>;

const HEAD =
  '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n';
/** What binary lists share is written out at each place, so at most so many values are. */
const MAX_VALUES = 1_000_000;
const MAX_DEPTH = 64;

/**
 * Writes a property list in XML, which every reader of such lists takes.
 * @throws RangeError when it would be too large or too deep
 */
export function writePlist(value: PlistPlain): Uint8Array {
  const parts: string[] = [HEAD, '<plist version="1.0">\n'];
  const budget = { left: MAX_VALUES };
  write(value, parts, budget, 0);
  parts.push('\n</plist>\n');
  return new TextEncoder().encode(parts.join(''));
}

/** A dictionary; keys whose value is undefined or null are left out. */
export function plistDict(
  entries: Readonly<Record<string, PlistPlain | null | undefined>>,
): ReadonlyMap<string, PlistPlain> {
  const pairs = Object.entries(entries).flatMap(([key, value]): [string, PlistPlain][] =>
    value === undefined || value === null ? [] : [[key, value]],
  );
  return new Map(pairs);
}

function write(value: PlistPlain, parts: string[], budget: { left: number }, depth: number): void {
  budget.left -= 1;
  if (budget.left < 0 || depth > MAX_DEPTH) throw new RangeError('the list is too large');
  const inner = (one: PlistPlain): void => write(one, parts, budget, depth + 1);
  if (typeof value === 'string') parts.push(`<string>${escaped(value)}</string>`);
  else if (typeof value === 'boolean') parts.push(value ? '<true/>' : '<false/>');
  else if (typeof value === 'number') parts.push(`<integer>${value}</integer>`);
  else if (value instanceof Uint8Array) parts.push(`<data>${Buffer.from(value).toString('base64')}</data>`);
  else if (value instanceof Map) writeDictionary(value, parts, inner);
  else if (isList(value)) writeArray(value, parts, inner);
  else if ('kind' in value) writeValue(value, parts, inner);
}

function writeValue(value: PlistValue, parts: string[], inner: (one: PlistPlain) => void): void {
  switch (value.kind) {
    case 'dictionary':
      return writeDictionary(value.entries, parts, inner);
    case 'array':
      return writeArray(value.items, parts, inner);
    case 'string':
    case 'boolean':
    case 'data':
      return inner(value.value);
    case 'integer':
      return void parts.push(`<integer>${value.value}</integer>`);
    case 'real':
      return void parts.push(`<real>${value.value}</real>`);
    case 'uid':
      return void parts.push(`<dict><key>CF$UID</key><integer>${value.value}</integer></dict>`);
    case 'date':
      if (value.value !== null) return void parts.push(`<date>${value.value}</date>`);
      break;
    case 'null':
      break;
  }
  // XML lists have nothing for what is no value.
  parts.push('<string></string>');
}

function writeDictionary(
  entries: ReadonlyMap<string, PlistPlain | undefined>,
  parts: string[],
  inner: (one: PlistPlain) => void,
): void {
  parts.push('<dict>');
  for (const [key, value] of entries) {
    if (value === undefined) continue;
    parts.push(`<key>${escaped(key)}</key>`);
    inner(value);
  }
  parts.push('</dict>\n');
}

function writeArray(items: readonly PlistPlain[], parts: string[], inner: (one: PlistPlain) => void): void {
  parts.push('<array>');
  for (const item of items) inner(item);
  parts.push('</array>\n');
}

function isList(value: PlistPlain): value is readonly PlistPlain[] {
  return Array.isArray(value);
}

/** Characters that XML 1.0 cannot hold (section 2.2) are shown as U+FFFD. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
