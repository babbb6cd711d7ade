import { compilePattern, type SecretPattern } from './secret-pattern.ts';
import { type PatternMatches, SHORTEST_MATCH, toMatch } from './secret-search.ts';

/** The plain way, every pattern over the whole text: what `createSecretSearch` is compared with in tests and in the benchmark. */
export function searchOneByOne(patterns: readonly SecretPattern[]): (text: string) => readonly PatternMatches[] {
  const expressions = patterns.map((pattern) => compilePattern(pattern, 'g'));
  return (text) =>
    text.length < SHORTEST_MATCH
      ? []
      : expressions.flatMap((expression, pattern) => {
          const matches = [...text.matchAll(expression)].map((match) => toMatch(text, match));
          return matches.length === 0 ? [] : [{ pattern, matches }];
        });
}
