import type { Diagnostics } from '@vedette/bytes';
import type { StringPool } from '../string-pool/read-string-pool.ts';
import { type EntryContext, entryKey, readEntry } from './read-entry.ts';
import type { PackageType, ResourcePackage } from './read-package.ts';
import type { ResourceConfiguration } from './resource-configuration.ts';
import type { Resource, ResourceEntry, ResourceLookup } from './resources.ts';

export interface LookupInput {
  readonly bytes: Uint8Array;
  readonly packages: readonly ResourcePackage[];
  readonly strings: StringPool;
  readonly diagnostics: Diagnostics;
}

interface Home {
  readonly owner: ResourcePackage;
  readonly type: PackageType;
  readonly context: EntryContext;
}

/** Lookups over the packages of one table. Nothing is kept but the index of names, made on the first question for one. */
export function createTableLookup({ bytes, packages, strings, diagnostics }: LookupInput): ResourceLookup {
  // Two packages may have one number (a hostile or a merged table): both are asked, the first first.
  const homes = new Map<number, Home[]>();
  const aliases = new Map<number, number>();
  for (const owner of packages) {
    const context: EntryContext = { bytes, strings, keys: owner.keys, diagnostics };
    for (const type of owner.types) {
      const list = homes.get(type.id) ?? [];
      list.push({ owner, type, context });
      homes.set(type.id, list);
    }
    for (const [staged, final] of owner.aliases) aliases.set(staged, final);
  }
  const homesOf = (id: number): readonly Home[] => homes.get(id >>> 16) ?? [];
  let names: Map<string, number> | undefined;

  const lookup: ResourceLookup = {
    resource(asked) {
      const id = aliases.get(asked >>> 0) ?? asked >>> 0;
      const entries: ResourceEntry[] = [];
      let first: Resource | null = null;
      for (const { owner, type, context } of homesOf(id)) {
        for (const chunk of type.chunks) {
          const offset = chunk.entryOffset(id & 0xffff);
          const entry = offset === null ? null : readEntry(context, chunk, offset);
          if (entry === null) continue;
          entries.push(type.isPublic(id & 0xffff) && !entry.isPublic ? { ...entry, isPublic: true } : entry);
          first ??= { id, packageName: owner.name, type: type.name, name: entry.name, entries };
        }
      }
      return first;
    },
    configurationsOf(id) {
      const found: ResourceConfiguration[] = [];
      for (const { type } of homesOf(id)) {
        for (const chunk of type.chunks) if (chunk.entryOffset(id & 0xffff) !== null) found.push(chunk.configuration);
      }
      return found;
    },
    name(id) {
      for (const { type, context } of homesOf(id)) {
        for (const chunk of type.chunks) {
          const offset = chunk.entryOffset(id & 0xffff);
          const key = offset === null ? null : entryKey(bytes, chunk, offset);
          if (key !== null) return `${type.name}/${context.keys.get(key) ?? ''}`;
        }
      }
      return null;
    },
    idOf(name) {
      names ??= indexNames(packages, bytes);
      return names.get(name) ?? null;
    },
    types: () =>
      packages.flatMap((owner) =>
        owner.types.map(({ id, name, entryCount, chunks }) => ({
          id,
          packageName: owner.name,
          name,
          entryCount,
          configurations: chunks.map(({ configuration }) => configuration),
        })),
      ),
    *ids() {
      for (const [typeId, list] of [...homes].sort(([left], [right]) => left - right)) {
        const present = new Set<number>();
        for (const { type } of list) {
          for (const chunk of type.chunks) for (const { index } of chunk.entries()) present.add(index);
        }
        for (const index of [...present].sort((left, right) => left - right)) yield ((typeId << 16) | index) >>> 0;
      }
    },
  };
  return lookup;
}

/** Every name, plain and with its package; the first id that has it. */
function indexNames(packages: readonly ResourcePackage[], bytes: Uint8Array): Map<string, number> {
  const names = new Map<string, number>();
  const add = (name: string, id: number): void => {
    const known = names.get(name);
    if (known === undefined || known > id) names.set(name, id);
  };
  for (const owner of packages) {
    for (const type of owner.types) {
      // Most configurations repeat the names of the first: an index once seen is not decoded again.
      const seen = new Set<number>();
      for (const chunk of type.chunks) {
        for (const { index, offset } of chunk.entries()) {
          if (seen.has(index)) continue;
          const key = entryKey(bytes, chunk, offset);
          const name = key === null ? null : owner.keys.get(key);
          if (name === null) continue;
          seen.add(index);
          const id = ((type.id << 16) | index) >>> 0;
          add(`${type.name}/${name}`, id);
          add(`${owner.name}:${type.name}/${name}`, id);
        }
      }
    }
  }
  return names;
}
