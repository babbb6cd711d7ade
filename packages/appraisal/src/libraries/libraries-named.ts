import type { AppImage } from '@vedette/program';
import { libraryByName } from './library-by-name.ts';
import type { LibraryRow } from './library-row.ts';

/** Where a library was told by a name. */
export interface NamedClass {
  readonly file: string;
  readonly class: string;
  /** Of the table, without a dot at its end. */
  readonly package: string;
}

const kept = new WeakMap<AppImage, ReadonlyMap<LibraryRow, NamedClass>>();

/** For each library that a defined class carries the name of, the first such class. A class counts for the longest package alone. Linear in the classes. */
export function librariesNamed(image: AppImage): ReadonlyMap<LibraryRow, NamedClass> {
  const known = kept.get(image);
  if (known !== undefined) return known;
  const found = new Map<LibraryRow, NamedClass>();
  for (const { name, file } of image.code.classes()) {
    const library = libraryByName(name);
    if (library !== null && !found.has(library.row)) {
      found.set(library.row, { file, class: name, package: library.package });
    }
  }
  kept.set(image, found);
  return found;
}
