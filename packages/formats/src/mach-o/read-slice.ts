import { createDiagnostics, type Diagnostics } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import { type Binds, readBinds } from './bind-opcodes.ts';
import { readStrings } from './c-strings.ts';
import { type ChainedFixups, readChainedFixups } from './chained-fixups.ts';
import {
  commandText,
  readBuilds,
  readLibraries,
  readLinkerOptions,
  readUuid,
  sourceVersion,
} from './command-fields.ts';
import { readEncryption } from './encryption.ts';
import { readExportTrie } from './export-trie.ts';
import { hardeningOf } from './hardening.ts';
import { createImageMemory, type ImageMemory } from './image-memory.ts';
import { LC, type LoadCommand, readLoadCommands } from './load-commands.ts';
import type { MachOExport, MachOImport, MachOLibrary, MachOSegment, MachOSlice } from './mach-o-file.ts';
import { architectureName, type MachOHeader, readMachOHeader } from './mach-o-header.ts';
import { readObjc } from './objc-metadata.ts';
import { readSegments } from './segments.ts';
import { readSwift } from './swift-metadata.ts';
import { readSymbolTable, type SymbolTable } from './symbol-table.ts';
import { UlebReader } from './uleb.ts';

/** Reads one slice; `offset` is where it is in its file. The value is null without a Mach-O header. */
export function readMachOSlice(bytes: Uint8Array, offset: number): Parsed<MachOSlice | null> {
  const diagnostics = createDiagnostics();
  const header = readMachOHeader(bytes);
  if (header === null) {
    diagnostics.error('mach-o.magic', 'the bytes have no Mach-O header', { offset });
    return { value: null, diagnostics: diagnostics.list() };
  }
  const { words } = header;
  const commands = readLoadCommands(header, diagnostics);
  const segments = readSegments(words, commands, diagnostics);
  const libraries = readLibraries(words, commands);
  const find = (...wanted: number[]): LoadCommand | undefined =>
    commands.find(({ command }) => wanted.includes(command));
  const base = segments.find(({ fileOffset, fileSize }) => fileOffset === 0 && fileSize > 0)?.address ?? 0;
  const links = readLinks(header, { find, libraries, segments, base }, diagnostics);
  const { encryption, codeUnreadable } = readEncryption(words, commands, diagnostics);
  const hardening = hardeningOf(header, segments, links.imports, links.symbols.localCount);
  if (hardening.writableCode.length > 0) {
    diagnostics.warning(
      'mach-o.segment.writable-code',
      `${hardening.writableCode.join(', ')}: writable and executable`,
    );
  }
  const signature = find(LC.CODE_SIGNATURE);
  const main = find(LC.MAIN);
  const id = find(LC.ID_DYLIB);
  const source = find(LC.SOURCE_VERSION);
  const starts = find(LC.FUNCTION_STARTS);
  let memory: ImageMemory | undefined;
  const image = (): ImageMemory => {
    const { imports, pointerFormat, binds } = links;
    memory ??= createImageMemory({ words, segments, encryption, imports, pointerFormat, binds, base });
    return memory;
  };
  const value: MachOSlice = {
    offset,
    size: bytes.length,
    bytes,
    bits: header.bits,
    bigEndian: words.bigEndian,
    cpuType: header.cpuType,
    cpuSubtype: header.cpuSubtype,
    architecture: architectureName(header.cpuType, header.cpuSubtype),
    type: header.type,
    flags: header.flags,
    loadCommands: commands,
    segments,
    libraries,
    installName: id === undefined ? null : commandText(words, id, 8),
    runPaths: commands.flatMap((command) =>
      command.command === LC.RPATH ? (commandText(words, command, 8) ?? []) : [],
    ),
    uuid: readUuid(words, commands),
    builds: readBuilds(words, commands),
    sourceVersion: source === undefined ? null : sourceVersion(words, source.offset),
    entryPoint: main === undefined ? null : words.u64(main.offset + 8),
    encryption,
    codeUnreadable,
    codeSignature:
      signature === undefined
        ? null
        : { offset: words.u32(signature.offset + 8), size: words.u32(signature.offset + 12) },
    linkerOptions: readLinkerOptions(words, commands),
    imports: links.imports,
    exports: links.exports,
    hardening,
    functionStarts: (limit = 1_000_000) => (starts === undefined ? [] : functionStarts(header, starts, base, limit)),
    strings: (limit = 1_000_000) => readStrings(bytes, segments, encryption, limit),
    objc: () => readObjc(image(), segments),
    swift: () => readSwift(image(), segments),
  };
  return { value, diagnostics: diagnostics.list() };
}

