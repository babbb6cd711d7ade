/**
 * XML property lists as CoreFoundation reads them (CF-1153, CFPropertyList.c), but tolerantly: what it refuses is
 * reported as an error and read on. The document type is skipped, entities are never expanded, attributes are ignored.
 */
import { createDiagnostics, type Diagnostics } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import { decodeBase64 } from './base64.ts';
import { MAX_PLIST_DEPTH, type PlistValue } from './plist-value.ts';
import { samePlist } from './same-plist.ts';
import {
  OTHER_READINGS,
  PLATFORM_READING,
  readingsMayDiffer,
  readTag,
  skipMisc,
  type XmlReading,
  type XmlScanner,
} from './xml-scanner.ts';
import { readText } from './xml-text.ts';

const NULL: PlistValue = { kind: 'null' };

/** Reads the text of a list. The value is null when it holds no value at all. */
export function readXmlPlist(text: string): Parsed<PlistValue | null> {
  const diagnostics = createDiagnostics();
  const value = readAs(text, PLATFORM_READING, diagnostics);
  if (/<!ENTITY/i.test(text)) {
    diagnostics.warning('plist.xml.declares-entities', 'the document type declares entities; none is expanded');
  }
  if (readingsMayDiffer(text)) {
    for (const reading of OTHER_READINGS) {
      const other = readAs(text, reading, createDiagnostics());
      if (samePlist(value, other) !== false) continue;
      const message = `${reading.name} reads something else here than CoreFoundation does today`;
      diagnostics.error('plist.xml.readings-differ', message);
    }
  }
  return { value, diagnostics: diagnostics.list() };
}

function readAs(text: string, reading: XmlReading, diagnostics: Diagnostics): PlistValue | null {
  const reader = new XmlPlistReader({ text, reading, at: 0 }, diagnostics);
  return reader.document();
}

/** One reading of one text. */
class XmlPlistReader {
  readonly #scanner: XmlScanner;
  readonly #diagnostics: Diagnostics;

  constructor(scanner: XmlScanner, diagnostics: Diagnostics) {
    this.#scanner = scanner;
    this.#diagnostics = diagnostics;
  }

  document(): PlistValue | null {
    const first = this.#value(0);
    if (first === 'end' || first === 'close') {
      this.#refused('plist.xml.empty', 'the list has no value');
      return null;
    }
    return first.value;
  }

