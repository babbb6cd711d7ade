import type { CallSite, MethodQuery, StringSite } from '@vedette/program';
import { methodKey } from './method-key.ts';
import type { RuleContext } from './rule-context.ts';

/** How far, in 16-bit code units, a constant may be from the call that takes it. Compilers load constants right before the call. */
const REACH = 32;

/**
 * Calls that are passed a matching string. What a call is passed is followed where it is constant; where a parameter is not known, a matching
 * string loaded shortly before the call in the same method, with no other call to the same targets in between, counts as passed. That is
 * nearness, not data flow: an instruction may sit between the two that changes the value.
 */
export function callsWithString(
  ctx: RuleContext,
  queries: readonly MethodQuery[],
  matches: (value: string) => boolean,
): readonly { readonly call: CallSite; readonly string: StringSite }[] {
  const calls = ctx.calls(...queries);
  if (calls.length === 0) return [];
  const pairs = new Map<CallSite, StringSite>();
  const byMethod = new Map<string, CallSite[]>();
  for (const call of calls) {
    const passed = passedTo(ctx, call);
    const string = passed?.find((value) => typeof value === 'string' && matches(value));
    if (typeof string === 'string') {
      const { file, class: owner, method, codeOffset } = call;
      pairs.set(call, { file, class: owner, method, codeOffset, value: string });
    }
    const key = methodKey(call);
    const known = byMethod.get(key);
    if (known === undefined) byMethod.set(key, [call]);
    else known.push(call);
  }
  for (const string of ctx.stringLoads(matches)) {
    let next: CallSite | null = null;
    for (const call of byMethod.get(methodKey(string)) ?? []) {
      const distance = call.codeOffset - string.codeOffset;
      if (distance > 0 && distance <= REACH && (next === null || call.codeOffset < next.codeOffset)) next = call;
    }
    if (next !== null && !pairs.has(next) && passedTo(ctx, next)?.includes(null) !== false) pairs.set(next, string);
  }
  return [...pairs].map(([call, string]) => ({ call, string }));
}

/** Receiver and parameters: the text of a string, undefined for another constant, null for what is not known; null for none of it. */
function passedTo({ image }: RuleContext, call: CallSite): readonly (string | null | undefined)[] | null {
  const passed = image.code.argumentsOf(call) ?? image.loadable.argumentsOf(call);
  if (passed === null) return null;
  const values = call.kind === 'static' ? passed.parameters : [passed.receiver, ...passed.parameters];
  return values.map((value) => (value === null ? null : value.kind === 'string' ? value.value : undefined));
}
