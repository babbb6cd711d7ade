import { ByteWriter } from '@vedette/bytes';
import { NO_INDEX } from './class-data.ts';
import { adler32 } from './dex-header.ts';
import { argumentWords, assemble, type Instruction } from './dex-instructions.ts';
import { createPoolCollector, type DexPools } from './dex-pools.ts';

export interface MethodSpec {
  readonly name: string;
  readonly descriptor: string;
  /** Null: abstract or native, without code. Default: `return-void` alone. */
  readonly code?: readonly Instruction[] | null;
  readonly static?: boolean;
  /** Default public, with `static`, `constructor`, or `abstract` as it follows. */
  readonly accessFlags?: number;
}

export interface FieldSpec {
  readonly name: string;
  /** Type descriptor. */
  readonly type: string;
  readonly static?: boolean;
}

export interface ClassSpec {
  /** Java name, e.g. `com.example.Main`. */
  readonly name: string;
  /** Java name; default `java.lang.Object`. */
  readonly superclass?: string;
  readonly interfaces?: readonly string[];
  readonly methods?: readonly MethodSpec[];
  readonly fields?: readonly FieldSpec[];
}

export interface DexTricks {
  /** Default `035`. */
  readonly version?: string;
  /** Strings of the pool that no instruction loads. */
  readonly extraStrings?: readonly string[];
  /** Bytes appended behind the file. */
  readonly trailing?: Uint8Array;
}

const HEADER_SIZE = 0x70;
const ACC_PUBLIC = 0x1;
const ACC_STATIC = 0x8;
const ACC_ABSTRACT = 0x400;
const ACC_CONSTRUCTOR = 0x10000;

/**
 * Writes a DEX ("Dalvik executable format") that `dexdump` accepts: pools sorted, checksum right. The SHA-1 signature
 * is left zero: neither the platform nor our reader looks at it.
 */
export function buildDex(classes: readonly ClassSpec[], tricks: DexTricks = {}): Uint8Array {
  const pools = collect(classes, tricks.extraStrings ?? []);
  const out = new ByteWriter();
  const sections = layout(pools, classes.length);
  out.bytes(new Uint8Array(sections.dataOffset));
  const map: [type: number, count: number, offset: number][] = [[0, 1, 0], ...sections.map];

  const code = writeCode(out, classes, pools, map);
  const typeLists = writeTypeLists(out, classes, pools, map);
  const stringOffsets = writeStrings(out, pools.strings, map);
  const classData = writeClassData(out, classes, pools, code, map);
  const mapOffset = writeMap(out, map);

  const at = (offset: number) => createPatcher(out, offset);
  const strings = at(sections.strings);
  for (const offset of stringOffsets) strings.u32(offset);
  const types = at(sections.types);
  for (const type of pools.types) types.u32(pools.string(type));
  const protos = at(sections.protos);
  for (const { shorty, result, parameters } of pools.protos) {
    protos.u32(pools.string(shorty), pools.type(result), typeLists(parameters));
  }
  const fields = at(sections.fields);
  for (const field of pools.fields)
    fields.u32(pools.type(field.class) | (pools.type(field.type) << 16), pools.string(field.name));
  const methods = at(sections.methods);
  for (const method of pools.methods) {
    methods.u32(pools.type(method.class) | (pools.proto(method.descriptor) << 16), pools.string(method.name));
  }
  const defs = at(sections.classes);
  for (const [index, spec] of classes.entries()) {
    defs.u32(pools.type(spec.name), ACC_PUBLIC, pools.type(spec.superclass ?? 'java.lang.Object'));
    defs.u32(typeLists(spec.interfaces ?? []), NO_INDEX, 0, classData[index] ?? 0, 0);
  }
  writeHeader(out, { pools, classes: classes.length, sections, mapOffset, version: tricks.version ?? '035' });
  return out.bytes(tricks.trailing ?? []).finish();
}

