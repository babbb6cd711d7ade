import { ByteWriter } from '@vedette/bytes';
import { LC } from './load-commands.ts';

export interface SectionSpec {
  readonly name: string;
  readonly data: Uint8Array;
  /** Low byte the type; default 2 (C strings) for names that end in `string`, `methname`, `classname`, `methtype`, else 0. */
  readonly flags?: number;
}

export interface SymbolSpec {
  readonly name: string;
  readonly kind: 'import' | 'export' | 'local';
  /** Ordinal of an import's library, from 1. */
  readonly library?: number;
  /** Address in memory; default the text's. */
  readonly address?: number;
}

export interface LibrarySpec {
  readonly path: string;
  /** Number of the load command; default LC_LOAD_DYLIB. */
  readonly command?: number;
}

/** Bytes of a code signature over the image so far: everything before the signature. */
export interface SignatureSpec {
  /** How many bytes to keep free. */
  readonly size: number;
  sign(covered: Uint8Array): Uint8Array;
}

export interface MachOSpec {
  /** Default 64. */
  readonly bits?: 32 | 64;
  /** Default AArch64, or ARM with 32 bits. */
  readonly cpuType?: number;
  readonly cpuSubtype?: number;
  /** Default 2, executable; 6 is a library. */
  readonly type?: number;
  /** Default MH_PIE. */
  readonly flags?: number;
  /** Sections of `__TEXT`; the first one begins at the address `TEXT_BASE` + `HEADER_ROOM`. */
  readonly text?: readonly SectionSpec[];
  /** Sections of `__DATA`, which begins on the next page. */
  readonly data?: readonly SectionSpec[];
  readonly libraries?: readonly LibrarySpec[];
  readonly installName?: string;
  readonly runPaths?: readonly string[];
  readonly symbols?: readonly SymbolSpec[];
  /** Offset and size default to the first text section. */
  readonly encryption?: { readonly offset?: number; readonly size?: number; readonly id: number };
  /** Bind opcodes and an exports trie, as LC_DYLD_INFO_ONLY has them. */
  readonly dyldInfo?: { readonly bind?: Uint8Array; readonly exports?: Uint8Array };
  /** Payload of LC_DYLD_CHAINED_FIXUPS. */
  readonly chainedFixups?: Uint8Array;
  readonly functionStarts?: Uint8Array;
  readonly uuid?: Uint8Array;
  /** `[platform, minimum, sdk]`; versions with 16, 8 and 8 bits. */
  readonly build?: readonly [platform: number, minimum: number, sdk: number];
  /** Further segments: name, size of nothing, protection. */
  readonly segments?: readonly {
    readonly name: string;
    readonly protection: number;
    readonly address?: number;
    readonly sections?: readonly string[];
  }[];
  /** Further commands as bytes, their two words included. */
  readonly commands?: readonly Uint8Array[];
  readonly signature?: SignatureSpec;
  /** Header fields to write instead of the true ones. */
  readonly lies?: { readonly commandCount?: number; readonly commandsSize?: number };
}

export const TEXT_BASE = 0x1_0000_0000;
export const TEXT_BASE_32 = 0x4000;
/** Where the first section of `__TEXT` begins, in bytes from the start of the file. */
export const HEADER_ROOM = 0x1000;
const PAGE = 0x1000;

/** Where sections come to lie: for pointers in data that lead to them. */
export function machOAddresses(spec: MachOSpec): {
  readonly text: readonly number[];
  readonly data: readonly number[];
} {
  const base = spec.bits === 32 ? TEXT_BASE_32 : TEXT_BASE;
  const place = (from: number, sections: readonly SectionSpec[]): number[] => {
    let at = from;
    return sections.map(({ data }) => {
      const address = at;
      at = alignTo(at + data.length, 8);
      return address;
    });
  };
  const text = place(base + HEADER_ROOM, spec.text ?? []);
  return { text, data: place(base + dataOffset(spec), spec.data ?? []) };
}

function dataOffset(spec: MachOSpec): number {
  return alignTo(
    (spec.text ?? []).reduce((at, { data }) => alignTo(at + data.length, 8), HEADER_ROOM),
    PAGE,
  );
}

function alignTo(value: number, alignment: number): number {
  return Math.ceil(value / alignment) * alignment;
}

