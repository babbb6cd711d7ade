import { ByteWriter } from '@vedette/bytes';
import type { XmlValue } from '../axml/axml-builder.ts';
import { VALUE_BOOLEAN, VALUE_INT_DEC, VALUE_REFERENCE, VALUE_STRING } from '../axml/chunk-types.ts';
import { type PoolTricks, writeStringPool } from '../string-pool/write-string-pool.ts';
import {
  CHUNK_LIBRARY,
  CHUNK_OVERLAYABLE,
  CHUNK_OVERLAYABLE_POLICY,
  CHUNK_PACKAGE,
  CHUNK_STAGED_ALIAS,
  CHUNK_TABLE,
  CHUNK_TYPE,
  CHUNK_TYPE_SPEC,
  ENTRY_COMPACT,
  ENTRY_COMPLEX,
  NO_ENTRY,
  NO_ENTRY_16,
  TYPE_OFFSET16,
  TYPE_SPARSE,
} from './arsc-chunk-types.ts';
import type { Overlayable } from './package-extras.ts';
import { type ResourceConfiguration, writeConfiguration } from './resource-configuration.ts';

/** A value, or a map: a style with its parent, an array, plurals. */
export type ArscValue =
  | XmlValue
  | { readonly parent?: number; readonly items: readonly (readonly [number, XmlValue])[] };

export interface ArscConfigurationSpec {
  /** Empty for the default. */
  readonly for?: Partial<ResourceConfiguration>;
  readonly encoding?: 'dense' | 'offset16' | 'sparse';
  /** Writes values (not maps) in eight bytes, as since Android 14. */
  readonly compact?: boolean;
  /** By name; the number of an entry is its place among all names of the type. */
  readonly entries: Readonly<Record<string, ArscValue>>;
  readonly tricks?: ArscTypeTricks;
}

export interface ArscTypeSpec {
  readonly name: string;
  readonly configurations: readonly ArscConfigurationSpec[];
}

export interface ArscPackageSpec {
  /** 0x7f without it. */
  readonly id?: number;
  readonly name?: string;
  readonly types: readonly ArscTypeSpec[];
  readonly typeIdOffset?: number;
  readonly libraries?: readonly { readonly packageId: number; readonly name: string }[];
  readonly overlayables?: readonly Overlayable[];
  readonly aliases?: readonly (readonly [number, number])[];
}

/** Lies about one configuration of a type. */
export interface ArscTypeTricks {
  readonly flags?: number;
  /** Declared size of the configuration. */
  readonly configurationSize?: number;
  /** Declared number of entries. */
  readonly entryCount?: number;
  /** Added to where entries are said to begin. */
  readonly entriesStartLie?: number;
  /** Offset of an entry from the first, instead of the real one. */
  readonly offset?: (index: number, offset: number) => number;
  /** Index of the name, instead of the real one. */
  readonly key?: number;
  /** Written twice in a sparse type. */
  readonly repeat?: boolean;
  /** Number of items that a map says it has. */
  readonly itemCount?: number;
}

/** Lies about the table. */
export interface ArscTricks {
  readonly outerType?: number;
  readonly packageCount?: number;
  /** Leaves out the specifications of the types. */
  readonly withoutSpecs?: boolean;
  readonly specsTwice?: boolean;
  readonly withoutTypeNames?: boolean;
  /** A chunk of this type in the table and in each package. */
  readonly junkChunkType?: number;
  /** A second pool of values. */
  readonly secondPool?: readonly string[];
  /** Lies about the pool of values. */
  readonly pool?: PoolTricks;
  readonly trailing?: Uint8Array;
}

export interface ArscSpec {
  readonly packages: readonly ArscPackageSpec[];
  /** Pools in UTF-8 (as aapt2 writes them) unless false. */
  readonly utf8?: boolean;
  readonly tricks?: ArscTricks;
}

interface Names {
  readonly list: string[];
  index(text: string): number;
}

