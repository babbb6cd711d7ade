import { u16At, u32At } from '@vedette/bytes';
import type { DexFile } from '@vedette/formats';
import { type ByteTable, createByteTable, internBytes } from './byte-table.ts';
import { createTripleTable, findTriple, internTriple, type TripleTable } from './triple-table.ts';

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
 * range names. The text of anything is that of the file and index where it was first met.
 */
export interface LinkedPools {
  readonly units: readonly DexUnit[];
  readonly maps: readonly UnitMaps[];
  /** Type descriptors; their index in a file is a type's. */
  readonly types: ByteTable;
  /** Names of methods and fields; their index in a file is a string's. */
  readonly names: ByteTable;
  /** Class, name, prototype. */
  readonly methods: TripleTable;
  /** Class, name, type. */
  readonly fields: TripleTable;
  readonly protos: LinkedProtos;
}

/** A list of parameters is a path of (list before, type) from the empty list; a prototype a result and a list. */
interface LinkedProtos {
  readonly lists: TripleTable;
  readonly protos: TripleTable;
}

/** Parameters read per file: sixteen for each prototype a file can have. What shares lists beyond that is not linked. */
const MAX_PARAMETERS_READ = 1 << 20;
const UNLINKED = 0xffff_ffff;

/** Linear in the size of the tables; string bytes are read once for each type and each name of each file. */
export function linkPools(units: readonly DexUnit[]): LinkedPools {
  const sum = (part: 'types' | 'protos' | 'fields' | 'methods'): number =>
    units.reduce((total, { dex }) => total + dex.header[part].count, 0);
  const types = createByteTable(sum('types'));
  const names = createByteTable(sum('methods') >> 1);
  const methods = createTripleTable(sum('methods'));
  const fields = createTripleTable(sum('fields'));
  const protos = { lists: createTripleTable(sum('protos')), protos: createTripleTable(sum('protos')) };
  internBytes(types, NOTHING, 0, 0, 0, UNLINKED);
  internBytes(names, NOTHING, 0, 0, 0, UNLINKED);
  internTriple(protos.protos, UNLINKED, UNLINKED, UNLINKED, 0, 0);

  const maps = units.map(({ dex }, unit): UnitMaps => {
    const typeMap = linkTypes(dex, unit, types);
    const protoMap = linkProtos(dex, unit, typeMap, protos);
    const nameMap = linkNames(dex, unit, names);
    return {
      types: typeMap,
      fields: linkMembers(dex, unit, dex.header.fields, [typeMap, nameMap, typeMap], fields),
      methods: linkMembers(dex, unit, dex.header.methods, [typeMap, nameMap, protoMap], methods),
    };
  });
  return { units, maps, types, names, methods, fields, protos };
}

/** The prototype with these types; -1 when no file has it. */
export function findProto({ lists, protos }: LinkedProtos, result: number, parameters: readonly number[]): number {
  let list = 0;
  for (const type of parameters) {
    const id = findTriple(lists, list, type, 0);
    if (id < 0) return -1;
    list = id + 1;
  }
  return findTriple(protos, result, list, 0);
}

const NOTHING = new Uint8Array(0);

function linkTypes(dex: DexFile, unit: number, types: ByteTable): Uint32Array {
  const { bytes, header } = dex;
  const strings = new Uint32Array(header.types.count);
  const indices = new Uint32Array(strings.length);
  for (let type = 0; type < strings.length; type++) {
    strings[type] = u32At(bytes, header.types.offset + type * 4);
    indices[type] = type;
  }
  return internStrings(types, dex, unit, strings, indices);
}

/** By string index: the number of each string that names a member; many members share a name, which is hashed once. */
function linkNames(dex: DexFile, unit: number, names: ByteTable): Uint32Array {
  const { bytes, header, strings } = dex;
  const isName = new Uint8Array(strings.count);
  for (const section of [header.fields, header.methods]) markNames(bytes, section, isName);
  return internMarked(names, dex, unit, isName);
}

/** Interns the strings that are marked, and gives their numbers by string index; 0 for the others. */
export function internMarked(table: ByteTable, dex: DexFile, unit: number, marked: Uint8Array): Uint32Array {
  const strings = new Uint32Array(marked.length);
  let count = 0;
  for (let string = 0; string < marked.length; string++) if (marked[string] === 1) strings[count++] = string;
  const chosen = strings.subarray(0, count);
  const ids = internStrings(table, dex, unit, chosen, chosen);
  const map = new Uint32Array(marked.length);
  for (let place = 0; place < count; place++) map[chosen[place] ?? 0] = ids[place] ?? 0;
  return map;
}

/**
 * Numbers of the strings, in their order; `indices` says as what each is met. The one loop for types, names and loaded
 * strings: an engine that has just started compiles it once.
 */
function internStrings(
  table: ByteTable,
  { bytes, strings: { starts, lengths } }: DexFile,
  unit: number,
  strings: Uint32Array,
  indices: Uint32Array,
): Uint32Array {
  const ids = new Uint32Array(strings.length);
  for (let place = 0; place < ids.length; place++) {
    const string = strings[place] ?? 0;
    ids[place] = internBytes(table, bytes, starts[string] ?? 0, lengths[string] ?? 0, unit, indices[place] ?? 0);
  }
  return ids;
}

type Section = DexFile['header']['methods'];

/** `field_id_item` and `method_id_item`: class, type or prototype (16 bits each), name (32 bits). */
function markNames(bytes: Uint8Array, { offset, count }: Section, isName: Uint8Array): void {
  const end = offset + count * 8;
  for (let at = offset; at < end; at += 8) isName[u32At(bytes, at + 4)] = 1;
}

function linkMembers(
  { bytes }: DexFile,
  unit: number,
  { offset, count }: Section,
  [types, names, thirds]: readonly [Uint32Array, Uint32Array, Uint32Array],
  table: TripleTable,
): Uint32Array {
  const map = new Uint32Array(count);
  for (let index = 0; index < count; index++) {
    const at = offset + index * 8;
    const owner = types[u16At(bytes, at)] ?? 0;
    const third = thirds[u16At(bytes, at + 2)] ?? 0;
    map[index] = internTriple(table, owner, names[u32At(bytes, at + 4)] ?? 0, third, unit, index);
  }
  return map;
}

function linkProtos(
  { bytes, header }: DexFile,
  unit: number,
  types: Uint32Array,
  { lists, protos }: LinkedProtos,
): Uint32Array {
  const map = new Uint32Array(header.protos.count);
  let left = MAX_PARAMETERS_READ;
  for (let proto = 0; proto < map.length; proto++) {
    const item = header.protos.offset + proto * 12;
    const offset = u32At(bytes, item + 8);
    const count = offset === 0 ? 0 : Math.min(u32At(bytes, offset), Math.max(0, bytes.length - offset - 4) >> 1, 255);
    left -= count;
    if (left < 0) {
      map[proto] = internTriple(protos, UNLINKED, unit, proto, unit, proto);
      continue;
    }
    let list = 0;
    for (let index = 0; index < count; index++) {
      list = internTriple(lists, list, types[u16At(bytes, offset + 4 + index * 2)] ?? 0, 0, unit, proto) + 1;
    }
    map[proto] = internTriple(protos, types[u32At(bytes, item + 4)] ?? 0, list, 0, unit, proto);
  }
  return map;
}
