/**
 * resources.arsc as the platform loads it (AOSP androidfw ResourceTypes.h and LoadedArsc.cpp): headers are read at once,
 * entries and strings when asked for. What the platform refuses is an error; the rest of the table is read all the same.
 *
 * Deliberately not supported: writing, idmaps of overlays, big-endian tables.
 */
import { type Budget, createDiagnostics, type Diagnostics, u32At } from '@vedette/bytes';
import type { Diagnostic, Parsed } from '@vedette/contracts';
import { CHUNK_STRING_POOL } from '../axml/chunk-types.ts';
import { EMPTY_POOL, readStringPool, type StringPool } from '../string-pool/read-string-pool.ts';
import { CHUNK_FLAG_LIST, CHUNK_PACKAGE, CHUNK_TABLE } from './arsc-chunk-types.ts';
import { listChunks } from './chunk-list.ts';
import { type ResourcePackage, readPackage } from './read-package.ts';
import type { ResourceLookup } from './resources.ts';
import { createTableLookup } from './table-lookup.ts';

/** One resources.arsc. */
export interface ResourceTable extends ResourceLookup {
  readonly bytes: Uint8Array;
  readonly packages: readonly ResourcePackage[];
  /** The values that are strings. */
  readonly strings: StringPool;
  /** What was noticed up to now: parts are read when asked for, and report then. */
  noticed(): readonly Diagnostic[];
}

/** Packages that are read of one table; real ones have one, rarely three. */
const MAX_PACKAGES = 1_024;

/**
 * Opens a table. The value is null when the bytes hold no table at all. Costs time and memory in proportion to the number
 * of chunks (some hundreds), not to the size; `budget` draws one entry for each package.
 */
export function readResourceTable(bytes: Uint8Array, budget?: Budget): Parsed<ResourceTable | null> {
  const diagnostics = createDiagnostics();
  const open: OpenTable = { bytes, diagnostics, budget, strings: EMPTY_POOL, packages: [], tables: 0 };
  for (const chunk of listChunks(bytes, 0, bytes.length, diagnostics)) {
    if (chunk.type !== CHUNK_TABLE) {
      const message = `unknown chunk type 0x${chunk.type.toString(16).padStart(4, '0')} beside the table`;
      diagnostics.warning('arsc.chunk.unknown', message, { offset: chunk.start });
      continue;
    }
    open.tables += 1;
    readTable(open, chunk.start, chunk.headerSize, chunk.end);
  }
  if (open.tables === 0) {
    diagnostics.error('arsc.none', 'no resource table could be read');
    return { value: null, diagnostics: diagnostics.list() };
  }
  if (open.tables > 1) diagnostics.warning('arsc.several-tables', `${open.tables} tables in one file`);
  const { packages, strings } = open;
  const value: ResourceTable = {
    bytes,
    packages,
    strings,
    ...createTableLookup({ bytes, packages, strings, diagnostics }),
    noticed: () => diagnostics.list(),
  };
  return { value, diagnostics: diagnostics.list() };
}

interface OpenTable {
  readonly bytes: Uint8Array;
  readonly diagnostics: Diagnostics;
  readonly budget: Budget | undefined;
  strings: StringPool;
  readonly packages: ResourcePackage[];
  tables: number;
}

function readTable(open: OpenTable, start: number, headerSize: number, end: number): void {
  const { bytes, diagnostics } = open;
  const declared = headerSize >= 12 ? u32At(bytes, start + 8) : 0;
  let seen = 0;
  for (const chunk of listChunks(bytes, start + headerSize, end, diagnostics)) {
    if (chunk.type === CHUNK_STRING_POOL) {
      if (open.strings !== EMPTY_POOL) {
        const message = 'a second pool of values; the platform takes the first';
        diagnostics.warning('arsc.string-pool.second', message, { offset: chunk.start });
      } else {
        const place = { start: chunk.start, end: chunk.end, format: 'arsc' } as const;
        open.strings = readStringPool(bytes, place, diagnostics);
      }
    } else if (chunk.type === CHUNK_PACKAGE) {
      seen += 1;
      if (seen > MAX_PACKAGES || open.budget?.takeEntries(1) === false) {
        diagnostics.error('budget.entries', `packages behind the first ${seen - 1} were not read`);
        break;
      }
      const read = readPackage(bytes, chunk, diagnostics);
      if (read !== null) open.packages.push(read);
    } else if (chunk.type !== CHUNK_FLAG_LIST) {
      const message = `unknown chunk type 0x${chunk.type.toString(16).padStart(4, '0')}, skipped as the platform does`;
      diagnostics.warning('arsc.chunk.unknown', message, { offset: chunk.start });
    }
  }
  if (seen > declared) {
    const message = `${declared} packages declared, ${seen} are there: the platform refuses the table`;
    diagnostics.error('arsc.package.count', message, { offset: start });
  } else if (seen < declared) {
    diagnostics.warning('arsc.package.count', `${declared} packages declared, ${seen} are there`, { offset: start });
  }
  if (seen > 1) diagnostics.note('arsc.package.several', `${seen} packages in one table`, { offset: start });
}
