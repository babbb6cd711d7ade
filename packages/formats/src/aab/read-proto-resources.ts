/**
 * `resources.pb` of an app bundle: `aapt.pb.ResourceTable` (AOSP tools/aapt2/Resources.proto), as a lookup like that of resources.arsc, so that resolving and merging work
 * on either. An index of all entries is made at once; values are read when asked for.
 *
 * Deliberately not supported: overlayables, staged ids, source positions, styleables and macros (none of them is in an installed app's table).
 */
import { createDiagnostics, type Diagnostics } from '@vedette/bytes';
import type { Diagnostic, Parsed } from '@vedette/contracts';
import { DEFAULT_CONFIGURATION, type ResourceConfiguration } from '../arsc/resource-configuration.ts';
import type { Resource, ResourceEntry, ResourceLookup, ResourceType } from '../arsc/resources.ts';
import { ProtoCursor, type ProtoRange } from '../protobuf/proto-cursor.ts';
import { readProtoConfiguration } from './proto-configuration.ts';
import { readProtoValue } from './proto-value.ts';

/** One resources.pb. */
export interface ProtoResources extends ResourceLookup {
  readonly packages: readonly { readonly id: number; readonly name: string }[];
  /** What was noticed up to now: values are read when asked for, and report then. */
  noticed(): readonly Diagnostic[];
}

interface IndexedType {
  readonly id: number;
  readonly packageName: string;
  readonly name: string;
  entryCount: number;
}

/** An entry, not yet read. */
interface IndexedEntry {
  readonly id: number;
  readonly type: IndexedType;
  readonly name: string;
  readonly range: ProtoRange;
}

interface Index {
  readonly bytes: Uint8Array;
  readonly diagnostics: Diagnostics;
  readonly packages: { id: number; name: string }[];
  readonly types: IndexedType[];
  readonly byId: Map<number, IndexedEntry[]>;
  entriesLeft: number;
}

/** Entries listed; the largest real bundles have some 200,000. */
const MAX_ENTRIES = 1_000_000;

/** Opens a table; null where nothing of one can be read. Time and memory are linear in the input. */
export function readProtoResources(bytes: Uint8Array): Parsed<ProtoResources | null> {
  const diagnostics = createDiagnostics();
  const index: Index = { bytes, diagnostics, packages: [], types: [], byId: new Map(), entriesLeft: MAX_ENTRIES };
  const table = new ProtoCursor(bytes, { start: 0, end: bytes.length }, diagnostics);
  let fields = 0;
  while (table.next()) {
    fields += 1;
    if (table.field === 2) indexPackage(index, table.range());
  }
  if (index.packages.length === 0 && (fields === 0 || diagnostics.has('protobuf.damaged'))) {
    diagnostics.error('aab.resources.none', 'no table of resources could be read');
    return { value: null, diagnostics: diagnostics.list() };
  }
  return { value: createLookup(index), diagnostics: diagnostics.list() };
}

/** The `id` in a message that wraps only it: `PackageId`, `TypeId`, `EntryId`. */
function wrappedId(cursor: ProtoCursor): number {
  let id = 0;
  for (const inner = cursor.message(); inner.next(); ) if (inner.field === 1) id = inner.low();
  return id;
}

/** Fields may come in any order, so the names are read before the types. */
function indexPackage(index: Index, range: ProtoRange): void {
  const { bytes, diagnostics, packages } = index;
  const found = { id: 0, name: '' };
  const types: ProtoRange[] = [];
  const cursor = new ProtoCursor(bytes, range, diagnostics);
  while (cursor.next()) {
    if (cursor.field === 1) found.id = wrappedId(cursor);
    else if (cursor.field === 2) found.name = cursor.text();
    else if (cursor.field === 3) types.push(cursor.range());
  }
  packages.push(found);
  for (const type of types) indexType(index, found, type);
}

function indexType(
  index: Index,
  { id: packageId, name: packageName }: { id: number; name: string },
  range: ProtoRange,
): void {
  let [typeId, name] = [0, ''];
  const entries: ProtoRange[] = [];
  const cursor = new ProtoCursor(index.bytes, range, index.diagnostics);
  while (cursor.next()) {
    if (cursor.field === 1) typeId = wrappedId(cursor);
    else if (cursor.field === 2) name = cursor.text();
    else if (cursor.field === 3) entries.push(cursor.range());
  }
  const type: IndexedType = { id: ((packageId & 0xff) << 8) | (typeId & 0xff), packageName, name, entryCount: 0 };
  index.types.push(type);
  for (const entry of entries) {
    if (index.entriesLeft-- <= 0) {
      index.diagnostics.error('budget.entries', `entries behind the first ${MAX_ENTRIES} were not read`, {
        offset: entry.start,
      });
      return;
    }
    indexEntry(index, type, entry);
  }
}

