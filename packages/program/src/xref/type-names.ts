/**
 * `com.example.Main` or `int[]` as a type descriptor, the reverse of `javaName`. A descriptor of a class or an array is
 * given back as it is; `V` alone is a class of that name, as shrinkers make them.
 */
export function descriptorOf(name: string): string {
  if (name.startsWith('[') || (name.startsWith('L') && name.endsWith(';'))) return name;
  let end = name.length;
  while (end >= 2 && name.startsWith('[]', end - 2)) end -= 2;
  const element = name.slice(0, end);
  return '['.repeat((name.length - end) / 2) + (PRIMITIVES.get(element) ?? `L${element.replaceAll('.', '/')};`);
}

const PRIMITIVES: ReadonlyMap<string, string> = new Map([
  ['void', 'V'],
  ['boolean', 'Z'],
  ['byte', 'B'],
  ['short', 'S'],
  ['char', 'C'],
  ['int', 'I'],
  ['long', 'J'],
  ['float', 'F'],
  ['double', 'D'],
]);

/** Types of `(…)…` as descriptors; null for what is no method descriptor. */
export function splitDescriptor(
  descriptor: string,
): { readonly parameters: readonly string[]; readonly result: string } | null {
  const close = descriptor.indexOf(')');
  if (!descriptor.startsWith('(') || close < 0) return null;
  const listed = descriptor.slice(1, close);
  const parameters = listed.match(/\[*(?:L[^;]+;|[ZBSCIJFD])/g) ?? [];
  return parameters.join('') === listed ? { parameters, result: descriptor.slice(close + 1) } : null;
}