/** Writes a thin little-endian Mach-O file. */
export function buildMachO(spec: MachOSpec = {}): Uint8Array {
  const wide = spec.bits !== 32;
  const base = wide ? TEXT_BASE : TEXT_BASE_32;
  const addresses = machOAddresses(spec);
  const data = dataOffset(spec);
  const dataEnd = (spec.data ?? []).reduce((at, section) => alignTo(at + section.data.length, 8), data);
  const linkStart = alignTo(dataEnd, PAGE);
  const link = linkEdit(spec, linkStart, wide);
  const signatureAt = alignTo(linkStart + link.bytes.length, 16);
  const total = spec.signature === undefined ? linkStart + link.bytes.length : signatureAt + spec.signature.size;

  const commands: Uint8Array[] = [];
  const segment = (
    name: string,
    address: number,
    offset: number,
    size: number,
    protection: number,
    sections: readonly (SectionSpec & { readonly address: number })[],
  ): void => {
    commands.push(segmentCommand({ name, address, offset, size, protection, sections, base }, wide));
  };
  const located = (sections: readonly SectionSpec[] | undefined, at: readonly number[]) =>
    (sections ?? []).map((section, index) => ({ ...section, address: at[index] ?? 0 }));
  segment('__TEXT', base, 0, data, 5, located(spec.text, addresses.text));
  if (spec.data !== undefined)
    segment('__DATA', base + data, data, linkStart - data, 3, located(spec.data, addresses.data));
  for (const { name, protection, address, sections } of spec.segments ?? []) {
    const empty = (sections ?? []).map((section) => ({ name: section, data: new Uint8Array(0), address: 0, flags: 0 }));
    commands.push(
      segmentCommand(
        {
          name,
          address: address ?? base + 0x1000_0000,
          offset: 0,
          size: 0,
          memory: PAGE,
          protection,
          sections: empty,
          base,
        },
        wide,
      ),
    );
  }
  segment('__LINKEDIT', base + linkStart, linkStart, total - linkStart, 1, []);
  commands.push(...link.commands);
  if (spec.installName !== undefined)
    commands.push(textCommand(LC.ID_DYLIB, spec.installName, [2, 0x1_0000, 0x1_0000], wide));
  for (const { path, command } of spec.libraries ?? [])
    commands.push(textCommand(command ?? LC.LOAD_DYLIB, path, [2, 0x1_0203, 0x1_0000], wide));
  for (const path of spec.runPaths ?? []) commands.push(textCommand(LC.RPATH, path, [], wide));
  if (spec.uuid !== undefined) commands.push(command(LC.UUID, spec.uuid));
  if (spec.build !== undefined) commands.push(command(LC.BUILD_VERSION, words(...spec.build, 0)));
  if (spec.encryption !== undefined) {
    const { offset = HEADER_ROOM, size = spec.text?.[0]?.data.length ?? 0, id } = spec.encryption;
    commands.push(
      wide
        ? command(LC.ENCRYPTION_INFO_64, words(offset, size, id, 0))
        : command(LC.ENCRYPTION_INFO, words(offset, size, id)),
    );
  }
  commands.push(...(spec.commands ?? []));
  if (spec.signature !== undefined) commands.push(command(LC.CODE_SIGNATURE, words(signatureAt, spec.signature.size)));

  const size = commands.reduce((sum, { length }) => sum + length, 0);
  const out = new ByteWriter();
  out.u32(wide ? 0xfeedfacf : 0xfeedface, spec.cpuType ?? (wide ? 0x0100_000c : 12), spec.cpuSubtype ?? 0);
  out.u32(
    spec.type ?? 2,
    spec.lies?.commandCount ?? commands.length,
    spec.lies?.commandsSize ?? size,
    spec.flags ?? 0x20_0085,
  );
  if (wide) out.u32(0);
  out.bytes(...commands);
  if (out.length > HEADER_ROOM)
    throw new Error(`load commands need ${out.length} bytes, there is room for ${HEADER_ROOM}`);
  const file = new Uint8Array(total);
  file.set(out.finish());
  for (const section of located(spec.text, addresses.text)) file.set(section.data, section.address - base);
  for (const section of located(spec.data, addresses.data)) file.set(section.data, section.address - base);
  file.set(link.bytes, linkStart);
  if (spec.signature !== undefined) {
    const signed = spec.signature.sign(file.slice(0, signatureAt));
    if (signed.length > spec.signature.size)
      throw new Error(`the signature has ${signed.length} bytes, ${spec.signature.size} are kept free`);
    file.set(signed, signatureAt);
  }
  return file;
}

