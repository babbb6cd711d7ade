/**
 * STIX patterns (STIX 2.1, section 9), as far as they name values: comparisons with `=` and `IN`, joined by AND and OR, in parentheses, in observations that OR joins. What
 * cannot be held against single records exactly (NOT, LIKE, MATCHES, several observations, qualifiers) is refused with its reason, never read as something else.
 */
export interface Comparison {
  /** Object path in small letters and without quotes: `file:hashes.sha-256`. */
  readonly path: string;
  readonly value: string;
}

export type PatternResult =
  | {
      readonly ok: true /** Alternatives; of each, all comparisons must hold. */;
      readonly alternatives: readonly (readonly Comparison[])[];
    }
  | { readonly ok: false; readonly reason: string };

/** Most alternatives that one pattern may come to; more is no indicator but a list. */
const MAX_ALTERNATIVES = 1_000;
const MAX_TOKENS = 20_000;
const MAX_DEPTH = 50;

type Token = { readonly kind: 'word' | 'text' | 'sign'; readonly text: string };
type Alternatives = readonly (readonly Comparison[])[];

class PatternError extends Error {}

/** Reads one pattern. Never throws; linear in its length but for the product of alternatives, which is bounded. */
export function readStixPattern(pattern: string): PatternResult {
  try {
    return { ok: true, alternatives: parse(tokens(pattern)) };
  } catch (error) {
    if (error instanceof PatternError) return { ok: false, reason: error.message };
    throw error;
  }
}

function tokens(pattern: string): Token[] {
  const found: Token[] = [];
  // A string, a sign, or a word; an object path is one word, quoted parts and indices included.
  const shape =
    /\s+|'((?:[^'\\]|\\[\s\S])*)'|"((?:[^"\\]|\\[\s\S])*)"|(!=|<=|>=|[[\]()=<>,])|([A-Za-z][\w-]*:(?:[\w.-]|'(?:[^'\\]|\\.)*'|"[^"]*"|\[(?:\d+|\*)\])+|[\w.+-]+)/y;
  while (shape.lastIndex < pattern.length) {
    const at = shape.lastIndex;
    const match = shape.exec(pattern);
    if (match === null) throw new PatternError(`cannot be read at character ${at}`);
    const [, single, double, sign, word] = match;
    const text = single ?? double;
    if (text !== undefined) found.push({ kind: 'text', text: text.replace(/\\([\s\S])/g, '$1') });
    else if (sign !== undefined) found.push({ kind: 'sign', text: sign });
    else if (word !== undefined) found.push({ kind: 'word', text: word });
    if (found.length > MAX_TOKENS) throw new PatternError('is too long');
  }
  return found;
}

function parse(all: readonly Token[]): Alternatives {
  let at = 0;
  const peek = (): Token | undefined => all[at];
  const isWord = (word: string): boolean => peek()?.kind === 'word' && peek()?.text.toUpperCase() === word;
  const isSign = (sign: string): boolean => peek()?.kind === 'sign' && peek()?.text === sign;
  const expectSign = (sign: string): void => {
    if (!isSign(sign)) throw new PatternError(`lacks “${sign}”`);
    at += 1;
  };

  const observations = (depth: number): Alternatives => {
    let found = observation(depth);
    while (peek() !== undefined && !isSign(')')) {
      if (isWord('OR')) {
        at += 1;
        found = join(found, observation(depth));
      } else if (isWord('AND') || isWord('FOLLOWEDBY')) {
        throw new PatternError('joins several observations, which single records cannot show');
      } else throw new PatternError(`has a qualifier (${peek()?.text ?? ''}), which single records cannot show`);
    }
    return found;
  };
  const observation = (depth: number): Alternatives => {
    if (depth > MAX_DEPTH) throw new PatternError('is nested too deeply');
    if (isSign('(')) {
      at += 1;
      const inner = observations(depth + 1);
      expectSign(')');
      return inner;
    }
    expectSign('[');
    const inner = either(depth + 1);
    expectSign(']');
    return inner;
  };
  const either = (depth: number): Alternatives => {
    let found = both(depth);
    while (isWord('OR')) {
      at += 1;
      found = join(found, both(depth));
    }
    return found;
  };
  const both = (depth: number): Alternatives => {
    let found = comparison(depth);
    while (isWord('AND')) {
      at += 1;
      const more = comparison(depth);
      if (found.length * more.length > MAX_ALTERNATIVES) throw new PatternError('comes to too many alternatives');
      found = found.flatMap((left) => more.map((right) => [...left, ...right]));
    }
    return found;
  };
  const comparison = (depth: number): Alternatives => {
    if (depth > MAX_DEPTH) throw new PatternError('is nested too deeply');
    if (isSign('(')) {
      at += 1;
      const inner = either(depth + 1);
      expectSign(')');
      return inner;
    }
    if (isWord('NOT') || isWord('EXISTS')) throw new PatternError(`uses ${peek()?.text ?? ''}, which names no value`);
    const token = peek();
    if (token?.kind !== 'word' || !token.text.includes(':')) throw new PatternError('lacks an object path');
    const path = token.text.toLowerCase().replace(/['"]/g, '');
    at += 1;
    if (isSign('=')) {
      at += 1;
      return [[{ path, value: literal() }]];
    }
    if (isWord('IN')) {
      at += 1;
      expectSign('(');
      const values: Comparison[][] = [[{ path, value: literal() }]];
      while (isSign(',')) {
        at += 1;
        values.push([{ path, value: literal() }]);
        if (values.length > MAX_ALTERNATIVES) throw new PatternError('comes to too many alternatives');
      }
      expectSign(')');
      return values;
    }
    throw new PatternError(`compares by ${peek()?.text ?? 'nothing'}, which names no value`);
  };
  const literal = (): string => {
    const token = peek();
    if (token === undefined || token.kind === 'sign') throw new PatternError('lacks a value');
    at += 1;
    return token.text;
  };

  const found = observations(0);
  if (at < all.length) throw new PatternError('has something after its end');
  return found;
}

function join(left: Alternatives, right: Alternatives): Alternatives {
  if (left.length + right.length > MAX_ALTERNATIVES) throw new PatternError('comes to too many alternatives');
  return [...left, ...right];
}
