import { CliError, EXIT } from '../exit-code.ts';

/**
 * What a person types to choose among names: `*` stands for anything, `/…/` is a regular expression (ECMAScript, ignoring case), anything else is looked for as a part,
 * ignoring case.
 * @throws CliError for a regular expression that is none
 */
export function matcher(pattern: string): (text: string) => boolean {
  const expression = /^\/(.+)\/$/.exec(pattern)?.[1];
  if (expression !== undefined) {
    try {
      const compiled = new RegExp(expression, 'i');
      return (text) => compiled.test(text);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new CliError(EXIT.usage, `${pattern} is no regular expression: ${reason}`);
    }
  }
  const wanted = pattern.toLowerCase();
  if (!wanted.includes('*')) return (text) => text.toLowerCase().includes(wanted);
  const parts = wanted.split('*');
  return (text) => matchesParts(text.toLowerCase(), parts);
}

/** The parts in their order, the first at the start, the last at the end; linear in the text, as a regular expression with many `.*` is not. */
function matchesParts(text: string, parts: readonly string[]): boolean {
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
  let at = first.length;
  const end = text.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
