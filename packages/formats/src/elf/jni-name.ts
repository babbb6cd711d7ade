/** A native method that the runtime finds by the name of its function. */
export interface JniName {
  /** e.g. `com.example.Native`; `$` of inner classes as it is in the class file. */
  readonly className: string;
  readonly method: string;
  /** Descriptor of the parameters, e.g. `(ILjava/lang/String;)`, where the name has them: for overloads. */
  readonly parameters: string | null;
}

/** The method that `Java_…` stands for (JNI specification, "Resolving Native Method Names"); null for other names. */
export function readJniName(symbol: string): JniName | null {
  if (!symbol.startsWith('Java_')) return null;
  const mangled = symbol.slice(5);
  // Two underscores begin the parameters, unless the second one begins an escape: `_1`, `_2`, `_3`, `_0xxxx`.
  const cut = /__(?![0-3])/u.exec(mangled)?.index ?? mangled.length;
  const path = mangled.slice(0, cut);
  const separators = [...path.matchAll(/_(?![0-3])/gu)];
  const last = separators.at(-1)?.index;
  if (last === undefined || last === 0 || last === path.length - 1) return null;
  return {
    className: unescape(path.slice(0, last), '.'),
    method: unescape(path.slice(last + 1), '_'),
    parameters: cut === mangled.length ? null : `(${unescape(mangled.slice(cut + 2), '/')})`,
  };
}

const ESCAPES: Readonly<Record<string, string>> = { _1: '_', _2: ';', _3: '[' };

function unescape(text: string, separator: string): string {
  return text.replace(/_0([0-9a-f]{4})|_[1-3]|_/gu, (found, unit: string | undefined) =>
    unit === undefined ? (ESCAPES[found] ?? separator) : String.fromCharCode(Number.parseInt(unit, 16)),
  );
}
