import { findText } from '../xref/byte-table.ts';
import type { LinkedCode } from '../xref/linked-code.ts';
import { findTriple, secondOf, thirdOf } from '../xref/triple-table.ts';

/** Types looked at in one hierarchy: more than any real one has. */
const MAX_ANCESTORS = 512;

export interface OverrideSearch {
  /** The row that a virtual call of `method` runs on an object of class `type`; -1 when that is not code of the app. */
  (method: number, type: number): number;
  /** Classes looked at by the last call. */
  cost(): number;
  /** A type with all that it extends and implements, as far as the app says; itself first. */
  ancestors(type: number): readonly number[];
  /** Whether a class or interface that the app does not define is above, `java.lang.Object` aside. */
  hasPlatformAncestor(type: number): boolean;
}

export function createOverrideSearch(code: LinkedCode): OverrideSearch {
  const { pools, space } = code;
  const { methods } = pools;
  const object = findText(pools.types, 'Ljava/lang/Object;');
  let last: { readonly type: number; readonly ancestors: readonly number[] } | undefined;
  let cost = 0;

  const ancestors = (type: number): readonly number[] => {
    if (last?.type === type) return last.ancestors;
    const seen = new Set([type]);
    // A set goes on to what is added while it is walked, and has each once: a hostile class may be its own ancestor.
    for (const at of seen) {
      if (seen.size >= MAX_ANCESTORS) break;
      const parent = space.superclass(at);
      if (parent >= 0) seen.add(parent);
      for (const implemented of space.interfaces(at)) seen.add(implemented);
    }
    last = { type, ancestors: [...seen] };
    return last.ancestors;
  };

  const find = (method: number, type: number): number => {
    const name = secondOf(methods, method);
    const proto = thirdOf(methods, method);
    cost = 1;
    const definedIn = (at: number): number => {
      cost += 1;
      const found = findTriple(methods, at, name, proto);
      return found < 0 ? -1 : space.definition(found);
    };
    let left = MAX_ANCESTORS;
    for (let at = type; at >= 0 && space.unitOf(at) >= 0 && left-- > 0; at = space.superclass(at)) {
      const row = definedIn(at);
      if (row >= 0) return row;
    }
    // No class has it: a default method of an interface, if any.
    for (const at of ancestors(type)) {
      const row = space.unitOf(at) < 0 ? -1 : definedIn(at);
      if (row >= 0) return row;
    }
    return -1;
  };
  return Object.assign(find, {
    cost: () => cost,
    ancestors,
    hasPlatformAncestor: (type: number) => ancestors(type).some((at) => at !== object && space.unitOf(at) < 0),
  });
}
