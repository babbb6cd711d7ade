import type { CallSite, MethodQuery, StringSite } from '@vedette/program';
import { methodKey } from './method-key.ts';
import type { RuleContext } from './rule-context.ts';

/** How far, in 16-bit code units, a constant may be from the call that takes it. Compilers load constants right before the call. */
const REACH = 32;

/**
 * Calls that have a matching string loaded shortly before them in the same method, with no other call to the same targets in between.
 * This is nearness, not data flow: an instruction may sit between the two that changes the value.
 */
export function callsWithString(
  ctx: RuleContext,
  queries: readonly MethodQuery[],
  matches: (value: string) => boolean,
): readonly { readonly call: CallSite; readonly string: StringSite }[] {
  const calls = ctx.calls(...queries);
  if (calls.length === 0) return [];
  const byMethod = new Map<string, CallSite[]>();
  for (const call of calls) {
    const key = methodKey(call);
    const known = byMethod.get(key);
    if (known === undefined) byMethod.set(key, [call]);
    else known.push(call);
  }
  const pairs = new Map<CallSite, StringSite>();
  for (const string of ctx.stringLoads(matches)) {
    let next: CallSite | null = null;
    for (const call of byMethod.get(methodKey(string)) ?? []) {
      const distance = call.codeOffset - string.codeOffset;
      if (distance > 0 && distance <= REACH && (next === null || call.codeOffset < next.codeOffset)) next = call;
    }
    if (next !== null) pairs.set(next, string);
  }
  return [...pairs].map(([call, string]) => ({ call, string }));
}
