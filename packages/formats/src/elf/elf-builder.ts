import { ByteWriter } from '@vedette/bytes';
import { DT } from './dynamic-section.ts';
import { createElfLayout, type ElfLayout, type Piece } from './elf-layout.ts';
import {
  type ElfShape,
  gnuHashTable,
  note,
  packedRelocations,
  plainRelocations,
  type RelocationSpec,
  relrTable,
  type SegmentSpec,
  sysvHashTable,
  writeSymbols,
  writeWord,
} from './elf-pieces.ts';
import {
  PF_R,
  PF_W,
  PF_X,
  PT_DYNAMIC,
  PT_GNU_RELRO,
  PT_GNU_STACK,
  PT_INTERP,
  PT_LOAD,
  PT_NOTE,
} from './program-headers.ts';

export interface ElfSpec {
  /** Default 64. */
  readonly bits?: 32 | 64;
  readonly bigEndian?: boolean;
  /** `e_machine`; default 183, AArch64. */
  readonly machine?: number;
  /** `e_type`; default 3, shared. */
  readonly type?: number;
  readonly soname?: string;
  readonly runpath?: string;
  readonly needed?: readonly string[];
  readonly imports?: readonly string[];
  /** Functions; each is one instruction long. */
  readonly exports?: readonly string[];
  /** Default both. */
  readonly hash?: 'both' | 'gnu' | 'sysv' | 'none';
  readonly interpreter?: string;
  /** Functions in `.init_array`, by index among `exports`. */
  readonly initArray?: readonly number[];
  /** How relative relocations are written; default `plain`. */
  readonly relocations?: 'plain' | 'relr' | 'packed';
  /** Rows for `RegisterNatives`: name, descriptor, function by index among `exports`. */
  readonly natives?: readonly (readonly [string, string, number])[];
  readonly texts?: readonly string[];
  /** Bytes of the executable segment behind the functions. */
  readonly code?: Uint8Array;
  readonly buildId?: Uint8Array;
  readonly android?: { readonly apiLevel: number; readonly ndk: string };
  readonly relro?: boolean;
  readonly bindNow?: boolean;
  /** Flags of `PT_GNU_STACK`; null leaves it out. Default readable and writable. */
  readonly stackFlags?: number | null;
  /** Alignment of loaded segments; default 16,384. */
  readonly alignment?: number;
  /** Default `true`; `bogus` writes a table that leads outside of the file. */
  readonly sections?: boolean | 'bogus';
  /** Further entries of the dynamic section. */
  readonly dynamic?: readonly (readonly [number, number])[];
  /** Further program headers, before all others. */
  readonly segments?: readonly SegmentSpec[];
  /** Bytes behind everything. */
  readonly trailing?: Uint8Array;
}

/** Writes a shared library that the reader reads back; addresses are offsets in the file. Nothing in it runs: its functions are zeros. */
export function buildElf(spec: ElfSpec = {}): Uint8Array {
  const shape: ElfShape = { wide: spec.bits !== 32, bigEndian: spec.bigEndian ?? false, machine: spec.machine ?? 183 };
  const layout = createElfLayout(shape, 7 + (spec.segments?.length ?? 0));
  const { imports = [], exports = [], needed = [], natives = [] } = spec;
  const strings = stringTable([spec.soname, spec.runpath, ...needed, ...imports, ...exports]);
  const texts = textTable([...natives.flatMap(([name, descriptor]) => [name, descriptor]), ...(spec.texts ?? [])]);
  const pieces = place(spec, { shape, layout, strings, texts });
  const { symbols, code, relocation, dynamic } = pieces;

  layout.replace(symbols, symbolBytes(spec, { shape, strings, code: code.offset }));
  const rows = relocationRows(spec, { pieces, texts, word: shape.wide ? 8 : 4 });
  const relocations = writeRelocations(shape, spec.relocations ?? 'plain', rows);
  layout.replace(relocation, relocations);
  // RELR has its addends in place; the others may have them too.
  for (const { address, addend } of rows) layout.patchWord(address, addend);
  const entries = dynamicEntries(spec, { shape, pieces, strings, relocationSize: relocations.length });
  layout.replace(dynamic, dynamicBytes(shape, entries));
  return layout.finish({
    type: spec.type ?? 3,
    alignment: spec.alignment ?? 16_384,
    sections: spec.sections ?? true,
    trailing: spec.trailing ?? new Uint8Array(0),
    segments: listSegments(spec, pieces, layout.end()),
  });
}

interface StringTable {
  readonly bytes: Uint8Array;
  at(text: string): number;
}

