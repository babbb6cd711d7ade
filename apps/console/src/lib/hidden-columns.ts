const KEY = 'vedette.hidden-columns.';

/** Ids of the columns a reader hid in the list `name`; what cannot be read counts as none. */
export function readHidden(name: string, storage: Pick<Storage, 'getItem'> = localStorage): readonly string[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(KEY + name) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id): id is string => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

export function writeHidden(
  name: string,
  ids: readonly string[],
  storage: Pick<Storage, 'setItem'> = localStorage,
): void {
  try {
    storage.setItem(KEY + name, JSON.stringify(ids));
  } catch {
    // Storage is full or closed: the choice lasts as long as the page.
  }
}
