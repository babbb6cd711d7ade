import type { Severity } from '@vedette/contracts';

/**
 * What one kind of secret looks like: `lead`, one of `keywords`, `rest`, in this order. That every match has a keyword at a place known
 * beforehand lets one search for all keywords replace the search for each pattern. A test holds every pattern to bounded repeats that are not nested.
 */
export interface SecretPattern {
  /** Plain text, at least one. Upper and lower case count only as far as `rest` does (flag `i`). */
  readonly keywords: readonly string[];
  /** What stands before the keyword and belongs to the match; its possible lengths in characters. */
  readonly lead?: { readonly pattern: RegExp; readonly lengths: readonly number[] };
  /** What follows the keyword. A group `secret` names the part that is to be kept secret; without one it is the whole match. */
  readonly rest: RegExp;
  /** Characters that may stand neither before nor after a match, as the inside of a class; default letters, digits, `_` and `-`. Null for no such limit. */
  readonly edges?: { readonly before: string | null; readonly after: string | null };
}

/** A place where a pattern matches. Offsets are in characters of `text`. */
export interface SecretMatch {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly secretStart: number;
  readonly secret: string;
  /** The match without its keyword: what somebody chose by chance. Of a match with a group `secret`, that. */
  readonly random: string;
}

/** What a look at a match adds. */
export interface SecretVerdict {
  /** When the case at hand is worse or milder than usual. */
  readonly severity?: Severity;
  /** When it weighs less than usual: a factor above 0, at most 1. */
  readonly share?: number;
  /** What is to be added to the evidence. */
  readonly note?: string;
}

/**
 * Looks closer at a match. Null: it is no secret, and no other kind may take it for one. Undefined: it is not of this kind, others may have it.
 */
export type SecretCheck = (match: SecretMatch, nowMs: number) => SecretVerdict | null | undefined;

const WORD = 'A-Za-z0-9_-';

/**
 * The regular expression of a whole pattern, with the given flags besides its own.
 * @param flags `y` to try one place, `g` to search
 */
export function compilePattern({ keywords, lead, rest, edges }: SecretPattern, flags: 'g' | 'y'): RegExp {
  const { before, after } = edges ?? { before: WORD, after: WORD };
  const words = keywords.map((keyword) => keyword.replace(/[$()*+./?[\\\]^{|}]/g, '\\$&')).join('|');
  return new RegExp(
    `${before === null ? '' : `(?<![${before}])`}${lead?.pattern.source ?? ''}(?<keyword>${words})${rest.source}${after === null ? '' : `(?![${after}])`}`,
    `${flags}${rest.ignoreCase ? 'i' : ''}`,
  );
}