function indexEntry({ bytes, diagnostics, byId }: Index, type: IndexedType, range: ProtoRange): void {
  let [entryId, name] = [0, ''];
  const cursor = new ProtoCursor(bytes, range, diagnostics);
  while (cursor.next()) {
    if (cursor.field === 1) entryId = wrappedId(cursor);
    else if (cursor.field === 2) name = cursor.text();
  }
  const id = (type.id * 0x1_0000 + (entryId & 0xffff)) >>> 0;
  type.entryCount = Math.max(type.entryCount, (entryId & 0xffff) + 1);
  const same = byId.get(id);
  if (same === undefined) byId.set(id, [{ id, type, name, range }]);
  else {
    same.push({ id, type, name, range });
    diagnostics.warning('aab.resources.duplicate-id', `id 0x${id.toString(16)} is given to more than one entry`, {
      offset: range.start,
    });
  }
}

function createLookup(index: Index): ProtoResources {
  const { byId, types, packages, diagnostics } = index;
  let byName: Map<string, number> | undefined;
  const nameOf = ({ type, name }: IndexedEntry): string => `${type.name}/${name}`;
  const names = (): Map<string, number> => {
    const made = new Map<string, number>();
    for (const [id, entries] of byId) {
      for (const entry of entries) {
        for (const name of [nameOf(entry), `${entry.type.packageName}:${nameOf(entry)}`])
          if (!made.has(name)) made.set(name, id);
      }
    }
    return made;
  };
  const resource = (id: number): Resource | null => {
    const found = byId.get(id >>> 0);
    const [first] = found ?? [];
    if (found === undefined || first === undefined) return null;
    const entries = found.flatMap((entry) => readEntries(index, entry));
    const { packageName, name: type } = first.type;
    return entries.length === 0 ? null : { id: first.id, packageName, type, name: first.name, entries };
  };
  const configurationsOf = (id: number): ResourceConfiguration[] =>
    (resource(id)?.entries ?? []).map(({ configuration }) => configuration);
  const ids = (): number[] => [...byId.keys()].toSorted((a, b) => a - b);
  return {
    packages,
    resource,
    configurationsOf,
    name(id) {
      const [first] = byId.get(id >>> 0) ?? [];
      return first === undefined ? null : nameOf(first);
    },
    idOf(name) {
      byName ??= names();
      return byName.get(name) ?? null;
    },
    types() {
      const configurations = new Map<number, Map<string, ResourceConfiguration>>();
      for (const key of byId.keys()) {
        const known = configurations.get(key >>> 16) ?? new Map<string, ResourceConfiguration>();
        configurations.set(key >>> 16, known);
        for (const configuration of configurationsOf(key)) known.set(JSON.stringify(configuration), configuration);
      }
      return types.map(({ id, packageName, name, entryCount }): ResourceType => {
        const known = configurations.get(id)?.values() ?? [];
        return { id, packageName, name, entryCount, configurations: [...known] };
      });
    },
    ids,
    noticed: () => diagnostics.list(),
  };
}

const PUBLIC = 2;

function readEntries({ bytes, diagnostics }: Index, { name, range }: IndexedEntry): ResourceEntry[] {
  const entries: ResourceEntry[] = [];
  let isPublic = false;
  const cursor = new ProtoCursor(bytes, range, diagnostics);
  while (cursor.next()) {
    if (cursor.field === 3) {
      for (const visibility = cursor.message(); visibility.next(); ) {
        if (visibility.field === 1) isPublic = visibility.low() === PUBLIC;
      }
    }
    if (cursor.field !== 6) continue;
    const offset = cursor.fieldStart;
    let configuration = DEFAULT_CONFIGURATION;
    let value: ReturnType<typeof readProtoValue> | null = null;
    for (const pair = cursor.message(); pair.next(); ) {
      if (pair.field === 1) configuration = readProtoConfiguration(pair.message());
      else if (pair.field === 2) value = readProtoValue(pair.message());
    }
    if (value === null || !value.compiled) continue;
    const { isWeak, map } = value;
    entries.push({ configuration, name, isPublic: false, isWeak, value: value.value, map, offset });
  }
  return isPublic ? entries.map((entry) => ({ ...entry, isPublic })) : entries;
}