function createNames(): Names {
  const list: string[] = [];
  const known = new Map<string, number>();
  return {
    list,
    index(text) {
      const at = known.get(text);
      if (at !== undefined) return at;
      known.set(text, list.length);
      return list.push(text) - 1;
    },
  };
}

/** Writes resources.arsc (AOSP ResourceTypes.h), honest unless told to lie. */
export function buildArsc({ packages, utf8 = true, tricks = {} }: ArscSpec): Uint8Array {
  const strings = createNames();
  const body = new ByteWriter();
  for (const spec of packages) writePackage(body, spec, { strings, utf8, tricks });
  const out = new ByteWriter();
  chunk(out, tricks.outerType ?? CHUNK_TABLE, 12, (table) => {
    table.u32(tricks.packageCount ?? packages.length);
    writeStringPool(table, { strings: strings.list, utf8, tricks: tricks.pool });
    if (tricks.secondPool !== undefined) writeStringPool(table, { strings: tricks.secondPool, utf8 });
    writeJunk(table, tricks);
    table.bytes(body.finish());
  });
  return out.bytes(tricks.trailing ?? []).finish();
}

interface TableContext {
  readonly strings: Names;
  readonly utf8: boolean;
  readonly tricks: ArscTricks;
}

function writePackage(out: ByteWriter, spec: ArscPackageSpec, context: TableContext): void {
  const { tricks, utf8 } = context;
  const keys = createNames();
  // Names come before the types that use them: collect them first.
  const types = spec.types.map((type) => {
    const names = createNames();
    for (const { entries } of type.configurations) for (const name of Object.keys(entries)) names.index(name);
    for (const name of names.list) keys.index(name);
    return { type, names };
  });
  const start = out.length;
  chunk(out, CHUNK_PACKAGE, 288, (inner) => {
    inner.u32(spec.id ?? 0x7f);
    fixedText(inner, spec.name ?? 'com.example.app', 128);
    inner.u32(tricks.withoutTypeNames === true ? 0 : 288, types.length, 0, keys.list.length, spec.typeIdOffset ?? 0);
    if (tricks.withoutTypeNames !== true) writeStringPool(inner, { strings: types.map(({ type }) => type.name), utf8 });
    inner.patchU32(start + 276, inner.length - start);
    writeStringPool(inner, { strings: keys.list, utf8 });
    writeJunk(inner, tricks);
    writeExtras(inner, spec);
    for (const [index, { type, names }] of types.entries()) {
      for (let count = tricks.withoutSpecs ? 0 : tricks.specsTwice ? 2 : 1; count > 0; count--) {
        chunk(inner, CHUNK_TYPE_SPEC, 16, (body) => {
          body.u8(index + 1, 0).u16(0);
          body.u32(names.list.length, ...names.list.map(() => 0));
        });
      }
      for (const configuration of type.configurations) {
        writeType(inner, { typeId: index + 1, configuration, names, keys, strings: context.strings });
      }
    }
  });
}

function writeExtras(out: ByteWriter, { libraries, overlayables = [], aliases }: ArscPackageSpec): void {
  if (libraries !== undefined) {
    chunk(out, CHUNK_LIBRARY, 12, (body) => {
      body.u32(libraries.length);
      for (const { packageId, name } of libraries) fixedText(body.u32(packageId), name, 128);
    });
  }
  for (const { name, actor, policies } of overlayables) {
    chunk(out, CHUNK_OVERLAYABLE, 1032, (body) => {
      fixedText(body, name, 256);
      fixedText(body, actor, 256);
      for (const { flags, ids } of policies) {
        chunk(body, CHUNK_OVERLAYABLE_POLICY, 16, (policy) => policy.u32(flags, ids.length, ...ids));
      }
    });
  }
  if (aliases !== undefined) {
    chunk(out, CHUNK_STAGED_ALIAS, 12, (body) => body.u32(aliases.length, ...aliases.flat()));
  }
}

interface TypeContext {
  readonly typeId: number;
  readonly configuration: ArscConfigurationSpec;
  readonly names: Names;
  readonly keys: Names;
  readonly strings: Names;
}

