/** Two lists as what the second has in addition, what it lacks, and what is in both. */
export interface ListDifference<T> {
  readonly added: T[];
  readonly removed: T[];
  readonly kept: { readonly before: T; readonly after: T }[];
}

/** Compares by key; of several with the same key the first counts. In the order of the lists. */
export function addedAndRemoved<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => string,
): ListDifference<T> {
  const [old, now] = [byKey(before, keyOf), byKey(after, keyOf)];
  return {
    added: [...now].filter(([key]) => !old.has(key)).map(([, item]) => item),
    removed: [...old].filter(([key]) => !now.has(key)).map(([, item]) => item),
    kept: [...now].flatMap(([key, item]) => {
      const previous = old.get(key);
      return previous === undefined ? [] : [{ before: previous, after: item }];
    }),
  };
}

function byKey<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T> {
  const map = new Map<string, T>();
  for (const item of items) {
    const key = keyOf(item);
    if (!map.has(key)) map.set(key, item);
  }
  return map;
}
