import { Cursor } from '@vedette/bytes';

/**
 * The next item with a 32-bit length, as all items of signing blocks, lineages and `.idsig` files are. A length that does
 * not fit gives what is there, and the cursor is then `truncated`: ask it once behind the last read.
 */
export function takePrefixed(cursor: Cursor): Uint8Array {
  return cursor.take(cursor.u32());
}

export interface TaggedItem {
  readonly id: number;
  readonly value: Uint8Array;
}

/**
 * A sequence of items with length, id, and a value with its own length: signatures and digests are such lists.
 * Null when one does not fit; the number read until then is in `count` of the callback.
 */
export function readTagged(list: Uint8Array, onMalformed: (index: number) => void): readonly TaggedItem[] | null {
  const items: TaggedItem[] = [];
  const cursor = new Cursor(list);
  while (cursor.remaining > 0) {
    const item = new Cursor(takePrefixed(cursor));
    const id = item.u32();
    const value = takePrefixed(item);
    if (cursor.truncated || item.truncated) {
      onMalformed(items.length + 1);
      return null;
    }
    items.push({ id, value });
  }
  return items;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}
