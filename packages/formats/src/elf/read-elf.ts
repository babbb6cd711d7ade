/**
 * ELF as Android's linker reads it (gABI chapters 4 and 5; AOSP bionic linker_phdr.cpp, linker.cpp): program headers and the dynamic section are the truth. Section
 * headers give names where they are sane, and are compared.
 *
 * Deliberately not supported: object files' contents, symbol versions, debug information, unpacking.
 */
import { createDiagnostics, type Diagnostics, latin1Text, u32At } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import { type AddressMap, createAddressMap } from './address-map.ts';
import { DT, type DynamicSection, readDynamicSection } from './dynamic-section.ts';
import { type DynamicSymbols, type ElfSymbol, readDynamicSymbols } from './dynamic-symbols.ts';
import { type ElfHardening, readHardening } from './elf-hardening.ts';
import {
  type AndroidAbi,
  abiOf,
  type ElfHeader,
  type ElfType,
  isElf,
  machineName,
  readElfHeader,
  relativeRelocation,
} from './elf-header.ts';
import { type AndroidNote, readNotes } from './elf-notes.ts';
import { type ElfString, listElfStrings, type StringSearch } from './elf-strings.ts';
import { type JniName, readJniName } from './jni-name.ts';
import { type ElfSegment, PF_X, PT_INTERP, PT_LOAD, readProgramHeaders } from './program-headers.ts';
import {
  createPointerTable,
  findRegisteredNatives,
  type PointerTable,
  type RegisteredNative,
} from './registered-natives.ts';
import { type Relocations, type RelocationTable, readRelocations } from './relocations.ts';
import { type ElfSection, readSectionHeaders, SHT_SYMTAB } from './section-headers.ts';
import { sampledEntropy } from './segment-entropy.ts';
import { findUpxHeader, type UpxPacking } from './upx.ts';

/** A native method exported under its JNI name. */
export interface JniExport extends JniName {
  readonly symbol: string;
  readonly address: number;
}

export interface ElfFile {
  readonly bits: 32 | 64;
  readonly bigEndian: boolean;
  readonly type: ElfType;
  /** e.g. `aarch64`. */
  readonly machine: string;
  /** The Android ABI that loads it; null for other machines. */
  readonly abi: AndroidAbi | null;
  readonly entry: number;
  /** The program's interpreter, e.g. `/system/bin/linker64`. */
  readonly interpreter: string | null;
  readonly segments: readonly ElfSegment[];
  /** Empty where there are none, or none that can be true. */
  readonly sections: readonly ElfSection[];
  readonly soname: string | null;
  readonly needed: readonly string[];
  readonly rpath: string | null;
  readonly runpath: string | null;
  readonly imports: readonly ElfSymbol[];
  readonly exports: readonly ElfSymbol[];
  readonly jni: {
    /** `JNI_OnLoad` is exported: natives may be registered by hand, and code runs as soon as the library is loaded. */
    readonly onLoad: boolean;
    readonly exports: readonly JniExport[];
    /** Tables for `RegisterNatives` found in the data. Computed at each call, linear in the relocations. */
    registered(): readonly RegisteredNative[];
  };
  /** Functions run on loading and unloading, by what holds them. */
  readonly initialisers: {
    readonly init: boolean;
    readonly initArray: number;
    readonly preinitArray: number;
    readonly finiArray: number;
    /** Addresses in `.init_array`, as relocated; 0 and −1 left out. */
    readonly addresses: readonly number[];
  };
  readonly relocations: readonly RelocationTable[];
  readonly hardening: ElfHardening;
  /** No symbol table for debugging: also true where section headers are missing. */
  readonly stripped: boolean;
  readonly buildId: string | null;
  readonly android: AndroidNote | null;
  /** Smallest alignment of the loaded segments in bytes: 16,384 and more loads on devices with pages of 16 KiB. 0 without segments. */
  readonly loadAlignment: number;
  readonly upx: UpxPacking | null;
  /**
   * Whether functions keep their return addresses on Arm's shadow call stack, which no header tells: looks through the code for the instruction that saves one. Linear; false
   * for other machines.
   */
  shadowCallStack(): boolean;
  /** Texts in the constant data; see `listElfStrings`. */
  strings(search?: StringSearch): ElfString[];
}

