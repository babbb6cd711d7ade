import { ByteWriter } from '@vedette/bytes';
import { NO_INDEX } from './class-data.ts';
import { adler32, CONTAINER_HEADER_SIZE, HEADER_SIZE } from './dex-header.ts';
import { createPoolCollector, type DexPools } from './dex-pools.ts';
import {
  type SectionMap,
  writeClassData,
  writeCode,
  writeMap,
  writeStrings,
  writeTypeLists,
} from './dex-section-writers.ts';
import type { ClassSpec, DexPatch, DexPlaces, DexTricks } from './dex-spec.ts';

export { encodeMutf8 } from './dex-section-writers.ts';
export type * from './dex-spec.ts';

const ACC_PUBLIC = 0x1;

/**
 * Writes a DEX ("Dalvik executable format") that `dexdump` accepts: pools sorted, checksum right. The SHA-1 signature
 * is left zero: neither the platform nor our reader looks at it.
 */
export function buildDex(classes: readonly ClassSpec[], tricks: DexTricks = {}): Uint8Array {
  return buildDexAt(0, classes, tricks);
}

/** Writes a container of version 041: one DEX for each list of classes, one behind the other. */
export function buildDexContainer(parts: readonly (readonly ClassSpec[])[], tricks: DexTricks = {}): Uint8Array {
  const out = new ByteWriter();
  const starts = parts.map((classes) => {
    const start = out.length;
    out.bytes(buildDexAt(start, classes, { ...tricks, version: '041' })).align(4);
    return start;
  });
  const bytes = out.finish();
  const view = new DataView(bytes.buffer);
  for (const [index, start] of starts.entries()) {
    const next = starts[index + 1] ?? bytes.length;
    view.setUint32(start + 32, next - start, true);
    view.setUint32(start + 0x70, bytes.length, true);
    view.setUint32(start + 8, adler32(bytes.subarray(start + 12, next)), true);
  }
  return bytes;
}

/** Without the bytes before `base`, from where its offsets count. */
function buildDexAt(base: number, classes: readonly ClassSpec[], tricks: DexTricks): Uint8Array {
  const version = tricks.version ?? '035';
  const headerSize = version === '041' ? CONTAINER_HEADER_SIZE : HEADER_SIZE;
  const pools = collect(classes, tricks.extraStrings ?? []);
  const out = new ByteWriter();
  const sections = layout(pools, classes.length, base + headerSize);
  out.bytes(new Uint8Array(sections.dataOffset));
  const map: SectionMap = [[0, 1, base], ...sections.map];

  const code = writeCode(out, classes, pools, map);
  const typeLists = writeTypeLists(out, classes, pools, map);
  const stringData = writeStrings(out, pools.strings, map);
  const classData = writeClassData(out, classes, pools, code, map);
  const extra = out.align(4).length;
  out.bytes(tricks.extraData ?? []);
  const mapOffset = writeMap(out, map, tricks.map);

  const at = (offset: number) => createPatcher(out, offset);
  const strings = at(sections.strings);
  for (const offset of stringData) strings.u32(offset);
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
  writeHeader(out, { pools, classes: classes.length, sections, mapOffset, version, base, headerSize });
  const places = { ...sections, stringData, classData, code, map: mapOffset, extra };
  const bytes = out.finish();
  tricks.patch?.(createPatch(bytes, places));
  const whole = bytes.subarray(base);
  new DataView(bytes.buffer).setUint32(base + 8, adler32(whole.subarray(12)), true);
  return new ByteWriter().bytes(whole, tricks.trailing ?? []).finish();
}

function createPatch(bytes: Uint8Array, places: DexPlaces): DexPatch {
  const view = new DataView(bytes.buffer);
  return {
    bytes,
    places,
    u8: (offset, value) => view.setUint8(offset, value),
    u16: (offset, value) => view.setUint16(offset, value, true),
    u32: (offset, value) => view.setUint32(offset, value, true),
  };
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
      const code = method.code ?? [];
      for (const instruction of 'instructions' in code ? code.instructions : code) collector.instruction(instruction);
      if ('tries' in code) {
        for (const { handlers } of code.tries) for (const { type } of handlers) if (type !== null) collector.type(type);
      }
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
  readonly map: SectionMap;
}

function layout(pools: DexPools, classes: number, start: number): Layout {
  const map: SectionMap = [];
  let offset = start;
  const section = (type: number, count: number, itemSize: number): number => {
    const place = offset;
    if (count > 0) map.push([type, count, place]);
    offset += count * itemSize;
    return count > 0 ? place : 0;
  };
  const strings = section(1, pools.strings.length, 4);
  const types = section(2, pools.types.length, 4);
  const protos = section(3, pools.protos.length, 12);
  const fields = section(4, pools.fields.length, 8);
  const methods = section(5, pools.methods.length, 8);
  const classDefs = section(6, classes, 32);
  return { strings, types, protos, fields, methods, classes: classDefs, dataOffset: offset, map };
}

interface Patcher {
  u32(...values: number[]): void;
}

function createPatcher(out: ByteWriter, offset: number): Patcher {
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
  readonly base: number;
  readonly headerSize: number;
}

function writeHeader(out: ByteWriter, input: HeaderInput): void {
  const { pools, classes, sections, mapOffset, version, base, headerSize } = input;
  const digits = Array.from(version, (digit) => digit.charCodeAt(0));
  const header = createPatcher(out, base);
  header.u32(0x0a786564, (digits[0] ?? 0) | ((digits[1] ?? 0) << 8) | ((digits[2] ?? 0) << 16));
  const rest = createPatcher(out, base + 32);
  rest.u32(out.length - base, headerSize, 0x12345678, 0, 0, mapOffset);
  rest.u32(pools.strings.length, sections.strings, pools.types.length, sections.types);
  rest.u32(pools.protos.length, sections.protos, pools.fields.length, sections.fields);
  rest.u32(pools.methods.length, sections.methods, classes, sections.classes);
  rest.u32(out.length - sections.dataOffset, sections.dataOffset);
  if (version === '041') rest.u32(out.length, base);
}
