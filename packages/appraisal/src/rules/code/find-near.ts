import type { CallSite } from '@vedette/program';
import { atCall, atString } from '../../evidence.ts';
import { methodKey } from '../../method-key.ts';
import type { RuleContext } from '../../rule-context.ts';
import type { Finder } from '../../rule-table.ts';
import { argumentsAt, callsOf, shownConstant, shownSecret } from './find-calls.ts';

/** How far, in 16-bit code units, what is made from a constant may be from the call that takes it. */
const REACH = 24;

/** Turns a text into bytes or characters. */
const MAKERS = ['java.lang.String.getBytes', 'java.lang.String.toCharArray', 'android.util.Base64.decode'];

/**
 * Calls of `methods` right behind code that turns a constant text into bytes or characters, in the same method, with no other of these calls in between. This
 * is nearness, not data flow. The text itself is not shown: it may be a secret.
 */
export function takingBytesOfText(methods: readonly string[], note: string): Finder {
  return (image, ctx) => {
    const calls = callsOf(ctx, methods);
    if (calls.length === 0) return [];
    const makers = byMethod(callsOf(ctx, MAKERS));
    const takers = byMethod(calls);
    return calls.flatMap((call) => {
      const before = (makers.get(methodKey(call)) ?? []).filter(({ codeOffset }) => {
        const distance = call.codeOffset - codeOffset;
        if (distance <= 0 || distance > REACH) return false;
        const others = takers.get(methodKey(call)) ?? [];
        return !others.some((other) => other.codeOffset > codeOffset && other.codeOffset < call.codeOffset);
      });
      for (const maker of before) {
        const passed = argumentsAt(image, maker);
        const constant = passed?.receiver ?? passed?.parameters[0] ?? null;
        if (constant?.kind === 'string' && constant.value !== '')
          return [atCall(call, `${note}: ${shownSecret(constant)}`)];
      }
      return [];
    });
  };
}

/**
 * As `passing` for a text, in methods that load such a text: of methods that much code calls, only few have to be looked into.
 */
export function passingLoadedText(
  methods: readonly string[],
  index: number,
  matches: (value: string) => boolean,
  note: string,
): Finder {
  return (image, ctx) => {
    const loading = new Set(ctx.stringLoads(matches).map(methodKey));
    if (loading.size === 0) return [];
    return callsOf(ctx, methods).flatMap((call) => {
      if (!loading.has(methodKey(call))) return [];
      const constant = argumentsAt(image, call)?.parameters[index] ?? null;
      if (constant?.kind !== 'string' || !matches(constant.value)) return [];
      return [atCall(call, `${note}: ${shownConstant(constant)}`)];
    });
  };
}

/** Loads of strings that match, in methods that call one of the methods. */
export function textBeside(methods: readonly string[], matches: (value: string) => boolean, note: string): Finder {
  return (_image, ctx: RuleContext) => {
    const callers = new Set(callsOf(ctx, methods).map(methodKey));
    if (callers.size === 0) return [];
    return ctx
      .stringLoads(matches)
      .filter((site) => callers.has(methodKey(site)))
      .map((site) => atString(site, note));
  };
}

/** Loads of strings that match. */
export function loading(matches: (value: string) => boolean, note: string): Finder {
  return (_image, ctx) => ctx.stringLoads(matches).map((site) => atString(site, note));
}

function byMethod(calls: readonly CallSite[]): ReadonlyMap<string, readonly CallSite[]> {
  const grouped = new Map<string, CallSite[]>();
  for (const call of calls) {
    const key = methodKey(call);
    const known = grouped.get(key);
    if (known === undefined) grouped.set(key, [call]);
    else known.push(call);
  }
  return grouped;
}
