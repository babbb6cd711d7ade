import { type Diagnostics, u16At, u32At, utf16Text } from '@vedette/bytes';
import { CHUNK_STRING_POOL } from '../axml/chunk-types.ts';
import { EMPTY_POOL, readStringPool, type StringPool } from '../string-pool/read-string-pool.ts';
import {
  CHUNK_LIBRARY,
  CHUNK_OVERLAYABLE,
  CHUNK_STAGED_ALIAS,
  CHUNK_TYPE,
  CHUNK_TYPE_SPEC,
  SPEC_PUBLIC,
} from './arsc-chunk-types.ts';
import { listChunks, type ResourceChunk } from './chunk-list.ts';
import { type Overlayable, readLibraries, readOverlayable, readStagedAliases } from './package-extras.ts';
import { readTypeChunk, type TypeChunk } from './type-chunk.ts';

/** All configurations of one type. */
export interface PackageType {
  /** 0xPPTT, the package's offset of types included. */
  readonly id: number;
  readonly name: string;
  /** From the type's specification; without one, the most that a configuration has. */
  readonly entryCount: number;
  readonly chunks: readonly TypeChunk[];
  /** Whether the specification marks the entry as public API of the package. */
  isPublic(index: number): boolean;
}

/** One package of a table (`ResTable_package`). */
export interface ResourcePackage {
  /** 0x7f for an app, 0x01 for the framework, 0x00 for a shared library. */
  readonly id: number;
  readonly name: string;
  readonly types: readonly PackageType[];
  /** Names of the resources. */
  readonly keys: StringPool;
  /** Shared libraries it refers to: the number used in references, and the package. */
  readonly libraries: readonly { readonly packageId: number; readonly name: string }[];
  readonly overlayables: readonly Overlayable[];
  /** Ids that stand for others while a platform version is being made; only the framework may have them. */
  readonly aliases: ReadonlyMap<number, number>;
}

interface OpenType {
  entryCount: number;
  /** Where the flags of the specification are; -1 without one. */
  flagsAt: number;
  readonly chunks: TypeChunk[];
}

interface OpenPackage {
  readonly bytes: Uint8Array;
  readonly diagnostics: Diagnostics;
  readonly start: number;
  readonly id: number;
  readonly typeIdOffset: number;
  typeNames: StringPool;
  keys: StringPool;
  readonly types: Map<number, OpenType>;
  readonly libraries: { packageId: number; name: string }[];
  readonly overlayables: Overlayable[];
  readonly aliases: Map<number, number>;
}

/** `ResTable_package` without `typeIdOffset`, which came later. */
const SMALLEST_HEADER = 284;

/** Reads the headers of a package's chunks; null without a whole header. */
export function readPackage(bytes: Uint8Array, chunk: ResourceChunk, diagnostics: Diagnostics): ResourcePackage | null {
  const { start, headerSize, end } = chunk;
  if (headerSize < SMALLEST_HEADER || start + headerSize > end) {
    diagnostics.error('arsc.package.truncated', 'a package has no whole header', { offset: start });
    return null;
  }
  const id = u32At(bytes, start + 8);
  if (id > 0xff) {
    diagnostics.error('arsc.package.id', `a package has the number ${id}, of 255 possible`, { offset: start });
  } else if (id !== 0x7f && id !== 0x01) {
    const message = `a package has the number 0x${id.toString(16)}; apps have 0x7f`;
    diagnostics.note('arsc.package.id', message, { offset: start });
  }
  const typeIdOffset = headerSize >= SMALLEST_HEADER + 4 ? u32At(bytes, start + 284) : 0;
  if (typeIdOffset > 0xff) {
    diagnostics.error('arsc.package.type-offset', `types count from ${typeIdOffset}`, { offset: start });
  }
  const open: OpenPackage = {
    bytes,
    diagnostics,
    start,
    id: id & 0xff,
    typeIdOffset: typeIdOffset & 0xff,
    typeNames: EMPTY_POOL,
    keys: EMPTY_POOL,
    types: new Map(),
    libraries: [],
    overlayables: [],
    aliases: new Map(),
  };
  for (const inner of listChunks(bytes, start + headerSize, end, diagnostics)) readInner(open, inner);
  if (open.typeNames === EMPTY_POOL && open.types.size > 0) {
    diagnostics.warning('arsc.package.type-names', 'a package without names of its types', { offset: start });
  }
  return {
    id: open.id,
    name: packageName(bytes, start + 12),
    types: [...open.types]
      .sort(([left], [right]) => left - right)
      .map(([typeId, type]) => closeType(open, typeId, type)),
    keys: open.keys,
    libraries: open.libraries,
    overlayables: open.overlayables,
    aliases: open.aliases,
  };
}

