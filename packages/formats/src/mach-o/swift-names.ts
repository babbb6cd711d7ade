const KINDS: Readonly<Record<string, true>> = { C: true, V: true, O: true, P: true };

/**
 * The readable name of a Swift type whose mangling is plain: `_TtC4Shop4Cart` and `$s4Shop4CartC` are `Shop.Cart`. What
 * needs more (generics, operators, substitutions) is given back as it is.
 */
export function demangleTypeName(name: string): string {
  const old = /^_Tt([CVOP]+)(.*)$/s.exec(name);
  if (old !== null) return names(old[2] ?? '', (old[1] ?? '').length + 1) ?? name;
  const stable = /^_?\$s(.*)$/s.exec(name);
  if (stable !== null) return nested(stable[1] ?? '') ?? name;
  return name;
}

/** `count` names, each with its length before it, and nothing behind them (`_`, in protocols, excepted). */
function names(text: string, count: number): string | null {
  const parts: string[] = [];
  let rest = text;
  while (parts.length < count) {
    const piece = leadingName(rest);
    if (piece === null) return null;
    parts.push(piece.name);
    rest = piece.rest;
  }
  return rest === '' || rest === '_' ? parts.join('.') : null;
}

/** A module and types inside of each other, each followed by the letter of its kind. */
function nested(text: string): string | null {
  const first = leadingName(text);
  if (first === null) return null;
  const parts = [first.name];
  let rest = first.rest;
  while (rest !== '' && rest !== 'N' && rest !== 'D') {
    const piece = leadingName(rest);
    if (piece === null || KINDS[piece.rest[0] ?? ''] === undefined) return null;
    parts.push(piece.name);
    rest = piece.rest.slice(1);
  }
  return parts.length > 1 ? parts.join('.') : null;
}

function leadingName(text: string): { readonly name: string; readonly rest: string } | null {
  const digits = /^[1-9]\d{0,3}/.exec(text)?.[0];
  if (digits === undefined) return null;
  const end = digits.length + Number(digits);
  return end > text.length ? null : { name: text.slice(digits.length, end), rest: text.slice(end) };
}
