/** Text property lists of OpenStep, and `.strings` files: texts, `<hex>`, `( … )` and `{ key = value; }` with comments of C. All leaves are texts. */
import { createDiagnostics, type Diagnostics } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import { MAX_PLIST_DEPTH, type PlistValue } from './plist-value.ts';
import { isSpace } from './xml-scanner.ts';

const NULL: PlistValue = { kind: 'null' };
const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** Reads a text list. The value is null when the text is none; an empty one is no list. */
export function readTextPlist(text: string): Parsed<PlistValue | null> {
  const diagnostics = createDiagnostics();
  const reader = new TextPlistReader(text, diagnostics);
  const value = reader.document();
  if (value !== null) diagnostics.note('plist.text', 'a list in the old text form, which iOS reads too');
  return { value, diagnostics: diagnostics.list() };
}

class TextPlistReader {
  readonly #text: string;
  readonly #diagnostics: Diagnostics;
  #at = 0;

  constructor(text: string, diagnostics: Diagnostics) {
    this.#text = text;
    this.#diagnostics = diagnostics;
  }

  document(): PlistValue | null {
    this.#skip();
    const first = this.#text[this.#at];
    if (first === '{' || first === '(' || first === '<') {
      const value = this.#value(0);
      this.#skip();
      if (this.#at < this.#text.length) this.#fault('text behind the list');
      return value.kind === 'null' ? null : value;
    }
    // A file of `"key" = "value";` lines is a dictionary without braces.
    const from = this.#at;
    const word = this.#word();
    this.#skip();
    if (word === null || this.#text[this.#at] !== '=') return null;
    this.#at = from;
    return this.#dictionary(0, null);
  }

  #value(depth: number): PlistValue {
    this.#skip();
    const first = this.#text[this.#at];
    if (depth >= MAX_PLIST_DEPTH) {
      this.#diagnostics.error('plist.depth', `nested deeper than ${MAX_PLIST_DEPTH} levels`, { offset: this.#at });
      this.#at = this.#text.length;
      return NULL;
    }
    if (first === '{') {
      this.#at += 1;
      return this.#dictionary(depth, '}');
    }
    if (first === '(') return this.#array(depth);
    if (first === '<') return this.#data();
    const word = this.#word();
    if (word !== null) return { kind: 'string', value: word };
    this.#fault('a value is missing');
    return NULL;
  }

  #dictionary(depth: number, close: string | null): PlistValue {
    const entries = new Map<string, PlistValue>();
    for (;;) {
      this.#skip();
      if (this.#at >= this.#text.length) {
        if (close !== null) this.#fault('a dictionary is not closed');
        break;
      }
      if (this.#text[this.#at] === close) {
        this.#at += 1;
        break;
      }
      const key = this.#word();
      if (key === null) {
        this.#fault('a key is missing');
        this.#at += 1;
        continue;
      }
      this.#skip();
      let value: PlistValue = { kind: 'string', value: key };
      if (this.#text[this.#at] === '=') {
        this.#at += 1;
        value = this.#value(depth + 1);
      }
      if (entries.has(key)) {
        const message = 'a key stands twice in one dictionary; the last one is taken';
        this.#diagnostics.warning('plist.duplicate-key', message, { where: key.slice(0, 120) });
      }
      entries.set(key, value);
      this.#skip();
      if (this.#text[this.#at] === ';') this.#at += 1;
    }
    return { kind: 'dictionary', entries };
  }

  #array(depth: number): PlistValue {
    const items: PlistValue[] = [];
    this.#at += 1;
    for (;;) {
      this.#skip();
      if (this.#at >= this.#text.length) this.#fault('an array is not closed');
      if (this.#at >= this.#text.length || this.#text[this.#at] === ')') break;
      const before = this.#at;
      items.push(this.#value(depth + 1));
      this.#skip();
      if (this.#text[this.#at] === ',') this.#at += 1;
      if (this.#at === before) this.#at += 1;
    }
    this.#at += 1;
    return { kind: 'array', items };
  }

  #data(): PlistValue {
    const end = this.#text.indexOf('>', this.#at);
    const digits = this.#text.slice(this.#at + 1, end < 0 ? this.#text.length : end).replace(/\s/g, '');
    this.#at = end < 0 ? this.#text.length : end + 1;
    if (end < 0 || !/^(?:[0-9A-Fa-f]{2})*$/.test(digits)) this.#fault('data that is not hexadecimal');
    const bytes = new Uint8Array(digits.length >> 1);
    for (let index = 0; index < bytes.length; index++) {
      bytes[index] = Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16) || 0;
    }
    return { kind: 'data', value: bytes };
  }

  /** A quoted or plain text; null when there is neither. */
  #word(): string | null {
    const text = this.#text;
    const quote = text[this.#at];
    if (quote !== '"' && quote !== "'") {
      const from = this.#at;
      while (/[\w$./:-]/.test(text[this.#at] ?? '')) this.#at += 1;
      return this.#at === from ? null : text.slice(from, this.#at);
    }
    const parts: string[] = [];
    let from = ++this.#at;
    while (this.#at < text.length && text[this.#at] !== quote) {
      if (text[this.#at] !== '\\') {
        this.#at += 1;
        continue;
      }
      parts.push(text.slice(from, this.#at));
      const code = /^\\(?:U([0-9A-Fa-f]{4})|([0-7]{1,3}))/.exec(text.slice(this.#at, this.#at + 6));
      const next = text[this.#at + 1] ?? '';
      const digits = code?.[1] ?? code?.[2];
      parts.push(
        digits === undefined
          ? (ESCAPES[next] ?? next)
          : String.fromCharCode(Number.parseInt(digits, code?.[1] === undefined ? 8 : 16)),
      );
      this.#at += code?.[0].length ?? 2;
      from = this.#at;
    }
    parts.push(text.slice(from, this.#at));
    if (this.#at >= text.length) this.#fault('a quotation is not closed');
    this.#at += 1;
    return parts.join('');
  }

  #skip(): void {
    const text = this.#text;
    for (;;) {
      while (isSpace(text.charCodeAt(this.#at))) this.#at += 1;
      const line = text.startsWith('//', this.#at);
      if (!line && !text.startsWith('/*', this.#at)) return;
      const end = line ? text.indexOf('\n', this.#at) : text.indexOf('*/', this.#at + 2);
      this.#at = end < 0 ? text.length : end + (line ? 1 : 2);
    }
  }

  #fault(message: string): void {
    this.#diagnostics.error('plist.text.malformed', message, { offset: this.#at });
  }
}
