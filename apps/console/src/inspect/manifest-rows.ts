import type { ManifestElement } from '@vedette/program';

/** One element of the manifest as a line of a tree. `end` is the index behind its last descendant. */
export interface ManifestRow {
  readonly depth: number;
  readonly name: string;
  readonly line: number;
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
  readonly end: number;
}

/** Real manifests have up to some 5,000 elements; a hostile one is shown as far as this. */
const MAX_ROWS = 20_000;
const MAX_VALUE = 1_000;

/** The tree in reading order, without recursion: a hostile manifest may be as deep as it is long. */
export function manifestRows(root: ManifestElement): {
  readonly rows: readonly ManifestRow[];
  readonly complete: boolean;
} {
  const rows: { depth: number; name: string; line: number; attributes: ManifestRow['attributes']; end: number }[] = [];
  const open: number[] = [];
  const stack: { readonly element: ManifestElement; readonly depth: number }[] = [{ element: root, depth: 0 }];
  let next = stack.pop();
  for (; next !== undefined && rows.length < MAX_ROWS; next = stack.pop()) {
    const { element, depth } = next;
    for (let index = open.length - 1; index >= depth; index--) {
      const row = rows[open[index] ?? -1];
      if (row !== undefined) row.end = rows.length;
    }
    open.length = depth;
    open.push(rows.length);
    rows.push({
      depth,
      name: element.name,
      line: element.line,
      attributes: element.attributes.map(({ name, namespace, value }) => ({
        name: prefixed(name, namespace),
        value: value.length > MAX_VALUE ? `${value.slice(0, MAX_VALUE)}…` : value,
      })),
      end: rows.length + 1,
    });
    for (let index = element.children.length - 1; index >= 0; index--) {
      const child = element.children[index];
      if (child !== undefined) stack.push({ element: child, depth: depth + 1 });
    }
  }
  for (const index of open) {
    const row = rows[index];
    if (row !== undefined) row.end = rows.length;
  }
  return { rows, complete: next === undefined };
}

const PREFIXES: Readonly<Record<string, string>> = {
  'http://schemas.android.com/apk/res/android': 'android',
  'http://schemas.android.com/tools': 'tools',
  'http://schemas.android.com/apk/distribution': 'dist',
};

function prefixed(name: string, namespace: string | null): string {
  if (namespace === null || namespace === '') return name;
  return `${PREFIXES[namespace] ?? namespace}:${name}`;
}

/** Which rows are seen when `folded` are closed; with a search, those that match and what they stand in. */
export function visibleRows(rows: readonly ManifestRow[], folded: ReadonlySet<number>, search: string): number[] {
  const needle = search.trim().toLowerCase();
  if (needle === '') {
    const shown: number[] = [];
    for (let index = 0; index < rows.length; ) {
      shown.push(index);
      index = folded.has(index) ? (rows[index]?.end ?? index + 1) : index + 1;
    }
    return shown;
  }
  const kept = new Set<number>();
  const above: number[] = [];
  for (const [index, row] of rows.entries()) {
    above.length = row.depth;
    above.push(index);
    if (matches(row, needle)) for (const ancestor of above) kept.add(ancestor);
  }
  return [...kept].sort((a, b) => a - b);
}

function matches(row: ManifestRow, needle: string): boolean {
  return (
    row.name.toLowerCase().includes(needle) ||
    row.attributes.some(({ name, value }) => `${name}="${value}"`.toLowerCase().includes(needle))
  );
}

/** The rows as XML text, for the clipboard. */
export function manifestText(rows: readonly ManifestRow[]): string {
  const lines: string[] = [];
  const open: ManifestRow[] = [];
  const close = (depth: number) => {
    while (open.length > depth) {
      const row = open.pop();
      if (row !== undefined) lines.push(`${'  '.repeat(row.depth)}</${row.name}>`);
    }
  };
  for (const [index, row] of rows.entries()) {
    close(row.depth);
    const attributes = row.attributes.map(({ name, value }) => ` ${name}="${escaped(value)}"`).join('');
    const empty = row.end === index + 1;
    lines.push(`${'  '.repeat(row.depth)}<${row.name}${attributes}${empty ? ' />' : '>'}`);
    if (!empty) open.push(row);
  }
  close(0);
  return lines.join('\n');
}

function escaped(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
