import type { Diagnostics } from '@vedette/bytes';
import type { ListedEntry } from './list-entries.ts';
import { printable } from './printable.ts';

/** Fewer entries say nothing about what is usual in the archive. */
const ENOUGH = 8;

/**
 * Weak signs of who wrote an entry: build tools give all entries one time and one system. Where nearly all have that and a few have another, those were likely
 * put in later. Signature files are always younger and do not count.
 */
export function reportOrigin(entries: readonly ListedEntry[], diagnostics: Diagnostics): void {
  const built = entries.filter(({ name }) => !/^META-INF\/[^/]+\.(?:MF|SF|RSA|DSA|EC)$/iu.test(name));
  reportFew(built, ({ modified }) => modified, 'zip.time.odd', 'another time than nearly all entries', diagnostics);
  reportFew(
    built,
    ({ madeBy }) => madeBy,
    'zip.made-by.odd',
    'written by another tool, or version, than nearly all entries',
    diagnostics,
  );
}

function reportFew(
  entries: readonly ListedEntry[],
  mark: (entry: ListedEntry) => number,
  id: string,
  message: string,
  diagnostics: Diagnostics,
): void {
  if (entries.length < ENOUGH) return;
  const counts = new Map<number, number>();
  for (const entry of entries) counts.set(mark(entry), (counts.get(mark(entry)) ?? 0) + 1);
  const [usual, count] = [...counts].reduce((most, next) => (next[1] > most[1] ? next : most));
  const few = entries.length - count;
  if (few === 0 || few * 10 > entries.length) return;
  for (const entry of entries) {
    if (mark(entry) !== usual)
      diagnostics.note(id, message, { where: printable(entry.name), offset: entry.localOffset });
  }
}
