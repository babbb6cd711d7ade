/** The places where XML readers of property lists part ways; each has let a list say one thing to one reader and another to the next. */
export interface XmlReading {
  readonly name: string;
  /**
   * Where after `<` the search for the end of a comment begins. 4 is right; CoreFoundation before iOS 13.5 began at 3 and took
   * `<!--->` for a whole comment (CVE-2020-3883); 2 takes `<!-->` for one, as HTML does.
   */
  readonly commentBody: 2 | 3 | 4;
  /** Whether `>` inside of quotes ends a tag all the same, as in CoreFoundation. */
  readonly quotesHide: boolean;
  /** What ends a processing instruction; `pairs`: `?>`, but a question mark before it hides it, as in the kernel's reader. */
  readonly instructionEnd: '?>' | '>' | 'pairs';
  /** Whether the document type may have an internal subset in brackets, or ends at the first `>`. */
  readonly subsets: boolean;
}

/** CoreFoundation as it is today: this reading is the value. */
export const PLATFORM_READING: XmlReading = {
  name: 'CoreFoundation',
  commentBody: 4,
  quotesHide: false,
  instructionEnd: '?>',
  subsets: true,
};

/** Readings to compare with: CoreFoundation before iOS 13.5, the kernel's (OSUnserializeXML; as Siguza found in 2020), and two other habits. */
export const OTHER_READINGS: readonly XmlReading[] = [
  { ...PLATFORM_READING, name: 'CoreFoundation before iOS 13.5', commentBody: 3 },
  { ...PLATFORM_READING, name: 'IOKit', quotesHide: true, instructionEnd: 'pairs', subsets: false },
  { ...PLATFORM_READING, name: 'one that takes <!--> for a comment', commentBody: 2 },
  { ...PLATFORM_READING, name: 'one that ends instructions at the first >', instructionEnd: '>' },
];

/**
 * Whether the readings can differ: a comment that opens and closes with the same dashes, a quoted `>`, an instruction with
 * a `>` inside, an internal subset. Anything else they all read alike.
 */
export function readingsMayDiffer(text: string): boolean {
  return /<!--?-?>|=\s{0,8}(?:"[^"<>]{0,256}|'[^'<>]{0,256})>|<[A-Za-z]{1,32}\s{0,8}["']|<\?[^>]{0,256}[^?>]>|\?\?>|<!DOCTYPE[^>[]{0,1024}\[/.test(
    text,
  );
}

/** A place in the text of a list. */
export interface XmlScanner {
  readonly text: string;
  readonly reading: XmlReading;
  at: number;
}

/**
 * Skips white space, comments, instructions and the document type.
 *
 * @returns a fault where something is not closed; the scanner is then at the end
 */
export function skipMisc(scanner: XmlScanner): 'unclosed' | null {
  const { text, reading } = scanner;
  for (;;) {
    while (isSpace(text.charCodeAt(scanner.at))) scanner.at += 1;
    if (text.charCodeAt(scanner.at) !== 0x3c) return null;
    const next = text[scanner.at + 1];
    let end = -1;
    if (next === '?') end = instructionEnd(scanner);
    else if (next !== '!' || text.startsWith('<![CDATA[', scanner.at)) return null;
    else if (text.startsWith('<!--', scanner.at)) end = after(text, '-->', scanner.at + reading.commentBody);
    else end = documentTypeEnd(scanner);
    scanner.at = end < 0 ? text.length : end;
    if (end < 0) return 'unclosed';
  }
}

function instructionEnd({ text, reading, at }: XmlScanner): number {
  if (reading.instructionEnd !== 'pairs') return after(text, reading.instructionEnd, at + 2);
  for (let mark = text.indexOf('?', at + 2); mark >= 0; mark = text.indexOf('?', mark + 2)) {
    if (text[mark + 1] === '>') return mark + 2;
  }
  return -1;
}

function documentTypeEnd({ text, reading, at }: XmlScanner): number {
  const close = text.indexOf('>', at);
  if (close < 0) return -1;
  const bracket = reading.subsets ? text.slice(at, close).indexOf('[') + at : -1;
  if (bracket < at) return close + 1;
  const subsetEnd = text.indexOf(']', bracket);
  return subsetEnd < 0 ? -1 : after(text, '>', subsetEnd);
}

export interface XmlTag {
  readonly name: string;
  readonly kind: 'open' | 'close' | 'empty';
}

/** The tag that begins here, which is skipped; null when there is none, or it does not end. */
export function readTag(scanner: XmlScanner): XmlTag | null {
  const { text, reading } = scanner;
  if (text.charCodeAt(scanner.at) !== 0x3c) return null;
  const closing = text[scanner.at + 1] === '/';
  const from = scanner.at + (closing ? 2 : 1);
  let to = from;
  while (isNameCode(text.charCodeAt(to))) to += 1;
  if (to === from) return null;
  const end = reading.quotesHide ? unquotedEnd(text, to) : text.indexOf('>', to);
  // Without an end here no later tag has one: searching again for each would take quadratic time.
  scanner.at = end < 0 ? text.length : end + 1;
  if (end < 0) return null;
  const empty = !closing && text[end - 1] === '/';
  return { name: text.slice(from, Math.min(to, from + 64)), kind: closing ? 'close' : empty ? 'empty' : 'open' };
}

function unquotedEnd(text: string, from: number): number {
  let quote = '';
  for (let at = from; at < text.length; at++) {
    const char = text[at] ?? '';
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '>') return at;
  }
  return -1;
}

function after(text: string, what: string, from: number): number {
  const found = text.indexOf(what, from);
  return found < 0 ? -1 : found + what.length;
}

export function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

function isNameCode(code: number): boolean {
  const letter = code | 0x20;
  return (
    (letter >= 0x61 && letter <= 0x7a) ||
    (code >= 0x30 && code <= 0x3a) ||
    code === 0x5f ||
    code === 0x2d ||
    code === 0x2e
  );
}
