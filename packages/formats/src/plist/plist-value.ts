/** A value of a property list, whatever form it was written in. Binary lists share objects: the values form a graph without cycles, not always a tree. */
export type PlistValue =
  | PlistDictionary
  | PlistArray
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'integer'; readonly value: bigint }
  | { readonly kind: 'real'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** `value` is `2026-01-31T12:00:00Z`; null for what is no date. */
  | { readonly kind: 'date'; readonly value: string | null }
  | { readonly kind: 'data'; readonly value: Uint8Array }
  | { readonly kind: 'uid'; readonly value: number }
  /** What could not be read: a cycle, an object outside of the file, too deep a nesting; and the null of binary lists. */
  | { readonly kind: 'null' };

export interface PlistDictionary {
  readonly kind: 'dictionary';
  /** In the order of the file; of equal keys the one the platform takes. */
  readonly entries: ReadonlyMap<string, PlistValue>;
}

export interface PlistArray {
  readonly kind: 'array';
  readonly items: readonly PlistValue[];
}

/** Deepest nesting read: CoreFoundation gives up at 512. */
export const MAX_PLIST_DEPTH = 512;

/** Keys of dictionaries and indices of arrays, from the outside in. */
export type PlistPath = readonly (string | number)[];

/** The value at `path`; null when something on the way is missing or of another kind. */
export function plistAt(value: PlistValue | null | undefined, ...path: PlistPath): PlistValue | null {
  let at: PlistValue | undefined = value ?? undefined;
  for (const step of path) {
    if (at?.kind === 'dictionary' && typeof step === 'string') at = at.entries.get(step);
    else if (at?.kind === 'array' && typeof step === 'number') at = at.items[step];
    else return null;
  }
  return at ?? null;
}

/** The dictionary at `path`; null for anything else. */
export function dictionaryAt(value: PlistValue | null | undefined, ...path: PlistPath): PlistDictionary | null {
  const at = plistAt(value, ...path);
  return at?.kind === 'dictionary' ? at : null;
}

/** The items of the array at `path`; empty for anything else. */
export function itemsAt(value: PlistValue | null | undefined, ...path: PlistPath): readonly PlistValue[] {
  const at = plistAt(value, ...path);
  return at?.kind === 'array' ? at.items : [];
}

/** The text at `path`; null for anything else. */
export function textAt(value: PlistValue | null | undefined, ...path: PlistPath): string | null {
  const at = plistAt(value, ...path);
  return at?.kind === 'string' ? at.value : null;
}

/** The texts of the array at `path`, other items left out; a single text counts as an array of one. */
export function textsAt(value: PlistValue | null | undefined, ...path: PlistPath): readonly string[] {
  const single = textAt(value, ...path);
  if (single !== null) return [single];
  return itemsAt(value, ...path).flatMap((item) => (item.kind === 'string' ? [item.value] : []));
}

/** The integer or real at `path` as a number; null for anything else. */
export function numberAt(value: PlistValue | null | undefined, ...path: PlistPath): number | null {
  const at = plistAt(value, ...path);
  return at?.kind === 'integer' || at?.kind === 'real' ? Number(at.value) : null;
}

/** The boolean at `path`; null for anything else. */
export function booleanAt(value: PlistValue | null | undefined, ...path: PlistPath): boolean | null {
  const at = plistAt(value, ...path);
  return at?.kind === 'boolean' ? at.value : null;
}

/** The date at `path`, `2026-01-31T12:00:00Z`; null for anything else. */
export function dateAt(value: PlistValue | null | undefined, ...path: PlistPath): string | null {
  const at = plistAt(value, ...path);
  return at?.kind === 'date' ? at.value : null;
}

/** The data at `path`; null for anything else. */
export function dataAt(value: PlistValue | null | undefined, ...path: PlistPath): Uint8Array | null {
  const at = plistAt(value, ...path);
  return at?.kind === 'data' ? at.value : null;
}
