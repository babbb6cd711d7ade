import { u16At, u32At } from '@vedette/bytes';
import type { DexFile } from '@vedette/formats';
import { type ByteInterner, createByteInterner } from './byte-interner.ts';
import { createTripleInterner, type TripleInterner } from './triple-interner.ts';

/** One DEX of the app, in the order in which the platform searches them. */
export interface DexUnit {
  /** Entry path, e.g. `classes2.dex`. */
  readonly path: string;
  readonly dex: DexFile;
}

/** Numbers in the whole app of what one DEX numbers on its own, by its own index. */
export interface UnitMaps {
  readonly types: Uint32Array;
  readonly fields: Uint32Array;
  readonly methods: Uint32Array;
}

/**
 * The pools of all DEX files as one. What two files name alike has one number here; 0 stands for what an index out of
 * range names. For the text of anything, ask the file in which it was first met (`unitOf`, `indexOf`).
 */
export interface LinkedPools {
  readonly units: readonly DexUnit[];
  readonly maps: readonly UnitMaps[];
  /** Type descriptors; met as type indices. */
  readonly types: ByteInterner;
  /** Names of methods and fields; met as string indices. */
  readonly names: ByteInterner;
  readonly protos: LinkedProtos;
  /** Class, name, prototype. */
  readonly methods: MemberTable;
  /** Class, name, type. */
  readonly fields: MemberTable;
}

export interface MemberTable extends TripleInterner {
  /** Where a member was first met, and its index there. */
  unitOf(id: number): number;
  indexOf(id: number): number;
}

export interface LinkedProtos {
  readonly count: number;
  /** The prototype with these types; -1 when no file has it. */
  find(result: number, parameters: readonly number[]): number;
}

/** Parameters read per file: sixteen for each prototype a file can have. What shares lists beyond that is not linked. */
const MAX_PARAMETERS_READ = 1 << 20;
const UNLINKED = 0xffff_ffff;

/** Linear in the size of the tables; string bytes are read once for each type and each name of each file. */
export function linkPools(units: readonly DexUnit[]): LinkedPools {
  const types = createByteInterner();
  const names = createByteInterner();
  types.intern(NOTHING, 0, 0, 0, UNLINKED);
  names.intern(NOTHING, 0, 0, 0, UNLINKED);
  const protos = createProtoLinker();
  const methods = createMemberTable();
  const fields = createMemberTable();
  const maps: UnitMaps[] = [];

  for (const [unit, { dex }] of units.entries()) {
    const { bytes, header } = dex;
    const typeMap = linkTypes(dex, unit, types);
    const protoMap = protos.link(dex, unit, typeMap);
    const nameOf = createNameLinker(dex, unit, names);
    const link = (table: AppendableMembers, section: typeof header.methods, thirds: Uint32Array): Uint32Array => {
      const map = new Uint32Array(section.count);
      for (let index = 0; index < section.count; index++) {
        const at = section.offset + index * 8;
        const owner = typeMap[u16At(bytes, at)] ?? 0;
        map[index] = table.add(owner, nameOf(u32At(bytes, at + 4)), thirds[u16At(bytes, at + 2)] ?? 0, unit, index);
      }
      return map;
    };
    maps.push({
      types: typeMap,
      fields: link(fields, header.fields, typeMap),
      methods: link(methods, header.methods, protoMap),
    });
  }
  return { units, maps, types, names, protos, methods, fields };
}

const NOTHING = new Uint8Array(0);

function linkTypes({ bytes, header, strings }: DexFile, unit: number, types: ByteInterner): Uint32Array {
  const map = new Uint32Array(header.types.count);
  for (let type = 0; type < map.length; type++) {
    const string = u32At(bytes, header.types.offset + type * 4);
    map[type] = types.intern(bytes, strings.starts[string] ?? 0, strings.lengths[string] ?? 0, unit, type);
  }
  return map;
}

/** Names are shared by many members of a file: each is hashed once. */
function createNameLinker(dex: DexFile, unit: number, names: ByteInterner): (string: number) => number {
  const { bytes, strings } = dex;
  const known = new Int32Array(strings.count).fill(-1);
  return (string) => {
    const name = known[string];
    if (name === undefined) return 0;
    if (name >= 0) return name;
    const id = names.intern(bytes, strings.starts[string] ?? 0, strings.lengths[string] ?? 0, unit, string);
    known[string] = id;
    return id;
  };
}

interface ProtoLinker extends LinkedProtos {
  link(dex: DexFile, unit: number, types: Uint32Array): Uint32Array;
}

/** A list of parameters is a path of (list before, type) from the empty list; a prototype a result and a list. */
function createProtoLinker(): ProtoLinker {
  const lists = createTripleInterner();
  const protos = createTripleInterner();
  protos.intern(UNLINKED, UNLINKED, UNLINKED);
  return {
    get count() {
      return protos.count;
    },
    find(result, parameters) {
      let list = 0;
      for (const type of parameters) {
        const id = lists.find(list, type, 0);
        if (id < 0) return -1;
        list = id + 1;
      }
      return protos.find(result, list, 0);
    },
    link({ bytes, header }, unit, types) {
      const map = new Uint32Array(header.protos.count);
      let left = MAX_PARAMETERS_READ;
      for (let proto = 0; proto < map.length; proto++) {
        const item = header.protos.offset + proto * 12;
        const result = types[u32At(bytes, item + 4)] ?? 0;
        const offset = u32At(bytes, item + 8);
        const count = offset === 0 ? 0 : Math.min(u32At(bytes, offset), (bytes.length - offset) >> 1, 255);
        left -= count;
        if (left < 0) {
          map[proto] = protos.intern(UNLINKED, unit, proto);
          continue;
        }
        let list = 0;
        for (let index = 0; index < count; index++) {
          list = lists.intern(list, types[u16At(bytes, offset + 4 + index * 2)] ?? 0, 0) + 1;
        }
        map[proto] = protos.intern(result, list, 0);
      }
      return map;
    },
  };
}

interface AppendableMembers extends MemberTable {
  add(first: number, second: number, third: number, unit: number, index: number): number;
}

function createMemberTable(): AppendableMembers {
  const triples = createTripleInterner();
  let places = new Uint32Array(1 << 12);
  return {
    get count() {
      return triples.count;
    },
    intern: triples.intern,
    find: triples.find,
    first: triples.first,
    second: triples.second,
    third: triples.third,
    add(first, second, third, unit, index) {
      const before = triples.count;
      const id = triples.intern(first, second, third);
      if (triples.count === before) return id;
      if (id * 2 === places.length) {
        const larger = new Uint32Array(places.length * 2);
        larger.set(places);
        places = larger;
      }
      places[id * 2] = unit;
      places[id * 2 + 1] = index;
      return id;
    },
    unitOf: (id) => places[id * 2] ?? 0,
    indexOf: (id) => places[id * 2 + 1] ?? 0,
  };
}
