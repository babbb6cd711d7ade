import { PolicyDocument } from '@vedette/contracts';

/** Something wrong with the text, and where: `line` is 1-based, null when the place is not known. */
export interface TextProblem {
  readonly message: string;
  readonly path: string;
  readonly line: number | null;
}

/** Line (1-based) of an offset. */
export function lineOfOffset(text: string, offset: number): number {
  return text.slice(0, Math.max(0, offset)).split('\n').length;
}

/**
 * The line on which the value at `path` begins, in JSON that parses. Walks the text once; no second parser to disagree with the first in meaning.
 * @param path keys and indices from the root
 */
export function lineOfPath(text: string, path: readonly (string | number)[]): number | null {
  let at = 0;
  const skip = () => {
    while (/\s/.test(text[at] ?? '')) at += 1;
  };
  const readString = (): string => {
    const start = at;
    at += 1;
    while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    at += 1;
    try {
      const value: unknown = JSON.parse(text.slice(start, at));
      return typeof value === 'string' ? value : '';
    } catch {
      return '';
    }
  };
  const skipValue = () => {
    skip();
    let depth = 0;
    do {
      const char = text[at];
      if (char === '"') readString();
      else {
        if (char === '{' || char === '[') depth += 1;
        if (char === '}' || char === ']') depth -= 1;
        if (depth < 0) return;
        at += 1;
      }
      if (depth === 0 && /[,}\]\s]/.test(text[at] ?? ',')) return;
    } while (at < text.length);
  };
  for (const key of path) {
    skip();
    const container = text[at];
    if (container !== '{' && container !== '[') return null;
    at += 1;
    let index = 0;
    for (;;) {
      skip();
      if (at >= text.length || text[at] === '}' || text[at] === ']') return null;
      let found = container === '[' && index === key;
      if (container === '{') {
        found = readString() === String(key);
        skip();
        at += 1;
      }
      if (found) break;
      skipValue();
      skip();
      if (text[at] === ',') at += 1;
      index += 1;
    }
  }
  skip();
  return lineOfOffset(text, at);
}

/** Parses and checks a policy's text; the server checks it again, and the conditions with it. */
export function readPolicy(
  text: string,
): { readonly document: PolicyDocument } | { readonly problems: readonly TextProblem[] } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : 'Not JSON';
    const position = /position (\d+)/.exec(message)?.[1];
    return {
      problems: [
        {
          message: `Not JSON: ${message.replace(/ in JSON at position.*$/, '')}`,
          path: '',
          line: position === undefined ? null : lineOfOffset(text, Number(position)),
        },
      ],
    };
  }
  const parsed = PolicyDocument.safeParse(value);
  if (parsed.success) return { document: parsed.data };
  return {
    problems: parsed.error.issues.map((issue) => {
      const path = issue.path.filter((part): part is string | number => typeof part !== 'symbol');
      return { message: issue.message, path: path.join('.'), line: lineOfPath(text, path) };
    }),
  };
}

/** Places for the server's messages, whose paths are dotted or slashed. */
export function serverProblems(
  text: string,
  errors: readonly { readonly path: string; readonly message: string }[],
): readonly TextProblem[] {
  return errors.map(({ path, message }) => {
    const parts = path
      .replace(/^\/?(document[./])?/, '')
      .replace(/\[(\d+)\]/g, '.$1')
      .split(/[./]/)
      .filter((part) => part !== '')
      .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
    return { message, path: parts.join('.'), line: lineOfPath(text, parts) };
  });
}