interface SegmentParts {
  readonly name: string;
  readonly address: number;
  readonly offset: number;
  readonly size: number;
  readonly memory?: number;
  readonly protection: number;
  readonly base: number;
  readonly sections: readonly (SectionSpec & { readonly address: number })[];
}

function segmentCommand(parts: SegmentParts, wide: boolean): Uint8Array {
  const { name, address, offset, size, protection, sections, base } = parts;
  const out = new ByteWriter();
  const word = (value: number): void => {
    if (wide) out.u64(value);
    else out.u32(value);
  };
  out.bytes(fixed(name));
  word(address);
  word(parts.memory ?? size);
  word(offset);
  word(size);
  out.u32(protection, protection, sections.length, 0);
  for (const section of sections) {
    out.bytes(fixed(section.name), fixed(name));
    word(section.address);
    word(section.data.length);
    const isText = /(?:string|methname|classname|methtype)$/.test(section.name) && section.name !== '__ustring';
    out.u32(section.address === 0 ? 0 : section.address - base, 3, 0, 0, section.flags ?? (isText ? 2 : 0), 0, 0);
    if (wide) out.u32(0);
  }
  return command(wide ? LC.SEGMENT_64 : LC.SEGMENT, out.finish());
}

/** What `__LINKEDIT` holds, and the commands that lead there. */
function linkEdit(
  spec: MachOSpec,
  start: number,
  wide: boolean,
): { readonly bytes: Uint8Array; readonly commands: readonly Uint8Array[] } {
  const out = new ByteWriter();
  const commands: Uint8Array[] = [];
  const put = (bytes: Uint8Array): [offset: number, size: number] => {
    out.align(8);
    const at = start + out.length;
    out.bytes(bytes);
    return [at, bytes.length];
  };
  const none = new Uint8Array(0);
  if (spec.dyldInfo !== undefined) {
    const bind = put(spec.dyldInfo.bind ?? none);
    const exports = put(spec.dyldInfo.exports ?? none);
    commands.push(command(LC.DYLD_INFO_ONLY, words(0, 0, ...bind, 0, 0, 0, 0, ...exports)));
  }
  if (spec.chainedFixups !== undefined)
    commands.push(command(LC.DYLD_CHAINED_FIXUPS, words(...put(spec.chainedFixups))));
  if (spec.functionStarts !== undefined) commands.push(command(LC.FUNCTION_STARTS, words(...put(spec.functionStarts))));
  const { symbols } = spec;
  if (symbols !== undefined) {
    const names = new ByteWriter().u8(0);
    const table = new ByteWriter();
    for (const { name, kind, library, address } of symbols) {
      table.u32(names.length);
      names.utf8(name).u8(0);
      table.u8(kind === 'import' ? 1 : kind === 'export' ? 0x0f : 0x0e, kind === 'import' ? 0 : 1);
      table.u16((library ?? 0) << 8);
      if (wide) table.u64(kind === 'import' ? 0 : (address ?? TEXT_BASE));
      else table.u32(kind === 'import' ? 0 : (address ?? TEXT_BASE_32));
    }
    const [symbolsAt] = put(table.finish());
    commands.push(command(LC.SYMTAB, words(symbolsAt, symbols.length, ...put(names.finish()))));
  }
  return { bytes: out.finish(), commands };
}

/** A load command: its number, its size and its body, filled up to eight bytes. */
export function command(number: number, body: Uint8Array): Uint8Array {
  const size = alignTo(8 + body.length, 8);
  return new ByteWriter().u32(number, size).bytes(body).align(8).finish();
}

function textCommand(number: number, text: string, fields: readonly number[], _wide: boolean): Uint8Array {
  const body = words(12 + fields.length * 4, ...fields);
  return command(number, new ByteWriter().bytes(body).utf8(text).u8(0).finish());
}

function words(...values: number[]): Uint8Array {
  return new ByteWriter().u32(...values).finish();
}

function fixed(name: string): Uint8Array {
  const out = new Uint8Array(16);
  out.set(new TextEncoder().encode(name).subarray(0, 16));
  return out;
}

