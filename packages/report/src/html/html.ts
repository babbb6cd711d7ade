import { printable } from '../text/printable.ts';

/** Markup that is safe to put into a page: made by `html` alone. */
export interface Html {
  readonly markup: string;
}

type Part = string | number | Html | null | readonly Part[];

/**
 * A piece of HTML. Everything that is put in and is not itself made by this function is text: what does not show is made visible and what HTML reads is escaped, for
 * element content and for attributes in double quotes alike. So a place where somebody forgets to escape does not exist. `null` puts nothing.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { markup: strings.reduce((markup, text, index) => markup + markupOf(parts[index - 1] ?? null) + text) };
}

function markupOf(part: Part): string {
  if (part === null) return '';
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return isList(part) ? part.map(markupOf).join('') : part.markup;
}

function isList(part: readonly Part[] | Html): part is readonly Part[] {
  return Array.isArray(part);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
