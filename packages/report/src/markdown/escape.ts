import { shortened } from '../text/printable.ts';

/**
 * Text as one line of Markdown that says just that text: no link, no image, no HTML, no mention, no new table cell (CommonMark 0.31 section 2.4: any ASCII punctuation
 * may be escaped with a backslash, and any character be written as a reference). GitHub looks for mentions in what was rendered, so an empty comment parts the `@` from the name; bare links are looked for in the
 * source (GFM section 6.9), so their colon or dot is a character reference.
 */
export function markdownText(text: string, most = 2_000): string {
  return shortened(text, most)
    .replace(/[&<`|]/g, (character) => `&#${character.codePointAt(0)};`)
    .replace(/[\\*_{}[\]()+!~=^$>]|(?<!&)#/g, '\\$&')
    .replaceAll('@', '@<!-- -->')
    .replace(
      /(https?|ftp|mailto|xmpp|www)([:.])/gi,
      (_all, scheme: string, mark: string) => `${scheme}&#${mark.codePointAt(0)};`,
    )
    .replace(
      /^(\s*)(-|\d+\.)/,
      (_all, space: string, mark: string) => `${space}${mark.slice(0, -1)}\\${mark.slice(-1)}`,
    );
}

/** Text of an app as code: a span that no number of backticks in it can end (CommonMark 0.31 section 6.1). Nothing in it is read as Markdown. */
export function markdownCode(text: string, most = 400): string {
  const safe = shortened(text, most);
  const longest = Math.max(0, ...[...safe.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = safe.startsWith('`') || safe.endsWith('`') || safe.trim() === '' ? ' ' : '';
  return `${fence}${pad}${safe}${pad}${fence}`;
}

/** The same for a cell of a table, where a bar ends the cell even in code (GFM section 4.10). */
export function markdownCellCode(text: string, most = 200): string {
  return markdownCode(text, most).replaceAll('|', '\\|');
}
