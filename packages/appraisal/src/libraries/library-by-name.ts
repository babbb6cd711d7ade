import type { LibraryRow } from './library-row.ts';
import { LIBRARY_ROWS } from './library-rows.ts';

export interface NamedLibrary {
  readonly row: LibraryRow;
  /** The package that it was told by, without a dot at its end. */
  readonly package: string;
}

const BY_PACKAGE: ReadonlyMap<string, NamedLibrary> = new Map(
  LIBRARY_ROWS.flatMap((row) =>
    row.packages.map((name): [string, NamedLibrary] => {
      const bare = name.slice(0, -1);
      return [bare, { row, package: bare }];
    }),
  ),
);
/** No package in the table has more parts. */
const MAX_PARTS = Math.max(...[...BY_PACKAGE.keys()].map((name) => name.split('.').length));

/** The library whose package a class is in by its name, the longest where several fit; null for others. */
export function libraryByName(className: string): NamedLibrary | null {
  let found: NamedLibrary | null = null;
  let end = -1;
  for (let part = 0; part < MAX_PARTS; part++) {
    end = className.indexOf('.', end + 1);
    if (end < 0) break;
    found = BY_PACKAGE.get(className.slice(0, end)) ?? found;
  }
  return found;
}
