import { createKeywordSearch } from './keyword-search.ts';
import { compilePattern, type SecretMatch, type SecretPattern } from './secret-pattern.ts';

export interface SecretSearch {
  /** Matches of each pattern that has some, by its index, in ascending order; those of one pattern do not overlap and are in the order of the text. */
  search(text: string): readonly PatternMatches[];
  /** Places that were not tried because the budget was spent. */
  readonly leftOut: number;
}

export interface PatternMatches {
  readonly pattern: number;
  readonly matches: readonly SecretMatch[];
}

/** No pattern matches anything shorter; a test holds them to it. */
export const SHORTEST_MATCH = 10;
/** Honest apps of 60 MB of code have some ten thousand places. */
const MAX_TRIES = 1_000_000;

/**
 * Searches texts for many patterns at once: one pass finds all keywords, and only where one is found its pattern is tried. The answer is that of
 * searching with each pattern by itself (`searchOneByOne`), as long as no more than `maxTries` places were tried over the life of the search.
 */
export function createSecretSearch(patterns: readonly SecretPattern[], maxTries = MAX_TRIES): SecretSearch {
  const owners: number[] = [];
  const keywords = patterns.flatMap((pattern, index) => {
    owners.push(...pattern.keywords.map(() => index));
    return pattern.keywords;
  });
  const keywordSearch = createKeywordSearch(keywords);
  const expressions = patterns.map((pattern) => compilePattern(pattern, 'y'));
  const leads = patterns.map(({ lead }) => (lead === undefined ? null : lead.lengths));
  let tries = 0;
  let leftOut = 0;
  let starts = new Map<number, number[]>();
  const onKeyword = (keyword: number, start: number): void => {
    const pattern = owners[keyword] ?? 0;
    let places = starts.get(pattern);
    if (places === undefined) starts.set(pattern, (places = []));
    const lengths = leads[pattern] ?? null;
    if (lengths === null) places.push(start);
    else for (const length of lengths) if (start >= length) places.push(start - length);
  };

  return {
    get leftOut() {
      return leftOut;
    },
    search(text) {
      if (text.length < SHORTEST_MATCH) return [];
      keywordSearch.search(text, onKeyword);
      if (starts.size === 0) return [];
      const found: PatternMatches[] = [];
      for (const [pattern, places] of starts) {
        const expression = expressions[pattern];
        if (expression === undefined) continue;
        // Keywords of different lengths are met in the order of their ends.
        if (places.length > 1) places.sort((a, b) => a - b);
        const matches: SecretMatch[] = [];
        let end = 0;
        for (const place of places) {
          if (place < end) continue;
          if (++tries > maxTries) {
            leftOut++;
            continue;
          }
          expression.lastIndex = place;
          const match = expression.exec(text);
          if (match === null) continue;
          matches.push(toMatch(text, match));
          end = expression.lastIndex;
        }
        if (matches.length > 0) found.push({ pattern, matches });
      }
      starts = new Map();
      return found.sort((a, b) => a.pattern - b.pattern);
    },
  };
}

/** What a match of a compiled pattern says. */
export function toMatch(text: string, match: RegExpExecArray): SecretMatch {
  const [whole] = match;
  const secret = match.groups?.['secret'] ?? whole;
  const keyword = match.groups?.['keyword'] ?? '';
  return {
    text,
    start: match.index,
    end: match.index + whole.length,
    secretStart: match.index + whole.lastIndexOf(secret),
    secret,
    random: secret === whole ? whole.replace(keyword, '') : secret,
  };
}
