import { VALUE_DYNAMIC_REFERENCE, VALUE_REFERENCE } from '../axml/chunk-types.ts';
import { bestEntry } from './configuration-match.ts';
import type { ResourceConfiguration } from './resource-configuration.ts';
import type { ResourceEntry, ResourceLookup, ResourceMapItem, ResourceValue } from './resources.ts';

/** Where a chain of references ends. */
export interface ResolvedResource {
  /** Ids passed, the one asked for first, the one that holds the value last. */
  readonly chain: readonly number[];
  /** Configurations of the entries passed, in the same order. */
  readonly configurations: readonly ResourceConfiguration[];
  /** The value; null for a map, or where there is a problem. A reference to the framework or to a missing resource is the value. */
  readonly value: ResourceValue | null;
  /** The last entry; null where there is none. */
  readonly entry: ResourceEntry | null;
  /**
   * `missing`: the last id is not in these resources (`@android:…`, a feature not installed); `cycle`: it leads back to itself; `depth`: more steps than the
   * platform goes. For the last two the platform has no value.
   */
  readonly problem: 'missing' | 'cycle' | 'depth' | null;
}

export interface ResolveOptions {
  /** The device; without it the entry for the default configuration is taken, else the first. */
  readonly configuration?: Partial<ResourceConfiguration>;
  readonly maxDepth?: number;
}

/** `AssetManager2::ResolveReference` goes 20 steps. */
const MAX_DEPTH = 20;
/** Values given of one resource: chains that branch at each step are cut. */
const MAX_VALUES = 1_024;

/** The id that a value refers to, 0 when it is not a reference, or refers to nothing (`@null`, `@empty`). */
export function referenceOf(value: ResourceValue | null): number {
  return value !== null && (value.type === VALUE_REFERENCE || value.type === VALUE_DYNAMIC_REFERENCE) ? value.data : 0;
}

/** Follows references from `id` as a device would; null when the resource is not there. */
export function resolveResource(
  resources: Pick<ResourceLookup, 'resource'>,
  id: number,
  { configuration = {}, maxDepth = MAX_DEPTH }: ResolveOptions = {},
): ResolvedResource | null {
  const chain: number[] = [];
  const configurations: ResourceConfiguration[] = [];
  let reached = id >>> 0;
  let value: ResourceValue | null = null;
  let entry: ResourceEntry | null = null;
  for (;;) {
    const resource = resources.resource(reached);
    const found = resource === null ? null : bestEntry(resource.entries, configuration);
    if (found === null) {
      if (chain.length === 0) return null;
      return { chain: [...chain, reached], configurations, value, entry, problem: 'missing' };
    }
    chain.push(reached);
    configurations.push(found.configuration);
    entry = found;
    value = found.value;
    const next = referenceOf(value);
    if (next === 0) return { chain, configurations, value, entry, problem: null };
    if (chain.includes(next)) return { chain: [...chain, next], configurations, value: null, entry, problem: 'cycle' };
    if (chain.length > maxDepth) return { chain, configurations, value: null, entry, problem: 'depth' };
    reached = next;
  }
}

/**
 * Every value the resource can have, over all configurations of each step. Steps whose configurations exclude each other
 * are combined too: the answer may hold a value too many, never one too few (up to 1,024).
 */
export function resolveAll(
  resources: Pick<ResourceLookup, 'resource'>,
  id: number,
  maxDepth = MAX_DEPTH,
): readonly ResolvedResource[] {
  const results: ResolvedResource[] = [];
  // Steps are counted too: chains of many configurations branch into far more ways than they have ends.
  let steps = 0;
  const visit = (
    at: number,
    chain: number[],
    configurations: ResourceConfiguration[],
    from: ResourceEntry | null,
  ): void => {
    if (results.length >= MAX_VALUES || steps++ > MAX_VALUES * 4) return;
    const path = [...chain, at];
    const resource = resources.resource(at);
    if (resource === null) {
      if (from !== null)
        results.push({ chain: path, configurations, value: from.value, entry: from, problem: 'missing' });
      return;
    }
    for (const entry of resource.entries) {
      if (results.length >= MAX_VALUES) return;
      const passed = [...configurations, entry.configuration];
      const next = referenceOf(entry.value);
      const end = { chain: path, configurations: passed, entry };
      if (next === 0) results.push({ ...end, value: entry.value, problem: null });
      else if (path.includes(next)) results.push({ ...end, chain: [...path, next], value: null, problem: 'cycle' });
      else if (path.length > maxDepth) results.push({ ...end, value: null, problem: 'depth' });
      else visit(next, path, passed, entry);
    }
  };
  visit(id >>> 0, [], [], null);
  return results;
}

/** A style's attributes with those of its parents, the nearest first; ends at a cycle, a missing parent or `maxDepth`. */
export function resolveStyle(
  resources: Pick<ResourceLookup, 'resource'>,
  id: number,
  { configuration = {}, maxDepth = 64 }: ResolveOptions = {},
): {
  readonly chain: readonly number[];
  readonly items: ReadonlyMap<number, ResourceMapItem>;
  readonly cyclic: boolean;
} {
  const chain: number[] = [];
  const items = new Map<number, ResourceMapItem>();
  for (let at = id >>> 0; at !== 0 && chain.length < maxDepth; ) {
    if (chain.includes(at)) return { chain, items, cyclic: true };
    const resource = resources.resource(at);
    const map = resource === null ? null : (bestEntry(resource.entries, configuration)?.map ?? null);
    if (map === null) break;
    chain.push(at);
    for (const item of map.items) if (!items.has(item.name)) items.set(item.name, item);
    at = map.parent;
  }
  return { chain, items, cyclic: false };
}
