import type { LinkedReferences } from './link-references.ts';

/**
 * The same sites the other way round: those in row `r` are `sites[starts[r]]` up to `sites[starts[r + 1]]`, in order of
 * their place in the code. A site is an index into the columns of `LinkedReferences`.
 */
export interface ForwardReferences {
  readonly starts: Uint32Array;
  readonly sites: Uint32Array;
  /** What each site refers to, by site. */
  readonly targets: Uint32Array;
}

/** Three counting sorts: linear, however many sites one method has. */
export function forwardReferences(references: LinkedReferences, rows: number): ForwardReferences {
  const { starts, offsets } = references;
  const targets = new Uint32Array(references.rows.length);
  for (let target = 0; target + 1 < starts.length; target++) targets.fill(target, starts[target], starts[target + 1]);
  const low = sortBy(null, offsets.length, 0x1_0000, (site) => (offsets[site] ?? 0) & 0xffff);
  const byOffset = sortBy(low.order, offsets.length, 0x1_0000, (site) => (offsets[site] ?? 0) >>> 16);
  const byRow = sortBy(byOffset.order, offsets.length, rows, (site) => references.rows[site] ?? 0);
  return { starts: byRow.starts, sites: byRow.order, targets };
}

interface Sorted {
  readonly starts: Uint32Array;
  readonly order: Uint32Array;
}

function sortBy(order: Uint32Array | null, count: number, keys: number, keyOf: (item: number) => number): Sorted {
  const starts = new Uint32Array(keys + 1);
  for (let item = 0; item < count; item++) {
    const key = keyOf(item) + 1;
    starts[key] = (starts[key] ?? 0) + 1;
  }
  for (let key = 0; key < keys; key++) starts[key + 1] = (starts[key + 1] ?? 0) + (starts[key] ?? 0);
  const next = starts.slice();
  const sorted = new Uint32Array(count);
  for (let index = 0; index < count; index++) {
    const item = order === null ? index : (order[index] ?? 0);
    const key = keyOf(item);
    const place = next[key] ?? 0;
    next[key] = place + 1;
    sorted[place] = item;
  }
  return { starts, order: sorted };
}