interface TextTable {
  readonly bytes: Uint8Array;
  at(index: number): number;
}

/** Where each part of the file is; null for what the spec leaves out. */
interface Pieces {
  readonly interp: Piece | null;
  readonly notes: Piece | null;
  readonly symbols: Piece;
  readonly strings: Piece;
  readonly sysv: Piece | null;
  readonly gnu: Piece | null;
  readonly constants: Piece;
  readonly relocation: Piece | null;
  readonly code: Piece;
  readonly init: Piece | null;
  readonly table: Piece | null;
  readonly dynamic: Piece;
}

/** Room for all parts, in order: read-only, code, data. What depends on addresses is filled in afterwards. */
function place(
  spec: ElfSpec,
  { shape, layout, strings, texts }: { shape: ElfShape; layout: ElfLayout; strings: StringTable; texts: TextTable },
): Pieces {
  const { interpreter, imports = [], exports = [], needed = [], natives = [], initArray = [], hash = 'both' } = spec;
  const word = shape.wide ? 8 : 4;
  const pointers = initArray.length + natives.length * 3;
  const optional = (name: string, size: number): Piece | null =>
    size === 0 ? null : layout.add(name, new Uint8Array(size));
  const when = (name: string, wanted: boolean, bytes: () => Uint8Array): Piece | null =>
    wanted ? layout.add(name, bytes()) : null;
  const noteBytes = writeNotes(shape, spec);
  return {
    interp: when('.interp', interpreter !== undefined, () => new TextEncoder().encode(`${interpreter ?? ''}\0`)),
    notes: when('.note', noteBytes.length > 0, () => noteBytes),
    symbols: layout.add('.dynsym', symbolBytes(spec, { shape, strings, code: 0 })),
    strings: layout.add('.dynstr', strings.bytes),
    sysv: when('.hash', hash === 'both' || hash === 'sysv', () =>
      sysvHashTable(shape, imports.length + exports.length + 1),
    ),
    gnu: when('.gnu.hash', hash === 'both' || hash === 'gnu', () => gnuHashTable(shape, imports.length + 1, exports)),
    constants: layout.add('.rodata', texts.bytes),
    relocation: optional('.rel', pointers === 0 ? 0 : pointers * 24 + 64),
    code: layout.add('.text', new Uint8Array([...new Uint8Array(exports.length * 4), ...(spec.code ?? [])])),
    init: optional('.init_array', initArray.length * word),
    table: optional('.data.rel.ro', natives.length * 3 * word),
    dynamic: layout.add('.dynamic', new Uint8Array((28 + needed.length + (spec.dynamic?.length ?? 0)) * 2 * word)),
  };
}

function symbolBytes(
  { imports = [], exports = [] }: ElfSpec,
  { shape, strings, code }: { shape: ElfShape; strings: StringTable; code: number },
): Uint8Array {
  return writeSymbols(shape, { imports, exports, strings: strings.at, address: (index) => code + index * 4 });
}

/** Pointers of `.init_array`, then rows of three for `RegisterNatives`. */
function relocationRows(
  { initArray = [], natives = [] }: ElfSpec,
  { pieces, texts, word }: { pieces: Pieces; texts: TextTable; word: number },
): RelocationSpec[] {
  const { init, table, constants, code } = pieces;
  const rows: RelocationSpec[] = initArray.map((index, at) => ({
    address: (init?.offset ?? 0) + at * word,
    addend: code.offset + index * 4,
  }));
  for (const [at, [, , index]] of natives.entries()) {
    const text = (which: number): number => constants.offset + texts.at(at * 2 + which);
    for (const [column, addend] of [text(0), text(1), code.offset + index * 4].entries()) {
      rows.push({ address: (table?.offset ?? 0) + (at * 3 + column) * word, addend });
    }
  }
  return rows;
}

