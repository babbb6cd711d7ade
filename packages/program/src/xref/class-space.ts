import { type Groups, groupBy, membersOf } from './group-by.ts';
import type { LinkedPools } from './link-pools.ts';
import { firstOf } from './triple-table.ts';

/**
 * All classes of the app as the platform sees them: of several definitions of a name the first in search order is the
 * class, the others are dead. Types and methods are numbers of `LinkedPools`; a row is a defined method of any file, with
 * the rows of each file after those of the files before it.
 */
export interface ClassSpace {
  readonly rows: number;
  /** First row of each file; one more than there are files. */
  readonly rowStarts: Uint32Array;
  /** 1 for methods of live classes. */
  readonly isLiveRow: Uint8Array;
  /** Per file: definitions that an earlier one of the same name hides, and the first of them as one of the file's classes (-1 for none). */
  readonly hidden: readonly { readonly count: number; readonly first: number }[];
  /** Which file defines a type, and as which of its classes; -1 when none does. */
  unitOf(type: number): number;
  classDefOf(type: number): number;
  isLive(unit: number, classDef: number): boolean;
  /** Live classes as types, in search order. */
  live(): Iterable<number>;
  /** Superclass of a type that the app defines; -1 for none, or when the app does not define the type. */
  superclass(type: number): number;
  interfaces(type: number): readonly number[];
  /** Types that extend or implement `type`, directly or not, itself not included; each once. */
  subclasses(type: number): readonly number[];
  /** The file of a row. */
  unitOfRow(row: number): number;
  /** The row that defines a method; -1 when the app has no such definition. Of several in one class the first counts. */
  definition(method: number): number;
}

export function createClassSpace(pools: LinkedPools): ClassSpace {
  const { units, maps, types, methods } = pools;
  const definingUnit = new Int32Array(types.count).fill(-1);
  const definingClass = new Int32Array(types.count).fill(-1);
  const rowStarts = new Uint32Array(units.length + 1);
  const order: number[] = [];
  const hidden = units.map(() => ({ count: 0, first: -1 }));
  for (const [unit, { dex }] of units.entries()) {
    rowStarts[unit + 1] = (rowStarts[unit] ?? 0) + dex.methods.count;
    for (let classDef = 0; classDef < dex.classDefs.count; classDef++) {
      const type = maps[unit]?.types[dex.classDefs.types[classDef] ?? 0] ?? 0;
      if (type === 0 || definingUnit[type] !== -1) {
        const ofFile = hidden[unit];
        if (ofFile !== undefined && ofFile.count++ === 0) ofFile.first = classDef;
        continue;
      }
      definingUnit[type] = unit;
      definingClass[type] = classDef;
      order.push(type);
    }
  }
  const rows = rowStarts[units.length] ?? 0;
  const isLive = (unit: number, classDef: number): boolean => {
    const type = maps[unit]?.types[units[unit]?.dex.classDefs.types[classDef] ?? 0] ?? 0;
    return type !== 0 && definingUnit[type] === unit && definingClass[type] === classDef;
  };
  const isLiveRow = new Uint8Array(rows);
  for (const type of order) {
    const unit = definingUnit[type] ?? 0;
    const classDef = definingClass[type] ?? 0;
    const { classStarts } = units[unit]?.dex.methods ?? {};
    const first = rowStarts[unit] ?? 0;
    isLiveRow.fill(1, first + (classStarts?.[classDef] ?? 0), first + (classStarts?.[classDef + 1] ?? 0));
  }

  const superclass = (type: number): number => {
    const unit = definingUnit[type] ?? -1;
    const parent = units[unit]?.dex.superclass(definingClass[type] ?? 0) ?? null;
    return parent === null ? -1 : (maps[unit]?.types[parent] ?? -1);
  };
  const interfaces = (type: number): readonly number[] => {
    const unit = definingUnit[type] ?? -1;
    const map = maps[unit]?.types;
    return units[unit]?.dex.interfaces(definingClass[type] ?? 0).map((parent) => map?.[parent] ?? 0) ?? [];
  };

  let definitions: Int32Array | undefined;
  let children: Groups | undefined;
  /** The child of each edge of `children`. */
  let childTypes: readonly number[] = [];
  const linkChildren = (): Groups => {
    const parents: number[] = [];
    const owners: number[] = [];
    for (const type of order) {
      for (const parent of [superclass(type), ...interfaces(type)]) {
        if (parent < 0) continue;
        parents.push(parent);
        owners.push(type);
      }
    }
    childTypes = owners;
    return groupBy(Uint32Array.from(parents), types.count);
  };

  return {
    rows,
    rowStarts,
    isLiveRow,
    hidden,
    unitOf: (type) => definingUnit[type] ?? -1,
    classDefOf: (type) => definingClass[type] ?? -1,
    isLive,
    live: () => order,
    superclass,
    interfaces,
    subclasses(type) {
      children ??= linkChildren();
      const found: number[] = [];
      const seen = new Set([type]);
      const queue = [type];
      // A hostile file can make a class its own ancestor: each type is visited once.
      for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
        for (const edge of membersOf(children, next)) {
          const child = childTypes[edge] ?? 0;
          if (seen.has(child)) continue;
          seen.add(child);
          found.push(child);
          queue.push(child);
        }
      }
      return found;
    },
    unitOfRow: (row) => unitOfRow(rowStarts, row),
    definition(method) {
      definitions ??= findDefinitions(pools, rowStarts, isLiveRow, methods.count);
      return definitions[method] ?? -1;
    },
  };
}

/** Binary search: there may be a hundred files, and rows come in any order. */
function unitOfRow(rowStarts: Uint32Array, row: number): number {
  let low = 0;
  let high = rowStarts.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((rowStarts[middle] ?? 0) <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}

function findDefinitions(
  { units, maps, methods }: LinkedPools,
  rowStarts: Uint32Array,
  isLiveRow: Uint8Array,
  count: number,
): Int32Array {
  const definitions = new Int32Array(count).fill(-1);
  for (const [unit, { dex }] of units.entries()) {
    const map = maps[unit];
    const first = rowStarts[unit] ?? 0;
    for (let index = 0; index < dex.methods.count; index++) {
      if (isLiveRow[first + index] === 0) continue;
      const method = map?.methods[dex.methods.methodIds[index] ?? 0] ?? -1;
      // A class may list a method of another class: the platform refuses that, so it defines nothing.
      const owner = map?.types[dex.classDefs.types[dex.methods.classes[index] ?? 0] ?? 0];
      if (method < 0 || definitions[method] !== -1 || firstOf(methods, method) !== owner) continue;
      definitions[method] = first + index;
    }
  }
  return definitions;
}