  /** The next value with the name of its tag; `close` at the end of the container, which stays, `end` at that of the text. */
  #value(depth: number): { readonly tag: string; readonly value: PlistValue } | 'close' | 'end' {
    const scanner = this.#scanner;
    for (;;) {
      if (skipMisc(scanner) !== null) this.#refused('plist.truncated', 'a comment or instruction is not closed');
      if (scanner.at >= scanner.text.length) return 'end';
      if (scanner.text.startsWith('</', scanner.at)) return 'close';
      const before = scanner.at;
      const tag = readTag(scanner);
      if (tag !== null) {
        const value = tag.kind === 'empty' ? this.#leaf(tag.name, '') : this.#content(tag.name, depth);
        return { tag: tag.name, value };
      }
      this.#refused('plist.xml.stray-text', 'text where a tag is due');
      if (scanner.at !== before) continue;
      const next = scanner.text.indexOf('<', before + 1);
      scanner.at = next < 0 ? scanner.text.length : next;
    }
  }

  #content(name: string, depth: number): PlistValue {
    if (name !== 'dict' && name !== 'array' && name !== 'plist') {
      const from = this.#scanner.at;
      const text = readText(this.#scanner, this.#diagnostics);
      if (!isLeaf(name) && this.#scanner.text.charCodeAt(this.#scanner.at + 1) !== 0x2f) {
        // An unknown element with elements inside: read past them.
        this.#scanner.at = from;
        this.#container(name, depth);
      } else this.#close(name);
      return this.#leaf(name, text);
    }
    return this.#container(name, depth);
  }

  #container(name: string, depth: number): PlistValue {
    if (depth >= MAX_PLIST_DEPTH) {
      this.#refused('plist.depth', `nested deeper than ${MAX_PLIST_DEPTH} levels; what is inside is not read`);
      this.#scanner.at = this.#scanner.text.length;
      return NULL;
    }
    const items: PlistValue[] = [];
    const entries = new Map<string, PlistValue>();
    let key: string | null = null;
    for (;;) {
      const next = this.#value(depth + 1);
      if (next === 'end') {
        this.#refused('plist.truncated', `<${name}> is not closed`);
        break;
      }
      if (next === 'close') {
        this.#close(name);
        break;
      }
      if (name !== 'dict') {
        if (next.tag === 'key') this.#refused('plist.xml.key', 'a key outside of a dictionary');
        items.push(next.value);
      } else if (key === null) {
        if (next.tag !== 'key') this.#refused('plist.xml.key', 'a value without a key');
        else key = next.value.kind === 'string' ? next.value.value : '';
      } else {
        if (next.tag === 'key') this.#refused('plist.xml.key', 'a key without a value');
        if (entries.has(key)) {
          const message = 'a key stands twice in one dictionary; CoreFoundation takes the last one of an XML list';
          this.#diagnostics.warning('plist.duplicate-key', message, { where: key.slice(0, 120) });
        }
        entries.set(key, next.value);
        key = null;
      }
    }
    if (key !== null) this.#refused('plist.xml.key', 'a key without a value');
    if (name === 'dict') return { kind: 'dictionary', entries };
    if (name === 'array') return { kind: 'array', items };
    if (items.length > 1) this.#refused('plist.xml.several', `${items.length} values where one is due`);
    return items[0] ?? NULL;
  }

  #close(name: string): void {
    const tag = readTag(this.#scanner);
    if (tag === null) this.#scanner.at = this.#scanner.text.length;
    if (tag?.kind !== 'close' || tag.name !== name)
      this.#refused('plist.xml.unbalanced', `<${name}> is closed wrongly`);
  }

  #leaf(name: string, text: string): PlistValue {
    switch (name) {
      case 'string':
      case 'key':
        return { kind: 'string', value: text };
      case 'true':
      case 'false':
        return { kind: 'boolean', value: name === 'true' };
      case 'integer':
        return this.#integer(text);
      case 'real':
        return { kind: 'real', value: Number.parseFloat(text) };
      case 'date':
        return { kind: 'date', value: dateText(text) };
      case 'data':
        return { kind: 'data', value: decodeBase64(text) };
      case 'dict':
        return { kind: 'dictionary', entries: new Map() };
      case 'array':
        return { kind: 'array', items: [] };
      default:
        if (name !== 'plist') this.#refused('plist.xml.element', `an element <${name}>, which lists do not have`);
        return NULL;
    }
  }

  #integer(text: string): PlistValue {
    const match = /^\s*([+-]?)(0[xX][0-9A-Fa-f]{1,32}|\d{1,64})\s*$/.exec(text);
    if (match === null) {
      this.#refused('plist.xml.number', 'an integer that is none');
      return NULL;
    }
    const magnitude = BigInt(match[2] ?? '0');
    return { kind: 'integer', value: match[1] === '-' ? -magnitude : magnitude };
  }

  #refused(id: string, message: string): void {
    this.#diagnostics.error(id, message, { offset: this.#scanner.at });
  }
}

function isLeaf(name: string): boolean {
  return ['string', 'key', 'true', 'false', 'integer', 'real', 'date', 'data'].includes(name);
}

/** `2026-01-31T12:00:00Z`, the only form of an XML list; null for any other. */
function dateText(text: string): string | null {
  const trimmed = text.trim();
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(trimmed)) return null;
  return Number.isNaN(Date.parse(trimmed)) ? null : trimmed;
}
