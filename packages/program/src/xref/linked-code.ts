import type { DexFile } from '@vedette/formats';
import { type ByteTable, createByteTable } from './byte-table.ts';
import { type ClassSpace, createClassSpace } from './class-space.ts';
import { type DexUnit, internMarked, type LinkedPools, linkPools } from './link-pools.ts';
import { type LinkedReferences, linkReferences } from './link-references.ts';

/**
 * All code of an app in flat tables: one space of names, one of classes, and who refers to what. Everything is a number
 * of `pools`; each table is made when first asked for, in time linear in the code.
 */
export interface LinkedCode {
  readonly pools: LinkedPools;
  readonly space: ClassSpace;
  /** Targets are methods. */
  readonly calls: LinkedReferences;
  /** Targets are fields. */
  readonly fieldUses: LinkedReferences;
  /** Targets are types. */
  readonly typeUses: LinkedReferences;
  /** Targets are `literals`. */
  readonly stringLoads: LinkedReferences;
  /** Strings that any instruction loads; met as string indices. */
  readonly literals: ByteTable;
}

export function linkCode(units: readonly DexUnit[]): LinkedCode {
  let pools: LinkedPools | undefined;
  let space: ClassSpace | undefined;
  let calls: LinkedReferences | undefined;
  let fieldUses: LinkedReferences | undefined;
  let typeUses: LinkedReferences | undefined;
  let strings: { readonly literals: ByteTable; readonly loads: LinkedReferences } | undefined;

  const code: LinkedCode = {
    get pools() {
      return (pools ??= linkPools(units));
    },
    get space() {
      return (space ??= createClassSpace(code.pools));
    },
    get calls() {
      const { methods, maps } = code.pools;
      return (calls ??= linkReferences(
        code.pools,
        code.space,
        methods.count,
        ({ code: { calls: table } }) => table,
        maps.map((map) => map.methods),
      ));
    },
    get fieldUses() {
      const { fields, maps } = code.pools;
      return (fieldUses ??= linkReferences(
        code.pools,
        code.space,
        fields.count,
        ({ code: { fields: table } }) => table,
        maps.map((map) => map.fields),
      ));
    },
    get typeUses() {
      const { types, maps } = code.pools;
      return (typeUses ??= linkReferences(
        code.pools,
        code.space,
        types.count,
        ({ code: { types: table } }) => table,
        maps.map((map) => map.types),
      ));
    },
    get stringLoads() {
      return (strings ??= linkStrings(code.pools, code.space)).loads;
    },
    get literals() {
      return (strings ??= linkStrings(code.pools, code.space)).literals;
    },
  };
  return code;
}

function linkStrings(pools: LinkedPools, space: ClassSpace): { literals: ByteTable; loads: LinkedReferences } {
  const literals = createByteTable();
  const maps = pools.units.map(({ dex }, unit) => linkLoaded(dex, unit, literals));
  const loads = linkReferences(pools, space, literals.count, ({ code: { strings: table } }) => table, maps);
  return { literals, loads };
}

/** By string index: the number of each string that an instruction loads. */
function linkLoaded(dex: DexFile, unit: number, literals: ByteTable): Uint32Array {
  const { starts } = dex.code.strings;
  const isLoaded = new Uint8Array(dex.strings.count);
  for (let index = 0; index < isLoaded.length; index++) if (starts[index] !== starts[index + 1]) isLoaded[index] = 1;
  return internMarked(literals, dex, unit, isLoaded);
}
