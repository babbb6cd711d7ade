import { ByteWriter } from '@vedette/bytes';
import type { AssembledTry } from './code-assembly.ts';
import { argumentWords, encodeInstruction } from './dex-instructions.ts';
import type { DexPools } from './dex-pools.ts';
import type { ClassSpec, MapEntry, MethodSpec } from './dex-spec.ts';

const ACC_PUBLIC = 0x1;
const ACC_STATIC = 0x8;
const ACC_ABSTRACT = 0x400;
const ACC_CONSTRUCTOR = 0x10000;

/** Entries of the map list, in the order of their offsets. */
export type SectionMap = [type: number, count: number, offset: number][];

/** Offset of each method's `code_item`, by class and method. */
export function writeCode(
  out: ByteWriter,
  classes: readonly ClassSpec[],
  pools: DexPools,
  map: SectionMap,
): number[][] {
  const start = out.align(4).length;
  let count = 0;
  const offsets = classes.map((spec) => {
    const byName = new Map<string, number>();
    return (spec.methods ?? []).map((method) => {
      const shared = byName.get(method.sharesCodeOf ?? '');
      if (shared !== undefined) return shared;
      if (method.code === null) return 0;
      const offset = out.align(4).length;
      writeCodeItem(out, method, pools);
      byName.set(method.name, offset);
      count += 1;
      return offset;
    });
  });
  if (count > 0) map.push([0x2001, count, start]);
  return offsets;
}

/** Registers beside the parameters: room for every instruction that the builders make by themselves. */
const SPARE_REGISTERS = 16;

function writeCodeItem(out: ByteWriter, method: MethodSpec, pools: DexPools): void {
  const code = method.code ?? [{ units: [0x0e] }];
  const { instructions, tries, registers } =
    'instructions' in code ? code : { instructions: code, tries: [], registers: undefined };
  const units = instructions.flatMap((instruction) => [...encodeInstruction(instruction, pools)]);
  const ins = argumentWords(method.descriptor) + (method.static ? 0 : 1);
  const header = method.codeHeader ?? {};
  out
    .u16(header.registers ?? registers ?? SPARE_REGISTERS + ins, header.ins ?? ins)
    .u16(header.outs ?? SPARE_REGISTERS, header.tries ?? tries.length)
    .u32(header.debugOffset ?? 0, header.units ?? units.length);
  // In parts: a call takes no more than some 100,000 arguments.
  for (let at = 0; at < units.length; at += 10_000) out.u16(...units.slice(at, at + 10_000));
  if (tries.length > 0) {
    out.align(4);
    writeTries(out, tries, pools);
  }
}

/** `try_item`s, then an `encoded_catch_handler_list` with one list for each. */
function writeTries(out: ByteWriter, tries: readonly AssembledTry[], pools: DexPools): void {
  const lists = new ByteWriter().uleb128(tries.length);
  for (const { start, end, handlers } of tries) {
    out.u32(start).u16(end - start, lists.length);
    const typed = handlers.filter(({ type }) => type !== null);
    const all = handlers.find(({ type }) => type === null);
    lists.bytes(sleb128(all === undefined ? typed.length : -typed.length));
    for (const { type, address } of typed) lists.uleb128(pools.type(type ?? '')).uleb128(address);
    if (all !== undefined) lists.uleb128(all.address);
  }
  out.bytes(lists.finish());
}

function sleb128(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7) {
    const isLast = rest >= -64 && rest < 64;
    bytes.push((rest & 0x7f) | (isLast ? 0 : 0x80));
    if (isLast) return bytes;
  }
}

/** Gives the offset of the `type_list` of these types; 0 for an empty one. */
export function writeTypeLists(
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

export function writeStrings(out: ByteWriter, strings: readonly string[], map: SectionMap): number[] {
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

export function writeClassData(
  out: ByteWriter,
  classes: readonly ClassSpec[],
  pools: DexPools,
  code: readonly (readonly number[])[],
  map: SectionMap,
): number[] {
  const start = out.length;
  let count = 0;
  const byName = new Map<string, number>();
  const offsets = classes.map((spec, classIndex) => {
    const { fields = [], methods = [] } = spec;
    const shared = byName.get(spec.sharesMembersOf ?? '');
    if (shared !== undefined) return shared;
    if (fields.length + methods.length === 0) return 0;
    count += 1;
    const offset = out.length;
    byName.set(spec.name, offset);
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

export function writeMap(
  out: ByteWriter,
  map: SectionMap,
  change: (entries: readonly MapEntry[]) => readonly MapEntry[] = (entries) => entries,
): number {
  const offset = out.align(4).length;
  const entries = change([...map, [0x1000, 1, offset]]);
  out.u32(entries.length);
  for (const [type, count, at] of entries) out.u16(type, 0).u32(count, at);
  return offset;
}
