import type { AppImage } from '@vedette/program';

/** A class definition in one of the app's DEX files. */
export interface ClassPlace {
  /** Path of the file. */
  readonly file: string;
  readonly dex: AppImage['dex'][number]['dex'];
  /** Index of the definition. */
  readonly classDef: number;
  /** Java name. */
  readonly name: string;
}

/** Every class definition of the app in the order in which the platform finds them; of equal names only the first is used. */
export function* classPlaces(image: AppImage): Iterable<ClassPlace> {
  const seen = new Set<string>();
  for (const { path, dex } of image.dex) {
    for (const [classDef, type] of dex.classDefs.types.entries()) {
      const name = dex.typeName(type);
      if (seen.has(name)) continue;
      seen.add(name);
      yield { file: path, dex, classDef, name };
    }
  }
}

/** Nearest names to what a person typed, for the error: those that hold its last part. */
export function similarNames(names: Iterable<string>, wanted: string, limit = 3): string[] {
  const last = (wanted.split(/[.$/]/).at(-1) ?? wanted).toLowerCase();
  const found: string[] = [];
  if (last === '') return found;
  for (const name of names) {
    if (!name.toLowerCase().includes(last)) continue;
    found.push(name);
    if (found.length >= limit) break;
  }
  return found;
}
