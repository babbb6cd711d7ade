import { type ResolvedResource, type ResolveOptions, resolveAll, resolveResource } from './resolve-resource.ts';
import type { Resource, ResourceEntry, ResourceLookup } from './resources.ts';

/** The resources of an app as installed: base and splits as one, with references followed. */
export interface AppResources extends ResourceLookup {
  /** The value that a device would see; null when the resource is not there. */
  resolve(id: number, options?: ResolveOptions): ResolvedResource | null;
  /** Every value over all configurations. */
  resolveAll(id: number, maxDepth?: number): readonly ResolvedResource[];
}

/**
 * Puts tables together, the base first: of two entries that fit a device equally well the platform keeps the one it met
 * first (AOSP AssetManager2.cpp, `FindEntryInternal`).
 */
export function createResources(tables: readonly ResourceLookup[]): AppResources {
  const merged = tables.length === 1 && tables[0] !== undefined ? tables[0] : mergeLookups(tables);
  return {
    resource: (id) => merged.resource(id),
    configurationsOf: (id) => merged.configurationsOf(id),
    name: (id) => merged.name(id),
    idOf: (name) => merged.idOf(name),
    types: () => merged.types(),
    ids: () => merged.ids(),
    resolve: (id, options) => resolveResource(merged, id, options),
    resolveAll: (id, maxDepth) => resolveAll(merged, id, maxDepth),
  };
}

function mergeLookups(tables: readonly ResourceLookup[]): ResourceLookup {
  return {
    resource(id) {
      let first: Resource | null = null;
      const entries: ResourceEntry[] = [];
      for (const table of tables) {
        const resource = table.resource(id);
        if (resource === null) continue;
        entries.push(...resource.entries);
        first ??= { ...resource, entries };
      }
      return first;
    },
    configurationsOf: (id) => tables.flatMap((table) => table.configurationsOf(id)),
    name(id) {
      for (const table of tables) {
        const name = table.name(id);
        if (name !== null) return name;
      }
      return null;
    },
    idOf(name) {
      for (const table of tables) {
        const id = table.idOf(name);
        if (id !== null) return id;
      }
      return null;
    },
    types: () => tables.flatMap((table) => table.types()),
    *ids() {
      const seen = new Set<number>();
      for (const table of tables) {
        for (const id of table.ids()) {
          if (seen.has(id)) continue;
          seen.add(id);
          yield id;
        }
      }
    },
  };
}
