/** How a text for the terminal is laid out. */
export interface TextStyle {
  readonly colour: boolean;
  /** Columns of the terminal; text is broken there. */
  readonly width: number;
}

const CODES = { bold: '1', dim: '2', red: '31', green: '32', yellow: '33', blue: '34' } as const;
export type Ink = keyof typeof CODES;

/** Colours a text, where colour is wanted. */
export function ink(style: TextStyle, text: string, ...inks: readonly Ink[]): string {
  if (!style.colour || text === '') return text;
  return `\u001b[${inks.map((name) => CODES[name]).join(';')}m${text}\u001b[0m`;
}

/**
 * Makes text from evidence safe to print: control characters, which could move the cursor or recolour the terminal, and
 * marks that turn the direction of writing become `·`.
 */
export function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '·');
}

/** Breaks a text at spaces so that no line is longer than `width`; a longer word stands alone and is cut hard. */
export function wrap(text: string, width: number): string[] {
  const room = Math.max(20, width);
  const lines: string[] = [];
  let line = '';
  for (const word of printable(text).split(' ')) {
    let rest = word;
    if (line !== '' && line.length + 1 + rest.length <= room) {
      line += ` ${rest}`;
      continue;
    }
    if (line !== '') lines.push(line);
    while (rest.length > room) {
      lines.push(rest.slice(0, room));
      rest = rest.slice(room);
    }
    line = rest;
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** A paragraph, indented; the first line may have its own beginning of the same length. */
export function paragraph(text: string, width: number, indent: string, first = indent): string[] {
  return wrap(text, width - indent.length).map((line, index) => (index === 0 ? first : indent) + line);
}

/** Cuts a text to `length` columns, with an ellipsis. */
export function clip(text: string, length: number): string {
  const safe = printable(text);
  return safe.length <= length ? safe : `${safe.slice(0, Math.max(0, length - 1))}…`;
}

/** `1 thing`, `3 things`. */
export function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** An age in seconds as people say it: `12 min`, `5 h`, `3 d`. */
export function ageText(seconds: number): string {
  if (seconds < 90) return 'just now';
  if (seconds < 5400) return `${Math.round(seconds / 60)} min ago`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h ago`;
  return `${Math.round(seconds / 86_400)} d ago`;
}
