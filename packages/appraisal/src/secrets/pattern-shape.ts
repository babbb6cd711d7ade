/** What can be said of a regular expression without running it. */
export interface PatternShape {
  /** Characters of the shortest and of the longest match. */
  readonly shortest: number;
  readonly longest: number;
  /**
   * How many ways there are, at most, to divide a text among the repeats of the expression: bounds the work of trying it at one place. A repeat whose characters cannot begin
   * what follows has one way only.
   */
  readonly ways: number;
  /** A repeat that varies inside of another that does: the beginning of catastrophic backtracking. */
  readonly nested: boolean;
}

/** Codes of ASCII characters; 128 stands for all others. */
type Characters = ReadonlySet<number>;

interface Part extends PatternShape {
  /** What a match may begin with. */
  readonly first: Characters;
  /** What a repeat that varies repeats, when that is one character; else null. */
  readonly repeats: Characters | null;
}

/**
 * Measures an expression of literals, classes, groups, alternatives, lookarounds and repeats.
 * @param source of a RegExp without the flags `u` and `v`
 * @throws SyntaxError for what it does not know: back references, braces that are no repeat
 */
export function patternShape(source: string): PatternShape {
  const reader = { source, at: 0 };
  const { shortest, longest, ways, nested } = alternatives(reader);
  if (reader.at < source.length) throw new SyntaxError(`unexpected ${source.slice(reader.at)}`);
  return { shortest, longest, ways, nested };
}

interface Reader {
  readonly source: string;
  at: number;
}

const NONE: Characters = new Set();
const NOTHING: Part = { shortest: 0, longest: 0, ways: 1, nested: false, first: NONE, repeats: null };

function alternatives(reader: Reader): Part {
  let shape = sequence(reader);
  while (reader.source[reader.at] === '|') {
    reader.at++;
    const other = sequence(reader);
    shape = {
      shortest: Math.min(shape.shortest, other.shortest),
      longest: Math.max(shape.longest, other.longest),
      ways: shape.ways + other.ways,
      nested: shape.nested || other.nested,
      first: new Set([...shape.first, ...other.first]),
      repeats: null,
    };
  }
  return shape;
}

function sequence(reader: Reader): Part {
  const parts: Part[] = [];
  while (reader.at < reader.source.length && !'|)'.includes(reader.source[reader.at] ?? '')) {
    parts.push(repeated(atom(reader), reader));
  }
  return parts.reduceRight(joined, NOTHING);
}

/** A part with what follows it. */
function joined(rest: Part, part: Part): Part {
  if (rest === NOTHING) return part;
  const { repeats } = part;
  const isClear = repeats !== null && rest.shortest > 0 && !Array.from(rest.first).some((code) => repeats.has(code));
  return {
    shortest: part.shortest + rest.shortest,
    longest: part.longest + rest.longest,
    ways: (isClear ? 1 : part.ways) * rest.ways,
    nested: part.nested || rest.nested,
    first: part.shortest > 0 ? part.first : new Set([...part.first, ...rest.first]),
    repeats: null,
  };
}

function atom(reader: Reader): Part {
  const rest = reader.source.slice(reader.at);
  const group = /^\((?:\?(?:[:=!]|<[=!]|<[A-Za-z]\w*>))?/.exec(rest)?.[0];
  if (group !== undefined) {
    reader.at += group.length;
    const inner = alternatives(reader);
    if (reader.source[reader.at] !== ')') throw new SyntaxError(`a group is open: ${rest}`);
    reader.at++;
    // A lookaround takes no characters; the work in it counts.
    return /[=!]$/.test(group) ? { ...NOTHING, ways: inner.ways, nested: inner.nested } : inner;
  }
  const anchor = /^(?:\\[bB]|[$^])/.exec(rest)?.[0];
  const token = anchor ?? /^(?:\[(?:\\.|[^\]\\])*\]|\\[^1-9k]|[^()*+?[\\{|}])/.exec(rest)?.[0];
  if (token === undefined) throw new SyntaxError(`cannot read ${rest}`);
  reader.at += token.length;
  return anchor === undefined ? { ...NOTHING, shortest: 1, longest: 1, first: charactersOf(token) } : NOTHING;
}

function repeated(part: Part, reader: Reader): Part {
  const repeat = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/.exec(reader.source.slice(reader.at));
  if (repeat === null) return part;
  reader.at += repeat[0].length;
  const [, sign, from, comma, to] = repeat;
  const least = sign === undefined ? Number(from) : sign === '+' ? 1 : 0;
  const open = sign === '*' || sign === '+' || (comma !== undefined && to === '');
  const most = open ? Number.POSITIVE_INFINITY : sign === '?' ? 1 : comma === undefined ? least : Number(to);
  const varies = most !== least;
  const isOne = part.shortest === 1 && part.longest === 1;
  return {
    shortest: part.shortest * least,
    longest: part.longest === 0 ? 0 : part.longest * most,
    ways: (most - least + 1) * (part.ways === 1 ? 1 : part.ways ** most),
    // `(ab{1,2})?` is harmless: it is there once or not at all.
    nested: part.nested || (varies && most > 1 && part.ways > 1),
    first: part.first,
    repeats: varies && isOne ? part.first : null,
  };
}

/** What one token matches: as the engine says. */
function charactersOf(token: string): Characters {
  const one = new RegExp(`^${token}$`, 's');
  const codes = Array.from({ length: 128 }, (_, code) => code).filter((code) => one.test(String.fromCharCode(code)));
  return new Set(one.test('\u4e00') ? [...codes, 128] : codes);
}
