import { ByteWriter } from '@vedette/bytes';
import { DT } from './dynamic-section.ts';
import { createElfLayout, type Piece } from './elf-layout.ts';
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
  const { interpreter, imports = [], exports = [], needed = [], natives = [], initArray = [] } = spec;

  const interp = layout.add('.interp', interpreter === undefined ? null : new TextEncoder().encode(`${interpreter}\0`));
  const notes = layout.add('.note', writeNotes(shape, spec));
  const strings = stringTable([spec.soname, spec.runpath, ...needed, ...imports, ...exports]);
  // The table's size is known before its addresses are: it is written again once they are.
  const symbolBytes = (code: number): Uint8Array =>
    writeSymbols(shape, { imports, exports, strings: strings.at, address: (index) => code + index * 4 });
  const symbols = layout.add('.dynsym', symbolBytes(0));
  const dynstr = layout.add('.dynstr', strings.bytes);
  const hash = spec.hash ?? 'both';
  const count = imports.length + exports.length + 1;
  const sysv = layout.add('.hash', hash === 'both' || hash === 'sysv' ? sysvHashTable(shape, count) : null);
  const gnu = layout.add(
    '.gnu.hash',
    hash === 'both' || hash === 'gnu' ? gnuHashTable(shape, imports.length + 1, exports) : null,
  );
  const texts = textTable([...natives.flatMap(([name, descriptor]) => [name, descriptor]), ...(spec.texts ?? [])]);
  const rodata = layout.add('.rodata', texts.bytes);
  const pointerCount = initArray.length + natives.length * 3;
  const relocationBytes = (rows: readonly RelocationSpec[]): Uint8Array =>
    writeRelocations(shape, spec.relocations ?? 'plain', rows);
  const relocation = layout.add('.rel', pointerCount === 0 ? null : new Uint8Array(pointerCount * 24 + 64));
  const text: Piece | null = layout.add(
    '.text',
    new Uint8Array([...new Uint8Array(exports.length * 4), ...(spec.code ?? [])]),
  );
  const codeStart = text?.offset ?? 0;
  const word = shape.wide ? 8 : 4;
  const init = layout.add('.init_array', initArray.length === 0 ? null : new Uint8Array(initArray.length * word));
  const table = layout.add('.data.rel.ro', natives.length === 0 ? null : new Uint8Array(natives.length * 3 * word));
  const dynamic = layout.add('.dynamic', new Uint8Array((28 + needed.length + (spec.dynamic?.length ?? 0)) * 2 * word));

  const rows: RelocationSpec[] = initArray.map((index, at) => ({
    address: (init?.offset ?? 0) + at * word,
    addend: codeStart + index * 4,
  }));
  for (const [at, [, , index]] of natives.entries()) {
    const targets = [
      (rodata?.offset ?? 0) + texts.at(at * 2),
      (rodata?.offset ?? 0) + texts.at(at * 2 + 1),
      codeStart + index * 4,
    ];
    for (const [column, addend] of targets.entries()) {
      rows.push({ address: (table?.offset ?? 0) + (at * 3 + column) * word, addend });
    }
  }
  const written = relocationBytes(rows);
  layout.replace(symbols, symbolBytes(codeStart));
  layout.replace(relocation, written);
  // RELR has its addends in place; the others may have them too.
  for (const { address, addend } of rows) layout.patchWord(address, addend);

  const entries: [number, number][] = needed.map((name) => [DT.NEEDED, strings.at(name)]);
  const entry = (tag: number, value: number | undefined): void => {
    if (value !== undefined) entries.push([tag, value]);
  };
  entry(DT.SONAME, spec.soname === undefined ? undefined : strings.at(spec.soname));
  entry(DT.RUNPATH, spec.runpath === undefined ? undefined : strings.at(spec.runpath));
  entry(DT.STRTAB, dynstr?.offset);
  entry(DT.STRSZ, strings.bytes.length);
  entry(DT.SYMTAB, symbols?.offset);
  entry(DT.HASH, sysv?.offset);
  entry(DT.GNU_HASH, gnu?.offset);
  entry(DT.INIT_ARRAY, init?.offset);
  if (init !== null) entry(DT.INIT_ARRAYSZ, initArray.length * word);
  if (relocation !== null) {
    const [tag, size] = relocationTags(shape, spec.relocations ?? 'plain');
    entry(tag, relocation.offset);
    entry(size, written.length);
  }
  if (spec.bindNow === true) entry(DT.FLAGS, 8);
  const dynamicBytes = new ByteWriter();
  for (const [tag, value] of [...entries, ...(spec.dynamic ?? [])]) {
    writeWord(dynamicBytes, shape, tag);
    writeWord(dynamicBytes, shape, value);
  }
  layout.replace(dynamic, dynamicBytes.finish());

  const readWrite = init ?? table ?? dynamic;
  const dataStart = readWrite?.offset ?? 0;
  const end = layout.end();
  const load = (flags: number, from: number, to: number): SegmentSpec => segment(PT_LOAD, flags, from, to);
  const stack = spec.stackFlags === undefined ? PF_R | PF_W : spec.stackFlags;
  return layout.finish({
    type: spec.type ?? 3,
    alignment: spec.alignment ?? 16_384,
    sections: spec.sections ?? true,
    trailing: spec.trailing ?? new Uint8Array(0),
    segments: [
      ...(spec.segments ?? []),
      load(PF_R, 0, codeStart),
      load(PF_R | PF_X, codeStart, dataStart),
      load(PF_R | PF_W, dataStart, end),
      ...(dynamic === null ? [] : [segment(PT_DYNAMIC, PF_R | PF_W, dynamic.offset, end)]),
      ...(interp === null ? [] : [segment(PT_INTERP, PF_R, interp.offset, interp.offset + interp.size)]),
      ...(notes === null ? [] : [segment(PT_NOTE, PF_R, notes.offset, notes.offset + notes.size)]),
      ...(spec.relro === true ? [segment(PT_GNU_RELRO, PF_R, dataStart, end)] : []),
      ...(stack === null ? [] : [segment(PT_GNU_STACK, stack, 0, 0)]),
    ],
  });
}

function segment(type: number, flags: number, from: number, to: number): SegmentSpec {
  return { type, flags, offset: from, address: from, fileSize: to - from, memorySize: to - from };
}

function writeNotes(shape: ElfShape, { buildId, android }: ElfSpec): Uint8Array | null {
  const out = new ByteWriter();
  if (buildId !== undefined) note(out, shape, { name: 'GNU', type: 3, content: buildId });
  if (android !== undefined) {
    const content = new Uint8Array(132);
    content[shape.bigEndian ? 3 : 0] = android.apiLevel;
    content.set(new TextEncoder().encode(android.ndk), 4);
    content.set(new TextEncoder().encode('1'), 68);
    note(out, shape, { name: 'Android', type: 1, content });
  }
  return out.length === 0 ? null : out.finish();
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

function stringTable(texts: readonly (string | undefined)[]): { readonly bytes: Uint8Array; at(text: string): number } {
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

function textTable(texts: readonly string[]): { readonly bytes: Uint8Array; at(index: number): number } {
  const out = new ByteWriter();
  const offsets = texts.map((text) => {
    const at = out.length;
    out.utf8(text).u8(0);
    return at;
  });
  return { bytes: out.finish(), at: (index) => offsets[index] ?? 0 };
}
