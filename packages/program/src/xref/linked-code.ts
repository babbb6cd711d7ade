import { type ByteInterner, createByteInterner } from './byte-interner.ts';
import { type ClassSpace, createClassSpace } from './class-space.ts';
import { type DexUnit, type LinkedPools, linkPools } from './link-pools.ts';
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
  readonly literals: ByteInterner;
}

export function linkCode(units: readonly DexUnit[]): LinkedCode {
  let pools: LinkedPools | undefined;
  let space: ClassSpace | undefined;
  let calls: LinkedReferences | undefined;
  let fieldUses: LinkedReferences | undefined;
  let typeUses: LinkedReferences | undefined;
  let strings: { readonly literals: ByteInterner; readonly loads: LinkedReferences } | undefined;

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
        (unit) => maps[unit]?.methods ?? NONE,
      ));
    },
    get fieldUses() {
      const { fields, maps } = code.pools;
      return (fieldUses ??= linkReferences(
        code.pools,
        code.space,
        fields.count,
        ({ code: { fields: table } }) => table,
        (unit) => maps[unit]?.fields ?? NONE,
      ));
    },
    get typeUses() {
      const { types, maps } = code.pools;
      return (typeUses ??= linkReferences(
        code.pools,
        code.space,
        types.count,
        ({ code: { types: table } }) => table,
        (unit) => maps[unit]?.types ?? NONE,
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

const NONE = new Uint32Array(0);

function linkStrings(pools: LinkedPools, space: ClassSpace): { literals: ByteInterner; loads: LinkedReferences } {
  const literals = createByteInterner();
  const maps = pools.units.map(({ dex }, unit) => {
    const { starts } = dex.code.strings;
    const map = new Uint32Array(dex.strings.count);
    for (let index = 0; index < map.length; index++) {
      if (starts[index] === starts[index + 1]) continue;
      const { starts: places, lengths } = dex.strings;
      map[index] = literals.intern(dex.bytes, places[index] ?? 0, lengths[index] ?? 0, unit, index);
    }
    return map;
  });
  const loads = linkReferences(
    pools,
    space,
    literals.count,
    ({ code: { strings: table } }) => table,
    (unit) => maps[unit] ?? NONE,
  );
  return { literals, loads };
}