/** Reads an ELF file. Null with `elf.none` where the bytes are none. Time and memory are linear in the input. */
export function readElf(bytes: Uint8Array): Parsed<ElfFile | null> {
  const diagnostics = createDiagnostics();
  const header = readElfHeader(bytes);
  if (header === null) {
    const message = isElf(bytes) ? 'an ELF header that is cut off, or of no known class or byte order' : 'no ELF file';
    diagnostics.error('elf.none', message, { offset: 0 });
    return { value: null, diagnostics: diagnostics.list() };
  }
  reportHeader(header, diagnostics);
  const { fields } = header;
  const segments = readProgramHeaders(header, diagnostics);
  const sections = readSectionHeaders(header, diagnostics);
  const map = createAddressMap(segments, bytes.length);
  const dynamic = readDynamicSection({ fields, segments, sections }, map, diagnostics);
  const relativeType = relativeRelocation(header.machine);
  const pointers = createPointerTable(fields, map, relativeType);
  const linking = readLinking({ header, dynamic, map, relativeType, pointers }, diagnostics);
  const { symbols, relocations } = linking;
  const notes = readNotes(fields, segments, sections);
  const upx = findUpxHeader(bytes);
  reportPacking({ bytes, segments, upx }, diagnostics);
  const interpreter = segments.find(({ type }) => type === PT_INTERP);
  const optional = (tag: number): string | null => {
    const offset = dynamic?.value(tag);
    return dynamic === null || offset === undefined ? null : dynamic.text(offset);
  };
  const value: ElfFile = {
    bits: fields.bits,
    bigEndian: fields.bigEndian,
    type: header.type,
    machine: machineName(header.machine),
    abi: abiOf(header),
    entry: header.entry,
    interpreter: interpreter === undefined ? null : pathIn(bytes, interpreter),
    segments,
    sections,
    soname: optional(DT.SONAME),
    needed: dynamic?.needed ?? [],
    rpath: optional(DT.RPATH),
    runpath: optional(DT.RUNPATH),
    imports: symbols.imports,
    exports: symbols.exports,
    jni: jniOf(symbols, () => findRegisteredNatives(fields, map, pointers), diagnostics),
    initialisers: initialisersOf(dynamic, fields.wordSize, { map, pointers, word: fields.word }),
    relocations: relocations.tables,
    hardening: readHardening({ header, segments, dynamic, symbols, notes }),
    stripped: !sections.some(({ type }) => type === SHT_SYMTAB),
    buildId: notes.buildId,
    android: notes.android,
    loadAlignment: loadAlignment(segments),
    upx,
    shadowCallStack: () => value.machine === 'aarch64' && savesToShadowStack(bytes, segments),
    strings: (search) => listElfStrings(bytes, segments, dynamic?.strings ?? null, search),
  };
  return { value, diagnostics: diagnostics.list() };
}

function reportHeader(header: ElfHeader, diagnostics: Diagnostics): void {
  const own = header.fields.bits === 64 ? 64 : 52;
  if (header.headerSize !== own) {
    diagnostics.warning('elf.header.size', `a header of ${header.headerSize} bytes, not ${own}`, { offset: 0 });
  }
  if (header.identVersion !== 1) {
    diagnostics.warning('elf.header.version', `version ${header.identVersion} of the format; there is only 1`, {
      offset: 6,
    });
  }
  if (header.fields.bigEndian)
    diagnostics.note('elf.header.big-endian', 'big-endian: no Android loads it', { offset: 5 });
}

/** Symbols and relocations. The symbol count may depend on the relocations, so these are gone through first. */
function readLinking(
  source: {
    readonly header: ElfHeader;
    readonly dynamic: DynamicSection | null;
    readonly map: AddressMap;
    readonly relativeType: number;
    readonly pointers: PointerTable;
  },
  diagnostics: Diagnostics,
): { readonly symbols: DynamicSymbols; readonly relocations: Relocations } {
  const { dynamic, map, relativeType, pointers } = source;
  const { fields } = source.header;
  if (dynamic === null) {
    return {
      symbols: { imports: [], exports: [], count: 0, nameAt: () => '' },
      relocations: { tables: [], highestSymbol: 0 },
    };
  }
  const relocations = readRelocations(
    { fields, dynamic, map, relativeType, machine: source.header.machine },
    pointers.add,
    diagnostics,
  );
  if (relocations.tables.some(({ kind }) => kind !== 'rel' && kind !== 'rela' && kind !== 'plt')) {
    diagnostics.note(
      'elf.relocations.packed',
      `packed relocations (${relocations.tables.map(({ kind }) => kind).join(', ')})`,
    );
  }
  if (dynamic.value(DT.HASH) === undefined && dynamic.value(DT.GNU_HASH) !== undefined) {
    diagnostics.note('elf.hash.gnu-only', 'only a DT_GNU_HASH: Android reads it since API level 23');
  }
  const symbols = readDynamicSymbols(fields, dynamic, map, () => relocations.highestSymbol, diagnostics);
  return { symbols, relocations };
}