function writeType(out: ByteWriter, context: TypeContext): void {
  const { configuration, names, typeId } = context;
  const { encoding = 'dense', tricks = {} } = configuration;
  const data = new ByteWriter();
  const offsets = new Map<number, number>();
  for (const [name, value] of Object.entries(configuration.entries)) {
    const index = names.index(name);
    offsets.set(index, tricks.offset?.(index, data.length) ?? data.length);
    writeEntry(data, name, value, context);
  }
  const slots = [...offsets].sort(([left], [right]) => left - right);
  const repeated = tricks.repeat === true ? slots.flatMap((slot) => [slot, slot]) : slots;
  const count = encoding === 'sparse' ? repeated.length : names.list.length;
  const flags = encoding === 'sparse' ? TYPE_SPARSE : encoding === 'offset16' ? TYPE_OFFSET16 : 0;
  const config = writeConfiguration(configuration.for ?? {});
  if (tricks.configurationSize !== undefined) new DataView(config.buffer).setUint32(0, tricks.configurationSize, true);
  const headerSize = 20 + config.length;
  const start = out.length;
  chunk(out, CHUNK_TYPE, headerSize, (body) => {
    body.u8(typeId, tricks.flags ?? flags).u16(0);
    body.u32(tricks.entryCount ?? count, 0).bytes(config);
    if (encoding === 'sparse') for (const [index, offset] of repeated) body.u16(index, offset / 4);
    else {
      for (let index = 0; index < count; index++) {
        const offset = offsets.get(index);
        if (encoding === 'offset16') body.u16(offset === undefined ? NO_ENTRY_16 : offset / 4);
        else body.u32(offset ?? NO_ENTRY);
      }
    }
    body.align(4);
    body.patchU32(start + 16, body.length - start + (tricks.entriesStartLie ?? 0));
    body.bytes(data.finish());
  });
}

function writeEntry(data: ByteWriter, name: string, value: ArscValue, context: TypeContext): void {
  const { configuration, keys, strings } = context;
  const key = configuration.tricks?.key ?? keys.index(name);
  if (typeof value === 'object' && 'items' in value) {
    const count = configuration.tricks?.itemCount ?? value.items.length;
    data.u16(16, ENTRY_COMPLEX).u32(key, value.parent ?? 0, count);
    for (const [item, inner] of value.items) writeValue(data.u32(item), typed(inner, strings));
    return;
  }
  const written = typed(value, strings);
  if (configuration.compact === true) data.u16(key, ENTRY_COMPACT | (written.type << 8)).u32(written.data);
  else writeValue(data.u16(8, 0).u32(key), written);
}

function writeValue(out: ByteWriter, { type, data }: { type: number; data: number }): void {
  out.u16(8).u8(0, type).u32(data);
}

function typed(value: XmlValue, strings: Names): { type: number; data: number } {
  if (typeof value === 'string') return { type: VALUE_STRING, data: strings.index(value) };
  if (typeof value === 'number') return { type: VALUE_INT_DEC, data: value };
  if (typeof value === 'boolean') return { type: VALUE_BOOLEAN, data: value ? 0xffff_ffff : 0 };
  return 'reference' in value ? { type: VALUE_REFERENCE, data: value.reference } : value;
}

function writeJunk(out: ByteWriter, { junkChunkType }: ArscTricks): void {
  if (junkChunkType !== undefined) chunk(out, junkChunkType, 8, (junk) => junk.u32(0xdead_beef));
}

function chunk(out: ByteWriter, type: number, headerSize: number, content: (out: ByteWriter) => void): void {
  const start = out.length;
  out.u16(type, headerSize).u32(0);
  content(out);
  out.align(4).patchU32(start + 4, out.length - start);
}

function fixedText(out: ByteWriter, text: string, units: number): void {
  const cut = text.slice(0, units - 1);
  out.utf16(cut).bytes(new Uint8Array((units - cut.length) * 2));
}
