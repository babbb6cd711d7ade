import { findText } from './byte-table.ts';
import type { LinkedCode } from './linked-code.ts';
import { findTriple, firstOf, secondOf, thirdOf } from './triple-table.ts';

export interface DefinedMethod {
  readonly kind: 'defined';
  readonly method: number;
  readonly row: number;
}

/** What a call by name reaches: a definition in the app, or the first class outside of the app that has to know it. */
export type ResolvedMethod = DefinedMethod | { readonly kind: 'outside'; readonly type: number };

/** Classes looked at in one resolution: more than any real hierarchy has. */
const MAX_ANCESTORS = 256;

/**
 * Looks a method up as the platform does (JVMS 5.4.3.3, which ART follows): the class and its superclasses, then all
 * interfaces. Where the chain leaves the app, the framework class at which it does is the answer, unless an interface of
 * the app has the method with code, or the chain ends at `java.lang.Object`, which has next to none. Null when every
 * ancestor is in the app and none has it: such a call fails on the device.
 */
export function resolveMethod({ pools, space }: LinkedCode, method: number): ResolvedMethod | null {
  const { methods } = pools;
  const name = secondOf(methods, method);
  const proto = thirdOf(methods, method);
  const definedBy = (type: number): DefinedMethod | null => {
    const inherited = findTriple(methods, type, name, proto);
    const row = inherited < 0 ? -1 : space.definition(inherited);
    return row < 0 ? null : { kind: 'defined', method: inherited, row };
  };

  const hasCode = (row: number): boolean => {
    const unit = space.unitOfRow(row);
    return (pools.units[unit]?.dex.methods.codeOffsets[row - (space.rowStarts[unit] ?? 0)] ?? 0) !== 0;
  };

  const interfaces: number[] = [];
  const seen = new Set<number>();
  let outside = -1;
  for (let type = firstOf(methods, method); type >= 0 && seen.size < MAX_ANCESTORS; type = space.superclass(type)) {
    if (seen.has(type)) break;
    seen.add(type);
    if (space.unitOf(type) < 0) {
      outside = type;
      break;
    }
    const found = definedBy(type);
    if (found !== null) return found;
    interfaces.push(...space.interfaces(type));
  }
  const wantsCode = outside >= 0 && outside !== findText(pools.types, 'Ljava/lang/Object;');
  for (let next = interfaces.pop(); next !== undefined && seen.size < MAX_ANCESTORS; next = interfaces.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (space.unitOf(next) < 0) continue;
    const found = definedBy(next);
    if (found !== null && (!wantsCode || hasCode(found.row))) return found;
    interfaces.push(...space.interfaces(next));
  }
  return outside < 0 ? null : { kind: 'outside', type: outside };
}
