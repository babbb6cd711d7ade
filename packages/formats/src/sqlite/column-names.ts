/** What the text of a `create table` says of its columns. */
export interface TableColumns {
  readonly names: readonly string[];
  /** The column that stands for the row id, which records leave null (file format, section 2.4); -1: none. */
  readonly rowidAlias: number;
  /** Kept in an index tree, which is not read. */
  readonly withoutRowid: boolean;
}

const CONSTRAINT = /^(?:constraint|primary|unique|check|foreign)$/i;
/** Longer definitions are read by nobody, SQLite included: its limit is one million bytes. */
const MAX_SQL = 1_000_000;

/**
 * Reads the names of columns from the text of a `create table` statement, as `sqlite_schema` keeps it. Not a parser of SQL: it knows quotes, comments, brackets and commas. Virtual generated columns are
 * left out, since records do not hold them.
 * @returns null when the text is no such statement
 */
export function columnsOf(sql: string): TableColumns | null {
  const tokens = tokensOf(sql.slice(0, MAX_SQL));
  const open = tokens.findIndex(({ text }) => text === '(');
  if (open < 0 || !/^create$/i.test(tokens[0]?.text ?? '')) return null;
  const { parts, end } = partsOf(tokens, open);
  const names: string[] = [];
  let alias = -1;
  let keyed: string | null = null;
  const integers = new Set<string>();
  for (const part of parts) {
    const [first, ...rest] = part;
    if (first === undefined) continue;
    const words = rest.filter(({ quoted }) => !quoted).map(({ text }) => text.toLowerCase());
    if (!first.quoted && CONSTRAINT.test(first.text)) {
      const key = part.findIndex(({ text }) => text.toLowerCase() === 'primary');
      // `primary key (a)`: of one column, so it may be the row id.
      if (key >= 0 && part[key + 2]?.text === '(' && part[key + 4]?.text === ')') keyed = part[key + 3]?.text ?? null;
      continue;
    }
    if (isVirtual(words)) continue;
    const isInteger = words[0] === 'integer';
    if (isInteger) integers.add(first.text.toLowerCase());
    const primary = words.indexOf('primary');
    if (isInteger && primary >= 0 && words[primary + 2] !== 'desc') alias = names.length;
    names.push(first.text);
  }
  if (keyed !== null && integers.has(keyed.toLowerCase()))
    alias = names.findIndex((name) => name.toLowerCase() === keyed.toLowerCase());
  const tail = tokens.slice(end).map(({ text }) => text.toLowerCase());
  return { names, rowidAlias: alias, withoutRowid: tail.includes('without') && tail.includes('rowid') };
}

function isVirtual(words: readonly string[]): boolean {
  const as = words.indexOf('as');
  return as >= 0 && words[as + 1] === '(' && !words.includes('stored');
}

interface Token {
  readonly text: string;
  readonly quoted: boolean;
}

function tokensOf(sql: string): Token[] {
  const tokens: Token[] = [];
  const pattern =
    /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"((?:[^"]|"")*)"|`((?:[^`]|``)*)`|\[([^\]]*)\]|'((?:[^']|'')*)'|([(),])|([^\s(),"'`[\]]+)/g;
  for (const match of sql.matchAll(pattern)) {
    const [, double, back, square, single, sign, word] = match;
    const quoted =
      double?.replaceAll('""', '"') ?? back?.replaceAll('``', '`') ?? square ?? single?.replaceAll("''", "'");
    if (quoted !== undefined) tokens.push({ text: quoted, quoted: true });
    else if (sign !== undefined || word !== undefined) tokens.push({ text: sign ?? word ?? '', quoted: false });
  }
  return tokens;
}

/** The definitions between the outer brackets, split at their commas. */
function partsOf(tokens: readonly Token[], open: number): { readonly parts: Token[][]; readonly end: number } {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined) break;
    const isSign = !token.quoted;
    if (isSign && token.text === '(') depth += 1;
    if (isSign && token.text === ')') depth -= 1;
    if (depth === 0) return { parts, end: at + 1 };
    if (depth === 1 && isSign && token.text === ',') parts.push([]);
    else if (!(depth === 1 && isSign && token.text === '(' && at === open)) parts.at(-1)?.push(token);
  }
  return { parts, end: tokens.length };
}