interface LinkSource {
  readonly find: (...wanted: number[]) => LoadCommand | undefined;
  readonly libraries: readonly MachOLibrary[];
  readonly segments: readonly MachOSegment[];
  readonly base: number;
}

interface Links {
  readonly imports: readonly MachOImport[];
  readonly exports: readonly MachOExport[];
  readonly symbols: SymbolTable;
  readonly pointerFormat: number;
  readonly binds: ReadonlyMap<number, string>;
}

const NO_SYMBOLS: SymbolTable = { imports: [], exports: [], localCount: 0, debugCount: 0 };

/** Imports as dyld binds them: chained fixups where they are, else bind opcodes, else the symbol table. */
function readLinks(header: MachOHeader, source: LinkSource, diagnostics: Diagnostics): Links {
  const { words } = header;
  const { find, libraries, segments, base } = source;
  const table = find(LC.SYMTAB);
  const symbols = table === undefined ? NO_SYMBOLS : readSymbolTable(words, table.offset, libraries, diagnostics);
  const info = find(LC.DYLD_INFO, LC.DYLD_INFO_ONLY);
  const binds: Binds | null =
    info === undefined ? null : readBinds(info.offset, { words, libraries, segments, diagnostics });
  const chain = find(LC.DYLD_CHAINED_FIXUPS);
  const chained: ChainedFixups | null =
    chain === undefined ? null : readChainedFixups(words, chain.offset, libraries, diagnostics);
  if (binds !== null && chained !== null) reportDisagreement(binds, chained, diagnostics);
  const trie = find(LC.DYLD_EXPORTS_TRIE);
  const trieExports =
    trie !== undefined
      ? readExportTrie(words, words.u32(trie.offset + 8), words.u32(trie.offset + 12), base, diagnostics)
      : info !== undefined
        ? readExportTrie(words, words.u32(info.offset + 40), words.u32(info.offset + 44), base, diagnostics)
        : [];
  const imports = chained?.imports ?? binds?.imports ?? [];
  return {
    imports: imports.length > 0 ? imports : symbols.imports,
    exports: trieExports.length > 0 ? trieExports : symbols.exports,
    symbols,
    pointerFormat: chained?.pointerFormat ?? 0,
    binds: chained === null ? (binds?.byAddress ?? new Map()) : new Map(),
  };
}

function reportDisagreement(binds: Binds, chained: ChainedFixups, diagnostics: Diagnostics): void {
  const names = new Set(chained.imports.map(({ name }) => name));
  const other = new Set(binds.imports.map(({ name }) => name));
  const missing =
    [...other].filter((name) => !names.has(name)).length + [...names].filter((name) => !other.has(name)).length;
  const what = missing === 0 ? 'they name the same imports' : `${missing} imports are in one of them alone`;
  const message = `bind opcodes and chained fixups in one file: ${what}; chained fixups are followed, as dyld does`;
  diagnostics.warning('mach-o.fixups.both', message);
}

/** LC_FUNCTION_STARTS: distances from the header, ULEB128, up to a zero. */
function functionStarts(header: MachOHeader, command: LoadCommand, base: number, limit: number): readonly number[] {
  const { words } = header;
  const start = words.u32(command.offset + 8);
  const reader = new UlebReader(words.bytes, start, start + words.u32(command.offset + 12));
  const starts: number[] = [];
  for (let at = base; !reader.atEnd && starts.length < limit; ) {
    const distance = reader.uleb();
    if (distance === 0 || reader.failed) break;
    at += distance;
    starts.push(at);
  }
  return starts;
}
