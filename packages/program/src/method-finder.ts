import type { DexFile } from '@vedette/formats';
import type { MethodQuery } from './app-image.ts';

/** Finds the `method_id`s of one DEX that a query names. */
export interface MethodFinder {
  find(query: MethodQuery): readonly number[];
  hasType(name: string): boolean;
}

/** Tables are made when first asked for: a query then costs two look-ups, not a walk over strings. */
export function createMethodFinder(dex: DexFile): MethodFinder {
  const count = dex.header.methods.count;
  let types: Map<string, number[]> | undefined;
  let byName: Map<string, number[]> | undefined;
  let byClass: Map<number, number[]> | undefined;

  const typesNamed = (name: string): readonly number[] => {
    // A hostile file may list a type twice; both ids then mean the same class.
    types ??= grouped(dex.header.types.count, (type) => dex.typeName(type));
    return types.get(name) ?? NONE;
  };
  const methodsNamed = (name: string): readonly number[] => {
    byName ??= methodsByName(dex);
    return byName.get(name) ?? NONE;
  };
  const methodsOf = (type: number): readonly number[] => {
    byClass ??= grouped(count, (method) => dex.methodClass(method));
    return byClass.get(type) ?? NONE;
  };

  return {
    find(query) {
      let candidates: readonly number[];
      if (query.class !== undefined) {
        const classes = typesNamed(query.class);
        if (classes.length === 0) return NONE;
        if (query.name === undefined) candidates = classes.flatMap((type) => methodsOf(type));
        else candidates = methodsNamed(query.name).filter((method) => classes.includes(dex.methodClass(method)));
      } else if (query.name !== undefined) {
        candidates = methodsNamed(query.name);
      } else {
        candidates = Array.from({ length: count }, (_, method) => method);
      }
      const { descriptor } = query;
      return descriptor === undefined
        ? candidates
        : candidates.filter((method) => dex.methodDescriptor(method) === descriptor);
    },
    hasType: (name) => typesNamed(name).length > 0,
  };
}

const NONE: readonly number[] = [];

function grouped<K>(count: number, keyOf: (index: number) => K): Map<K, number[]> {
  const groups = new Map<K, number[]>();
  for (let index = 0; index < count; index++) {
    const key = keyOf(index);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [index]);
    else group.push(index);
  }
  return groups;
}

/** Grouped by string index first, so that each name is decoded once. */
function methodsByName(dex: DexFile): Map<string, number[]> {
  const byText = new Map<string, number[]>();
  for (const [string, methods] of grouped(dex.header.methods.count, (method) => dex.methodNameIndex(method))) {
    const name = dex.strings.get(string);
    const group = byText.get(name);
    if (group === undefined) byText.set(name, methods);
    else for (const method of methods) group.push(method);
  }
  return byText;
}
