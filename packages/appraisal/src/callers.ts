import type { CallSite, CodeSite } from '@vedette/program';
import { topLevel } from './call-groups.ts';
import { libraryOf } from './library.ts';
import type { RuleContext } from './rule-context.ts';

/** How many calls may lie between a class and what it has others do. With two, honest automation, which passes everything on to everything, looks like a thief of messages. */
const MAX_CALLS = 1;
/** Callers looked up for one question; a method that everybody calls tells nothing of any of them. */
const MAX_LOOKUPS = 2_000;
const MAX_CALLERS = 60;

const kept = new WeakMap<RuleContext['image'], Map<string, readonly CodeSite[]>>();

/**
 * The app's own classes (top level) that call the method that this place is in, without the class that it is in. Calls are those written in the code: who hands work to
 * a thread or a listener is found only where that is an inner class.
 */
export function createCallerSearch({ image }: RuleContext): (site: CodeSite) => ReadonlySet<string> {
  const known = kept.get(image) ?? new Map<string, readonly CodeSite[]>();
  kept.set(image, known);
  let left = MAX_LOOKUPS;
  const callersOf = ({ class: owner, method }: CodeSite): readonly CodeSite[] => {
    const key = `${owner}\0${method}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const bracket = method.indexOf('(');
    if (bracket < 1 || left-- < 1) return [];
    const callers = image.code
      .calls({ class: owner, name: method.slice(0, bracket), descriptor: method.slice(bracket), inherited: true })
      .filter((call) => libraryOf(call.class) === null);
    const told = callers.length > MAX_CALLERS ? [] : callers;
    known.set(key, told);
    return told;
  };
  return (site) => {
    const found = new Set<string>();
    let front: readonly CodeSite[] = [site];
    for (let calls = 0; calls < MAX_CALLS && front.length > 0; calls++) {
      front = front.flatMap(callersOf);
      for (const { class: owner } of front) found.add(topLevel(owner));
    }
    found.delete(topLevel(site.class));
    return found;
  };
}

/** Those calls of `calls` that are in one class with one of `others`, or in what that class calls, or the other way round. */
export function near(ctx: RuleContext, calls: readonly CallSite[], others: readonly CallSite[]): readonly CallSite[] {
  if (calls.length === 0 || others.length === 0) return [];
  const callers = createCallerSearch(ctx);
  const direct = new Set(others.map((call) => topLevel(call.class)));
  const above = new Set(others.slice(0, MAX_PLACES).flatMap((call) => [...callers(call)]));
  return calls.filter((call, index) => {
    const owner = topLevel(call.class);
    if (direct.has(owner) || above.has(owner)) return true;
    return index < MAX_PLACES && [...callers(call)].some((one) => direct.has(one));
  });
}

const MAX_PLACES = 300;