function dynamicEntries(
  spec: ElfSpec,
  {
    shape,
    pieces,
    strings,
    relocationSize,
  }: { shape: ElfShape; pieces: Pieces; strings: StringTable; relocationSize: number },
): (readonly [number, number])[] {
  const entries: (readonly [number, number])[] = (spec.needed ?? []).map((name) => [DT.NEEDED, strings.at(name)]);
  const entry = (tag: number, value: number | undefined): void => {
    if (value !== undefined) entries.push([tag, value]);
  };
  entry(DT.SONAME, spec.soname === undefined ? undefined : strings.at(spec.soname));
  entry(DT.RUNPATH, spec.runpath === undefined ? undefined : strings.at(spec.runpath));
  entry(DT.STRTAB, pieces.strings.offset);
  entry(DT.STRSZ, strings.bytes.length);
  entry(DT.SYMTAB, pieces.symbols.offset);
  entry(DT.HASH, pieces.sysv?.offset);
  entry(DT.GNU_HASH, pieces.gnu?.offset);
  entry(DT.INIT_ARRAY, pieces.init?.offset);
  entry(DT.INIT_ARRAYSZ, pieces.init?.size);
  if (pieces.relocation !== null) {
    const [tag, size] = relocationTags(shape, spec.relocations ?? 'plain');
    entry(tag, pieces.relocation.offset);
    entry(size, relocationSize);
  }
  if (spec.bindNow === true) entry(DT.FLAGS, 8);
  return [...entries, ...(spec.dynamic ?? [])];
}

function dynamicBytes(shape: ElfShape, entries: readonly (readonly [number, number])[]): Uint8Array {
  const out = new ByteWriter();
  for (const number of entries.flat()) writeWord(out, shape, number);
  return out.finish();
}

function listSegments(spec: ElfSpec, pieces: Pieces, end: number): SegmentSpec[] {
  const { interp, notes, code, init, table, dynamic } = pieces;
  const data = (init ?? table ?? dynamic).offset;
  const stack = spec.stackFlags === undefined ? PF_R | PF_W : spec.stackFlags;
  return [
    ...(spec.segments ?? []),
    segment(PT_LOAD, PF_R, 0, code.offset),
    segment(PT_LOAD, PF_R | PF_X, code.offset, data),
    segment(PT_LOAD, PF_R | PF_W, data, end),
    segment(PT_DYNAMIC, PF_R | PF_W, dynamic.offset, end),
    ...(interp === null ? [] : [segment(PT_INTERP, PF_R, interp.offset, interp.offset + interp.size)]),
    ...(notes === null ? [] : [segment(PT_NOTE, PF_R, notes.offset, notes.offset + notes.size)]),
    ...(spec.relro === true ? [segment(PT_GNU_RELRO, PF_R, data, end)] : []),
    ...(stack === null ? [] : [segment(PT_GNU_STACK, stack, 0, 0)]),
  ];
}

function segment(type: number, flags: number, from: number, to: number): SegmentSpec {
  return { type, flags, offset: from, address: from, fileSize: to - from, memorySize: to - from };
}

function writeNotes(shape: ElfShape, { buildId, android }: ElfSpec): Uint8Array {
  const out = new ByteWriter();
  if (buildId !== undefined) note(out, shape, { name: 'GNU', type: 3, content: buildId });
  if (android !== undefined) {
    const content = new Uint8Array(132);
    content[shape.bigEndian ? 3 : 0] = android.apiLevel;
    content.set(new TextEncoder().encode(android.ndk), 4);
    content.set(new TextEncoder().encode('1'), 68);
    note(out, shape, { name: 'Android', type: 1, content });
  }
  return out.finish();
}

function writeRelocations(
  shape: ElfShape,
  how: NonNullable<ElfSpec['relocations']>,
  rows: readonly RelocationSpec[],
): Uint8Array {
  if (how === 'relr') return relrTable(shape, rows);
  return how === 'packed' ? packedRelocations(shape, rows) : plainRelocations(shape, rows);
}

function relocationTags({ wide }: ElfShape, how: NonNullable<ElfSpec['relocations']>): readonly [number, number] {
  if (how === 'relr') return [DT.RELR, DT.RELRSZ];
  if (how === 'packed') return wide ? [DT.ANDROID_RELA, DT.ANDROID_RELASZ] : [DT.ANDROID_REL, DT.ANDROID_RELSZ];
  return wide ? [DT.RELA, DT.RELASZ] : [DT.REL, DT.RELSZ];
}

function stringTable(texts: readonly (string | undefined)[]): StringTable {
  const out = new ByteWriter();
  out.u8(0);
  const offsets = new Map<string, number>();
  for (const text of texts) {
    if (text === undefined || offsets.has(text)) continue;
    offsets.set(text, out.length);
    out.utf8(text).u8(0);
  }
  return { bytes: out.finish(), at: (text) => offsets.get(text) ?? 0 };
}

function textTable(texts: readonly string[]): TextTable {
  const out = new ByteWriter();
  const offsets = texts.map((text) => {
    const at = out.length;
    out.utf8(text).u8(0);
    return at;
  });
  return { bytes: out.finish(), at: (index) => offsets[index] ?? 0 };
}