function collect(classes: readonly ClassSpec[], extraStrings: readonly string[]): DexPools {
  const collector = createPoolCollector();
  for (const text of extraStrings) collector.string(text);
  for (const spec of classes) {
    for (const type of [spec.name, spec.superclass ?? 'java.lang.Object', ...(spec.interfaces ?? [])])
      collector.type(type);
    for (const field of spec.fields ?? []) collector.field({ class: spec.name, ...field });
    for (const method of spec.methods ?? []) {
      collector.method({ class: spec.name, name: method.name, descriptor: method.descriptor });
      for (const instruction of method.code ?? []) collector.instruction(instruction);
    }
  }
  return collector.finish();
}

interface Layout {
  readonly strings: number;
  readonly types: number;
  readonly protos: number;
  readonly fields: number;
  readonly methods: number;
  readonly classes: number;
  readonly dataOffset: number;
  readonly map: readonly [type: number, count: number, offset: number][];
}

function layout(pools: DexPools, classes: number): Layout {
  const map: [number, number, number][] = [];
  let offset = HEADER_SIZE;
  const section = (type: number, count: number, itemSize: number): number => {
    const start = offset;
    if (count > 0) map.push([type, count, start]);
    offset += count * itemSize;
    return count > 0 ? start : 0;
  };
  const strings = section(1, pools.strings.length, 4);
  const types = section(2, pools.types.length, 4);
  const protos = section(3, pools.protos.length, 12);
  const fields = section(4, pools.fields.length, 8);
  const methods = section(5, pools.methods.length, 8);
  const classDefs = section(6, classes, 32);
  return { strings, types, protos, fields, methods, classes: classDefs, dataOffset: offset, map };
}

type SectionMap = [type: number, count: number, offset: number][];

/** Offset of each method's `code_item`, by class and method. */
function writeCode(out: ByteWriter, classes: readonly ClassSpec[], pools: DexPools, map: SectionMap): number[][] {
  const start = out.align(4).length;
  let count = 0;
  const offsets = classes.map((spec) =>
    (spec.methods ?? []).map((method) => {
      if (method.code === null) return 0;
      const units = (method.code ?? [{ units: [0x0e] }]).flatMap((instruction) => [...assemble(instruction, pools)]);
      const ins = argumentWords(method.descriptor) + (method.static ? 0 : 1);
      const offset = out.align(4).length;
      // Sixteen registers beside the parameters are room for every instruction the builders make.
      out
        .u16(16 + ins, ins, 16, 0)
        .u32(0, units.length)
        .u16(...units);
      count += 1;
      return offset;
    }),
  );
  if (count > 0) map.push([0x2001, count, start]);
  return offsets;
}

/** Gives the offset of the `type_list` of these types; 0 for an empty one. */
function writeTypeLists(
  out: ByteWriter,
  classes: readonly ClassSpec[],
  pools: DexPools,
  map: SectionMap,
): (types: readonly string[]) => number {
  const offsets = new Map<string, number>();
  const start = out.align(4).length;
  for (const types of [
    ...pools.protos.map(({ parameters }) => parameters),
    ...classes.map((spec) => spec.interfaces ?? []),
  ]) {
    const indices = types.map((type) => pools.type(type));
    const key = indices.join();
    if (indices.length === 0 || offsets.has(key)) continue;
    offsets.set(key, out.align(4).length);
    out.u32(indices.length).u16(...indices);
  }
  if (offsets.size > 0) map.push([0x1001, offsets.size, start]);
  return (types) => offsets.get(types.map((type) => pools.type(type)).join()) ?? 0;
}

function writeStrings(out: ByteWriter, strings: readonly string[], map: SectionMap): number[] {
  map.push([0x2002, strings.length, out.length]);
  return strings.map((text) => {
    const offset = out.length;
    out.uleb128(text.length).bytes(encodeMutf8(text)).u8(0);
    return offset;
  });
}

