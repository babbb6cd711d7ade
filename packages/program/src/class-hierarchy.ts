import type { DexUnit } from './code-index.ts';

/** A class definition of the app: which DEX (by its place in the list), which definition in it. */
export interface ClassRef {
  readonly unit: number;
  readonly classDef: number;
}

/** Which classes the app has, and who extends whom. */
export interface ClassHierarchy {
  /** False for a definition that an earlier one of the same name hides. */
  isLive(unit: number, classDef: number): boolean;
  live(): Iterable<ClassRef>;
  /** Classes that extend or implement `base` (a Java name), directly or not; `base` itself is not among them. */
  subclasses(base: string): readonly ClassRef[];
  /** Names defined more than once. */
  readonly hidden: number;
}

export function createClassHierarchy(units: readonly DexUnit[]): ClassHierarchy {
  const alive = units.map(({ dex }) => new Uint8Array(dex.classDefs.count));
  const names = new Set<string>();
  let hidden = 0;
  for (const [unit, { dex }] of units.entries()) {
    for (let classDef = 0; classDef < dex.classDefs.count; classDef++) {
      const name = dex.typeDescriptor(dex.classDefs.types[classDef] ?? 0);
      if (names.has(name)) hidden += 1;
      else if (alive[unit] !== undefined) alive[unit][classDef] = 1;
      names.add(name);
    }
  }
  let children: Map<string, ClassRef[]> | undefined;

  function* live(): Iterable<ClassRef> {
    for (const [unit, flags] of alive.entries()) {
      for (let classDef = 0; classDef < flags.length; classDef++) if (flags[classDef] === 1) yield { unit, classDef };
    }
  }

  const childrenOf = (): Map<string, ClassRef[]> => {
    const map = new Map<string, ClassRef[]>();
    for (const ref of live()) {
      const dex = units[ref.unit]?.dex;
      if (dex === undefined) continue;
      const superclass = dex.superclass(ref.classDef);
      const parents =
        superclass === null ? dex.interfaces(ref.classDef) : [superclass, ...dex.interfaces(ref.classDef)];
      for (const parent of parents) {
        const name = dex.typeName(parent);
        const group = map.get(name);
        if (group === undefined) map.set(name, [ref]);
        else group.push(ref);
      }
    }
    return map;
  };

  return {
    isLive: (unit, classDef) => alive[unit]?.[classDef] === 1,
    live,
    subclasses(base) {
      children ??= childrenOf();
      const found: ClassRef[] = [];
      const seen = new Set([base]);
      const queue = [base];
      // A hostile file can make a class its own ancestor: each name is visited once.
      for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
        for (const ref of children.get(name) ?? []) {
          const dex = units[ref.unit]?.dex;
          const child = dex?.typeName(dex.classDefs.types[ref.classDef] ?? 0);
          if (child === undefined || seen.has(child)) continue;
          seen.add(child);
          found.push(ref);
          queue.push(child);
        }
      }
      return found;
    },
    hidden,
  };
}