export interface FatSliceSpec {
  readonly bytes: Uint8Array;
  /** Default: as in the slice's own header. */
  readonly cpuType?: number;
  readonly offset?: number;
  readonly size?: number;
}

/** Writes a fat file; `count` is written instead of the true number of slices. */
export function buildFatMachO(
  slices: readonly FatSliceSpec[],
  options: { readonly count?: number; readonly wide?: boolean } = {},
): Uint8Array {
  const { wide = false } = options;
  const head = new ByteWriter();
  const big = (...values: number[]): void => {
    for (const value of values)
      head.u8((value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);
  };
  const offsets: number[] = [];
  let end = PAGE;
  for (const { bytes } of slices) {
    offsets.push(end);
    end = alignTo(end + bytes.length, PAGE);
  }
  big(wide ? 0xcafebabf : 0xcafebabe, options.count ?? slices.length);
  for (const [index, slice] of slices.entries()) {
    const { bytes } = slice;
    const own = (at: number): number =>
      (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
    const offset = slice.offset ?? offsets[index] ?? 0;
    const size = slice.size ?? bytes.length;
    big(slice.cpuType ?? own(4), own(8));
    if (wide) big(0, offset, 0, size, 12, 0);
    else big(offset, size, 12);
  }
  const last = slices.at(-1);
  const file = new Uint8Array(last === undefined ? head.length : (offsets.at(-1) ?? 0) + last.bytes.length);
  file.set(head.finish());
  for (const [index, { bytes }] of slices.entries()) file.set(bytes, offsets[index] ?? 0);
  return file;
}

/** Bind opcodes that bind each name of a library to a place in segment `segment`. */
export function bindOpcodes(
  binds: readonly {
    readonly name: string;
    readonly library: number;
    readonly segment: number;
    readonly offset: number;
  }[],
): Uint8Array {
  const out = new ByteWriter();
  for (const { name, library, segment, offset } of binds) {
    out
      .u8(0x10 | library, 0x40)
      .utf8(name)
      .u8(0, 0x51, 0x70 | segment)
      .uleb128(offset)
      .u8(0x90);
  }
  return out.u8(0).finish();
}

/** An exports trie with one node per name under the root. */
export function exportTrie(exports: readonly (readonly [name: string, offset: number])[]): Uint8Array {
  const nodes = exports.map(([, offset]) => {
    const body = new ByteWriter().uleb128(0).uleb128(offset).finish();
    return new ByteWriter().uleb128(body.length).bytes(body).u8(0).finish();
  });
  // Offsets of nodes are written with five bytes so that the root's size does not depend on them.
  const rootSize = exports.reduce((sum, [name]) => sum + new TextEncoder().encode(name).length + 1 + 5, 2);
  const root = new ByteWriter().u8(0, exports.length);
  let at = rootSize;
  for (const [index, [name]] of exports.entries()) {
    root.utf8(name).u8(0);
    for (let shift = 0; shift < 28; shift += 7) root.u8(((at >>> shift) & 0x7f) | 0x80);
    root.u8((at >>> 28) & 0x0f);
    at += nodes[index]?.length ?? 0;
  }
  return root.bytes(...nodes).finish();
}

/** Payload of LC_DYLD_CHAINED_FIXUPS with plain imports and one segment of `format`. */
export function chainedFixups(
  imports: readonly { readonly name: string; readonly library: number }[],
  format = 6,
): Uint8Array {
  const names = new ByteWriter().u8(0);
  const table = new ByteWriter();
  for (const { name, library } of imports) {
    table.u32(((names.length << 9) | (library & 0xff)) >>> 0);
    names.utf8(name).u8(0);
  }
  // Header 28 bytes and padding, starts 32..: two segments, the second of which has fixups.
  const starts = new ByteWriter().u32(2, 0, 12).u32(24).u16(PAGE, format).u64(PAGE).u32(0).u16(1, 0).finish();
  const startsAt = 32;
  const importsAt = alignTo(startsAt + starts.length, 4);
  const namesAt = importsAt + table.length;
  return new ByteWriter()
    .u32(0, startsAt, importsAt, namesAt, imports.length, 1, 0)
    .align(32)
    .bytes(starts)
    .align(4)
    .bytes(table.finish(), names.finish())
    .align(8)
    .finish();
}