function jniOf(
  symbols: DynamicSymbols,
  registered: () => RegisteredNative[],
  diagnostics: Diagnostics,
): ElfFile['jni'] {
  const onLoad = symbols.exports.some(({ name }) => name === 'JNI_OnLoad');
  const exports = symbols.exports.flatMap(({ name, address }) => {
    const jni = readJniName(name);
    return jni === null ? [] : [{ ...jni, symbol: name, address }];
  });
  if (onLoad && exports.length === 0) {
    diagnostics.note(
      'elf.jni.registered',
      'JNI_OnLoad without a Java_ function: native methods are registered by hand',
    );
  }
  return { onLoad, exports, registered };
}

const MAX_INITIALISERS = 4_096;

function initialisersOf(
  dynamic: DynamicSection | null,
  wordSize: number,
  memory: { readonly map: AddressMap; readonly pointers: PointerTable; readonly word: (offset: number) => number },
): ElfFile['initialisers'] {
  const words = (tag: number): number => Math.floor((dynamic?.value(tag) ?? 0) / wordSize);
  const start = dynamic?.value(DT.INIT_ARRAY) ?? 0;
  const initArray = words(DT.INIT_ARRAYSZ);
  const addresses: number[] = [];
  for (let index = 0; index < Math.min(initArray, MAX_INITIALISERS); index++) {
    const at = start + index * wordSize;
    const offset = memory.map.offsetOf(at);
    const address = memory.pointers.at(at) ?? (offset === null ? 0 : memory.word(offset));
    // 0 and all ones mark unused places of the array.
    if (address !== 0 && address < 2 ** (wordSize * 8) - 2 ** 11) addresses.push(address);
  }
  return {
    init: dynamic?.value(DT.INIT) !== undefined,
    initArray,
    preinitArray: words(DT.PREINIT_ARRAYSZ),
    finiArray: words(DT.FINI_ARRAYSZ),
    addresses,
  };
}

const STR_X30_X18_8 = 0xf800_865e; // str x30, [x18], #8

function savesToShadowStack(bytes: Uint8Array, segments: readonly ElfSegment[]): boolean {
  for (const { type, flags, offset, fileSize } of segments) {
    if (type !== PT_LOAD || (flags & PF_X) === 0) continue;
    const end = Math.min(bytes.length, offset + fileSize) - 3;
    for (let at = Math.ceil(offset / 4) * 4; at < end; at += 4) if (u32At(bytes, at) === STR_X30_X18_8) return true;
  }
  return false;
}

function loadAlignment(segments: readonly ElfSegment[]): number {
  const loads = segments.filter(({ type }) => type === PT_LOAD);
  return loads.length === 0 ? 0 : Math.min(...loads.map(({ alignment }) => alignment));
}

function pathIn(bytes: Uint8Array, { offset, fileSize }: ElfSegment): string {
  return latin1Text(bytes, offset, Math.min(bytes.length, offset + Math.min(fileSize, 4_096))).replace(/\0.*$/su, '');
}

/** Machine code has 5 to 7 bits per byte, what is compressed or encrypted close to 8. */
const PACKED_ENTROPY = 7.6;
const SMALLEST_PACKED = 16_384;

function reportPacking(
  {
    bytes,
    segments,
    upx,
  }: { readonly bytes: Uint8Array; readonly segments: readonly ElfSegment[]; readonly upx: UpxPacking | null },
  diagnostics: Diagnostics,
): void {
  if (upx !== null) {
    const place = { offset: upx.offset };
    if (upx.magicAltered) diagnostics.warning('elf.upx.magic', 'packed with UPX, whose mark was overwritten', place);
    else diagnostics.note('elf.upx', 'packed with UPX', place);
  }
  for (const { type, flags, offset, fileSize } of segments) {
    if (type !== PT_LOAD || (flags & PF_X) === 0 || fileSize < SMALLEST_PACKED) continue;
    const entropy = sampledEntropy(bytes, offset, fileSize);
    if (entropy < PACKED_ENTROPY) continue;
    const message = `executable bytes of ${entropy.toFixed(2)} bits each are compressed or encrypted, no machine code`;
    diagnostics.warning('elf.code.packed', message, { offset });
  }
}
