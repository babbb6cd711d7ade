import type { MethodQuery } from '../app-image.ts';
import type { MemberFinder } from './find-members.ts';
import type { LinkedCode } from './linked-code.ts';
import { resolveMethod } from './resolve-method.ts';
import { firstOf } from './triple-table.ts';

/**
 * Methods whose call reaches one that the query names in the class `type`: those named there, and those named in classes
 * of the app that inherit from it and do not define them on the way. `type` may be outside of the app.
 */
export function methodsReaching(
  code: LinkedCode,
  finder: MemberFinder,
  type: number,
  query: MethodQuery,
): readonly number[] {
  const { methods } = code.pools;
  const found = finder.methods(query);
  if (type < 0 || query.class === undefined) return found;
  const heirs = new Set(code.space.subclasses(type));
  if (heirs.size === 0) return found;
  const { name, descriptor } = query;
  const named = finder.methods({
    ...(name === undefined ? {} : { name }),
    ...(descriptor === undefined ? {} : { descriptor }),
  });
  const reaching = named.filter((method) => {
    if (!heirs.has(firstOf(methods, method))) return false;
    const resolved = resolveMethod(code, method);
    if (resolved === null) return false;
    return (resolved.kind === 'defined' ? firstOf(methods, resolved.method) : resolved.type) === type;
  });
  return [...found, ...reaching];
}