function readInner(open: OpenPackage, chunk: ResourceChunk): void {
  const { bytes, diagnostics } = open;
  switch (chunk.type) {
    case CHUNK_STRING_POOL:
      readPool(open, chunk);
      return;
    case CHUNK_TYPE_SPEC:
      readSpec(open, chunk);
      return;
    case CHUNK_TYPE:
      readType(open, chunk);
      return;
    case CHUNK_LIBRARY:
      open.libraries.push(...readLibraries(bytes, chunk, diagnostics));
      return;
    case CHUNK_OVERLAYABLE:
      open.overlayables.push(readOverlayable(bytes, chunk, diagnostics));
      return;
    case CHUNK_STAGED_ALIAS:
      if (open.id !== 0x01) {
        const message = 'aliases of ids, which only the framework may have; the platform leaves them out';
        diagnostics.warning('arsc.alias.ignored', message, { offset: chunk.start });
      } else
        for (const [staged, final] of readStagedAliases(bytes, chunk, diagnostics)) open.aliases.set(staged, final);
      return;
    default: {
      const message = `unknown chunk type 0x${chunk.type.toString(16).padStart(4, '0')}, skipped as the platform does`;
      diagnostics.warning('arsc.chunk.unknown', message, { offset: chunk.start });
    }
  }
}

/** The package's header says which pool is which; any other is a decoy. */
function readPool(open: OpenPackage, chunk: ResourceChunk): void {
  const { bytes, diagnostics, start } = open;
  const pool = (): StringPool =>
    readStringPool(bytes, { start: chunk.start, end: chunk.end, format: 'arsc' }, diagnostics);
  if (chunk.start === start + u32At(bytes, start + 268)) open.typeNames = pool();
  else if (chunk.start === start + u32At(bytes, start + 276)) open.keys = pool();
  else {
    const message = 'a package has a string pool that its header does not name';
    diagnostics.warning('arsc.string-pool.second', message, { offset: chunk.start });
  }
}

function readSpec(open: OpenPackage, chunk: ResourceChunk): void {
  const { bytes, diagnostics } = open;
  const typeId = bytes[chunk.start + 8] ?? 0;
  const entryCount = u32At(bytes, chunk.start + 12);
  const flagsAt = chunk.start + chunk.headerSize;
  if (chunk.end - chunk.start < 16 || typeId === 0 || entryCount > 0xffff || flagsAt + entryCount * 4 > chunk.end) {
    const message = `the specification of type ${typeId} with ${entryCount} entries does not fit; the platform refuses the table`;
    diagnostics.error('arsc.type-spec.invalid', message, { offset: chunk.start });
    if (typeId === 0) return;
  }
  if (typeId + open.typeIdOffset > 0xff) {
    diagnostics.error('arsc.type-spec.invalid', `type ${typeId} is beyond 255`, { offset: chunk.start });
    return;
  }
  const known = open.types.get(typeId);
  if (known !== undefined && known.flagsAt >= 0) {
    const message = `type ${typeId} is specified twice; the first was taken`;
    diagnostics.warning('arsc.type-spec.duplicate', message, { offset: chunk.start });
    return;
  }
  const fitting = Math.max(0, Math.min(entryCount, (chunk.end - flagsAt) >> 2));
  if (known === undefined) open.types.set(typeId, { entryCount: fitting, flagsAt, chunks: [] });
  else {
    known.flagsAt = flagsAt;
    known.entryCount = fitting;
  }
}

function readType(open: OpenPackage, chunk: ResourceChunk): void {
  const { bytes, diagnostics } = open;
  const read = readTypeChunk(bytes, chunk, diagnostics);
  if (read === null || read.typeId + open.typeIdOffset > 0xff) return;
  let type = open.types.get(read.typeId);
  if (type === undefined) {
    const message = `type ${read.typeId} has no specification before it; the platform refuses the table`;
    diagnostics.error('arsc.type-spec.missing', message, { offset: chunk.start });
    type = { entryCount: 0, flagsAt: -1, chunks: [] };
    open.types.set(read.typeId, type);
  }
  type.chunks.push(read);
  if (type.flagsAt < 0 && read.encoding !== 'sparse') type.entryCount = Math.max(type.entryCount, read.offsetCount);
}

function closeType(open: OpenPackage, typeId: number, type: OpenType): PackageType {
  const { bytes, diagnostics } = open;
  let name = open.typeNames.get(typeId - 1);
  if (name === null || name === '') {
    diagnostics.warning('arsc.type.name', `type ${typeId} has no name`, { offset: open.start });
    name = `0x${(typeId + open.typeIdOffset).toString(16).padStart(2, '0')}`;
  }
  const { flagsAt, entryCount, chunks } = type;
  return {
    id: (open.id << 8) | (typeId + open.typeIdOffset),
    name,
    entryCount,
    chunks,
    isPublic: (index) => flagsAt >= 0 && index < entryCount && (u32At(bytes, flagsAt + index * 4) & SPEC_PUBLIC) !== 0,
  };
}

/** Up to 128 UTF-16 units that end at the first NUL. */
export function packageName(bytes: Uint8Array, start: number): string {
  let units = 0;
  while (units < 128 && u16At(bytes, start + units * 2) !== 0) units++;
  return utf16Text(bytes, start, units);
}
