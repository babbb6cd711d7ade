import type { Diagnostics } from '@vedette/bytes';
import type { AddressMap } from './address-map.ts';
import type { ElfFields } from './elf-fields.ts';
import { elfText } from './elf-fields.ts';
import { type ElfSegment, PT_DYNAMIC } from './program-headers.ts';
import { type ElfSection, SHT_DYNAMIC } from './section-headers.ts';

/** `d_tag` (gABI, "Dynamic Section"; AOSP bionic linker.cpp for Android's own). */
export const DT = {
  NEEDED: 1,
  PLTRELSZ: 2,
  HASH: 4,
  STRTAB: 5,
  SYMTAB: 6,
  RELA: 7,
  RELASZ: 8,
  STRSZ: 10,
  INIT: 12,
  FINI: 13,
  SONAME: 14,
  RPATH: 15,
  REL: 17,
  RELSZ: 18,
  PLTREL: 20,
  TEXTREL: 22,
  JMPREL: 23,
  BIND_NOW: 24,
  INIT_ARRAY: 25,
  FINI_ARRAY: 26,
  INIT_ARRAYSZ: 27,
  FINI_ARRAYSZ: 28,
  RUNPATH: 29,
  FLAGS: 30,
  PREINIT_ARRAYSZ: 33,
  RELRSZ: 35,
  RELR: 36,
  ANDROID_REL: 0x6000_000f,
  ANDROID_RELSZ: 0x6000_0010,
  ANDROID_RELA: 0x6000_0011,
  ANDROID_RELASZ: 0x6000_0012,
  ANDROID_RELR: 0x6fff_e000,
  ANDROID_RELRSZ: 0x6fff_e001,
  GNU_HASH: 0x6fff_fef5,
  FLAGS_1: 0x6fff_fffb,
  AARCH64_BTI_PLT: 0x7000_0001,
  AARCH64_PAC_PLT: 0x7000_0003,
  AARCH64_MEMTAG_MODE: 0x7000_0009,
} as const;

export interface DynamicSection {
  /** The value of a tag; of one that occurs several times the last, as the linker's loop leaves it. */
  value(tag: number): number | undefined;
  /** Libraries needed, in order. */
  readonly needed: readonly string[];
  /** Text at an offset of the string table; empty where it leads outside. */
  text(offset: number): string;
  /** Range of the string table in the file. */
  readonly strings: { readonly offset: number; readonly end: number } | null;
}

const MAX_ENTRIES = 16_384;

/**
 * What `PT_DYNAMIC` says, read where the loader would find it in memory; where its address is not mapped, at its offset in the file. Null without one: a static
 * program, or an object file.
 */
export function readDynamicSection(
  elf: {
    readonly fields: ElfFields;
    readonly segments: readonly ElfSegment[];
    readonly sections: readonly ElfSection[];
  },
  map: AddressMap,
  diagnostics: Diagnostics,
): DynamicSection | null {
  const { fields } = elf;
  // With several, phdr_table_get_dynamic_section takes the first.
  const segment = elf.segments.find(({ type }) => type === PT_DYNAMIC);
  if (segment === undefined) return null;
  const mapped = map.offsetOf(segment.address);
  const start = mapped ?? segment.offset;
  const section = elf.sections.find(({ type }) => type === SHT_DYNAMIC);
  if (start !== segment.offset || (section !== undefined && section.offset !== segment.offset)) {
    const message = `the dynamic section is loaded from ${start}; headers also name ${segment.offset} and ${section?.offset ?? 'no section'}`;
    diagnostics.warning('elf.dynamic.mismatch', message, { offset: start });
  }
  const values = new Map<number, number>();
  const neededOffsets: number[] = [];
  const { wordSize, word, bytes } = fields;
  const end = Math.min(bytes.length, start + Math.min(segment.fileSize, MAX_ENTRIES * 2 * wordSize));
  let closed = false;
  for (let at = start; at + 2 * wordSize <= end; at += 2 * wordSize) {
    const tag = word(at);
    if (tag === 0) {
      closed = true;
      break;
    }
    if (tag === DT.NEEDED) neededOffsets.push(word(at + wordSize));
    else values.set(tag, word(at + wordSize));
  }
  if (!closed)
    diagnostics.warning('elf.dynamic.unterminated', 'the dynamic section has no end mark', { offset: start });

  const strings = stringTable(values, map);
  if (strings === null)
    diagnostics.error('elf.dynamic.strings', 'the string table of the dynamic section is not in the file');
  // Many entries may point to one long text: what is read stays in proportion to the file.
  let charactersLeft = bytes.length * 4 + 65_536;
  const text = (offset: number): string => {
    if (strings === null || offset >= strings.end - strings.offset || charactersLeft <= 0) return '';
    const found = elfText(bytes, strings.offset + offset, strings.end);
    charactersLeft -= found.length;
    if (charactersLeft <= 0)
      diagnostics.error('budget.bytes', 'reading of names stopped: there are more than the file has room for');
    return found;
  };
  return { value: (tag) => values.get(tag), needed: neededOffsets.map(text), text, strings };
}

function stringTable(values: ReadonlyMap<number, number>, map: AddressMap): DynamicSection['strings'] {
  const range = map.rangeOf(values.get(DT.STRTAB) ?? -1);
  if (range === null) return null;
  const size = values.get(DT.STRSZ) ?? 0;
  return { offset: range.offset, end: size > 0 ? Math.min(range.end, range.offset + size) : range.end };
}
