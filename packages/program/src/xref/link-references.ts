import type { CrossReferences, DexFile } from '@vedette/formats';
import type { ClassSpace } from './class-space.ts';
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

/** Joins the tables of the files. `targetsOf` numbers a file's own targets in the whole app. */
export function linkReferences(
  { units }: LinkedPools,
  space: ClassSpace,
  targets: number,
  tableOf: (dex: DexFile) => CrossReferences,
  targetsOf: (unit: number) => Uint32Array,
): LinkedReferences {
  const { isLiveRow, rowStarts } = space;
  const starts = new Uint32Array(targets + 1);
  for (const [unit, { dex }] of units.entries()) {
    const table = tableOf(dex);
    const map = targetsOf(unit);
    const first = rowStarts[unit] ?? 0;
    for (let target = 0; target < map.length; target++) {
      const end = table.starts[target + 1] ?? 0;
      let live = 0;
      for (let site = table.starts[target] ?? 0; site < end; site++) {
        live += isLiveRow[first + (table.methods[site] ?? 0)] ?? 0;
      }
      const linked = (map[target] ?? 0) + 1;
      starts[linked] = (starts[linked] ?? 0) + live;
    }
  }
  for (let target = 0; target < targets; target++) {
    starts[target + 1] = (starts[target + 1] ?? 0) + (starts[target] ?? 0);
  }
  const total = starts[targets] ?? 0;
  const next = starts.slice();
  const rows = new Uint32Array(total);
  const offsets = new Uint32Array(total);
  const opcodes = new Uint8Array(total);
  for (const [unit, { dex }] of units.entries()) {
    const table = tableOf(dex);
    const map = targetsOf(unit);
    const first = rowStarts[unit] ?? 0;
    for (let target = 0; target < map.length; target++) {
      const end = table.starts[target + 1] ?? 0;
      const linked = map[target] ?? 0;
      let place = next[linked] ?? 0;
      for (let site = table.starts[target] ?? 0; site < end; site++) {
        const row = first + (table.methods[site] ?? 0);
        if (isLiveRow[row] === 0) continue;
        rows[place] = row;
        offsets[place] = table.offsets[site] ?? 0;
        opcodes[place] = table.opcodes[site] ?? 0;
        place += 1;
      }
      next[linked] = place;
    }
  }
  return { starts, rows, offsets, opcodes };
}
