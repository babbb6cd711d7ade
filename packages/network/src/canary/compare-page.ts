const AROUND = 256;

/** What is different in a page that was fetched. */
export interface PageDifference {
  /** In characters from the start. */
  readonly offset: number;
  /** What stands around the first difference, at most 512 characters. */
  readonly expected: string;
  readonly seen: string;
}

/** The first place where two texts part; null where they are equal. */
export function comparePage(expected: string, seen: string): PageDifference | null {
  if (expected === seen) return null;
  let offset = 0;
  while (offset < expected.length && expected[offset] === seen[offset]) offset += 1;
  const from = Math.max(0, offset - AROUND / 2);
  const cut = (text: string): string => text.slice(from, offset + AROUND);
  return { offset, expected: cut(expected), seen: cut(seen) };
}

/** Links to http that stand where `host` was linked with https. */
export function strippedLinks(host: string, seen: string): number {
  return seen.split(`http://${host}`).length - 1;
}