/** MUTF-8: as UTF-8 of each UTF-16 code unit, but U+0000 in two bytes. */
export function encodeMutf8(text: string): Uint8Array {
  const out = new ByteWriter();
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code !== 0 && code < 0x80) out.u8(code);
    else if (code < 0x800) out.u8(0xc0 | (code >> 6), 0x80 | (code & 0x3f));
    else out.u8(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
  }
  return out.finish();
}

interface Member {
  readonly index: number;
  readonly values: readonly number[];
}

function writeClassData(
  out: ByteWriter,
  classes: readonly ClassSpec[],
  pools: DexPools,
  code: readonly (readonly number[])[],
  map: SectionMap,
): number[] {
  const start = out.length;
  let count = 0;
  const offsets = classes.map((spec, classIndex) => {
    const { fields = [], methods = [] } = spec;
    if (fields.length + methods.length === 0) return 0;
    count += 1;
    const offset = out.length;
    const fieldMembers = (isStatic: boolean): Member[] =>
      fields
        .filter((field) => (field.static ?? false) === isStatic)
        .map((field) => ({
          index: pools.field({ class: spec.name, ...field }),
          values: [ACC_PUBLIC | (isStatic ? ACC_STATIC : 0)],
        }));
    const methodMembers = (direct: boolean): Member[] =>
      methods.flatMap((method, index) => {
        const isDirect = method.static === true || method.name.startsWith('<');
        if (isDirect !== direct) return [];
        const { name, descriptor } = method;
        const values = [method.accessFlags ?? defaultFlags(method), code[classIndex]?.[index] ?? 0];
        return [{ index: pools.method({ class: spec.name, name, descriptor }), values }];
      });
    const groups = [fieldMembers(true), fieldMembers(false), methodMembers(true), methodMembers(false)];
    for (const group of groups) out.uleb128(group.length);
    for (const group of groups) {
      let previous = 0;
      for (const { index, values } of group.sort((a, b) => a.index - b.index)) {
        out.uleb128(index - previous);
        for (const value of values) out.uleb128(value);
        previous = index;
      }
    }
    return offset;
  });
  if (count > 0) map.push([0x2000, count, start]);
  return offsets;
}

function defaultFlags(method: MethodSpec): number {
  return (
    ACC_PUBLIC |
    (method.static ? ACC_STATIC : 0) |
    (method.name.startsWith('<') ? ACC_CONSTRUCTOR : 0) |
    (method.code === null ? ACC_ABSTRACT : 0)
  );
}

function writeMap(out: ByteWriter, map: SectionMap): number {
  const offset = out.align(4).length;
  out.u32(map.length + 1);
  for (const [type, count, at] of [...map, [0x1000, 1, offset] as const]) out.u16(type, 0).u32(count, at);
  return offset;
}

function createPatcher(out: ByteWriter, offset: number): { u32(...values: number[]): void } {
  let at = offset;
  return {
    u32(...values) {
      for (const value of values) {
        out.patchU32(at, value);
        at += 4;
      }
    },
  };
}

interface HeaderInput {
  readonly pools: DexPools;
  readonly classes: number;
  readonly sections: Layout;
  readonly mapOffset: number;
  readonly version: string;
}

function writeHeader(out: ByteWriter, { pools, classes, sections, mapOffset, version }: HeaderInput): void {
  const digits = Array.from(version, (digit) => digit.charCodeAt(0));
  const header = createPatcher(out, 0);
  header.u32(0x0a786564, (digits[0] ?? 0) | ((digits[1] ?? 0) << 8) | ((digits[2] ?? 0) << 16));
  const rest = createPatcher(out, 32);
  rest.u32(out.length, HEADER_SIZE, 0x12345678, 0, 0, mapOffset);
  rest.u32(
    pools.strings.length,
    sections.strings,
    pools.types.length,
    sections.types,
    pools.protos.length,
    sections.protos,
  );
  rest.u32(pools.fields.length, sections.fields, pools.methods.length, sections.methods, classes, sections.classes);
  rest.u32(out.length - sections.dataOffset, sections.dataOffset);
  out.patchU32(8, adler32(out.finish().subarray(12)));
}
