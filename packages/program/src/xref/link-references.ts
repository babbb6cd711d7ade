import type { CrossReferences, DexFile } from '@vedette/formats';
import type { ClassSpace } from './class-space.ts';
import { addUp } from './group-by.ts';
import type { LinkedPools } from './link-pools.ts';

/**
 * Who refers to what in the whole app, in compressed rows: the sites that refer to target `t` are those from `starts[t]`
 * up to `starts[t + 1]`, file by file, in order of their place in each. Sites in dead classes are left out.
 */
export interface LinkedReferences {
  readonly starts: Uint32Array;
  /** The row of `ClassSpace` that refers. */
  readonly rows: Uint32Array;
  /** In code units from the start of the method's instructions. */
  readonly offsets: Uint32Array;
  readonly opcodes: Uint8Array;
}

/** Joins the tables of the files. `maps` numbers each file's own targets in the whole app, all below `targets`. */
export function linkReferences(
  { units }: LinkedPools,
  { isLiveRow, rowStarts }: ClassSpace,
  targets: number,
  tableOf: (dex: DexFile) => CrossReferences,
  maps: readonly Uint32Array[],
): LinkedReferences {
  const tables = units.map(({ dex }) => tableOf(dex));
  const starts = new Uint32Array(targets + 1);
  for (const [unit, table] of tables.entries()) {
    countSites(table.starts, table.methods, maps[unit] ?? NONE, isLiveRow.subarray(rowStarts[unit]), starts);
  }
  addUp(starts);
  const total = starts[targets] ?? 0;
  const joined: LinkedReferences = {
    starts,
    rows: new Uint32Array(total),
    offsets: new Uint32Array(total),
    opcodes: new Uint8Array(total),
  };
  const next = starts.slice();
  for (const [unit, table] of tables.entries()) {
    const firstRow = rowStarts[unit] ?? 0;
    copySites(table, maps[unit] ?? NONE, isLiveRow.subarray(firstRow), firstRow, next, joined);
  }
  return joined;
}

const NONE = new Uint32Array(0);

/** Adds the number of live sites of each target to the place after it. */
function countSites(
  starts: Uint32Array,
  methods: Uint32Array,
  map: Uint32Array,
  isLive: Uint8Array,
  counts: Uint32Array,
): void {
  let site = starts[0] ?? 0;
  for (let target = 0; target < map.length; target++) {
    const end = starts[target + 1] ?? 0;
    const linked = (map[target] ?? 0) + 1;
    for (; site < end; site++) {
      if (isLive[methods[site] ?? 0] === 1) counts[linked] = (counts[linked] ?? 0) + 1;
    }
  }
}

function copySites(
  { starts, methods, offsets, opcodes }: CrossReferences,
  map: Uint32Array,
  isLive: Uint8Array,
  firstRow: number,
  next: Uint32Array,
  to: LinkedReferences,
): void {
  let site = starts[0] ?? 0;
  for (let target = 0; target < map.length; target++) {
    const end = starts[target + 1] ?? 0;
    const linked = map[target] ?? 0;
    for (; site < end; site++) {
      const method = methods[site] ?? 0;
      if (isLive[method] !== 1) continue;
      const place = next[linked] ?? 0;
      next[linked] = place + 1;
      to.rows[place] = firstRow + method;
      to.offsets[place] = offsets[site] ?? 0;
      to.opcodes[place] = opcodes[site] ?? 0;
    }
  }
}
