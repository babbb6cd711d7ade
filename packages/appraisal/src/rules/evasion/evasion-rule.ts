import type { Evidence } from '@vedette/contracts';
import type { CodeSite, FieldQuery, MethodQuery } from '@vedette/program';
import { topLevel } from '../../call-groups.ts';
import { createCallerSearch } from '../../callers.ts';
import type { CodeRule } from '../../code-rule.ts';
import { atSite, shorten } from '../../evidence.ts';
import { libraryOf } from '../../library.ts';
import { hit, type Rule } from '../../rule.ts';
import type { RuleContext } from '../../rule-context.ts';

/** One kind of thing that code looks at or does: any of these calls, static fields or strings. */
export interface Probe {
  readonly calls?: readonly MethodQuery[];
  readonly fields?: readonly FieldQuery[];
  /** Exact. */
  readonly strings?: readonly string[];
  /** Texts of a shape, and some that have it, for fixtures. */
  readonly pattern?: { readonly shape: RegExp; readonly samples: readonly string[] };
  /** How many different texts of `strings` and `pattern` there must be, in place of one: a list says more than a name. */
  readonly least?: number;
  /** What is to be seen at each place. */
  readonly note: string;
}

/** What differs between rules that look for several kinds of things in one class. */
export interface EvasionRule extends Omit<CodeRule, 'kind'> {
  /** 1 unless told. */
  readonly version?: number;
  readonly probes: readonly Probe[];
  /** How many different probes one class of the app must hold: each alone is ordinary. */
  readonly atLeast: number;
  /** Probes, by index, without which the others say nothing. */
  readonly must?: readonly number[];
  /** How near to each other the probes must be. `class`, unless told: in one class with its inner classes. `method`: in one method. `calls`: also in what that class calls, if at least one is in the class itself. `app`: anywhere in the app's own code. */
  readonly near?: 'method' | 'class' | 'calls' | 'app';
}

/** Places shown for one class and probe: more say nothing new. */
const SHOWN = 3;
/** Places of one probe whose callers are looked for. */
const MAX_SITES = 300;
/** Longer texts are no names, codes or addresses; shapes are not looked for in them. */
const MAX_TEXT = 4_096;

/**
 * A rule that fires where one class of the app, its inner classes included, holds several of the probes (or, if told, the app as a whole). Code that carries the name of a known library does not count. That
 * they are in one class does not prove that one decides about the other; the weights are low for that.
 */
export function evasionRule(spec: EvasionRule): Rule {
  const { title, why, remedy, severity, malice, dataRisk, mappings, classes = [], version = 1 } = spec;
  return {
    id: `android.evasion.${spec.name}`,
    version,
    title,
    why,
    remedy,
    severity,
    kind: 'behaviour',
    needs: ['code'],
    ...(malice === undefined ? {} : { malice }),
    ...(dataRisk === undefined ? {} : { dataRisk }),
    classes,
    mappings,
    run: (_image, ctx) => hit(findTogether(ctx, spec)),
  };
}

/** What one class holds of one probe. */
interface Held {
  readonly sites: CodeSite[];
  readonly texts: Set<string>;
}

function findTogether(
  ctx: RuleContext,
  { probes, atLeast, must = [], near = 'class' }: EvasionRule,
): readonly Evidence[] {
  const byClass = new Map<string, Map<number, Held>>();
  const found: (readonly FoundSite[])[] = [];
  let missing = 0;
  for (const [index, probe] of probes.entries()) {
    const sites = sitesOf(ctx, probe).filter((site) => libraryOf(site.class) === null);
    if (sites.length === 0) {
      missing += 1;
      // Looking for texts by their shape costs; so nothing more is looked for where the answer is clear.
      if (must.includes(index) || probes.length - missing < atLeast) return [];
    }
    for (const site of sites) hold(byClass, ownerOf(site, near), index, site);
    found.push(sites);
  }
  if (near === 'calls') holdThroughCalls(ctx, byClass, found);
  const holds = (parts: ReadonlyMap<number, Held>, index: number): boolean => {
    const held = parts.get(index);
    return held !== undefined && held.texts.size >= (probes[index]?.least ?? 0);
  };
  return [...byClass.values()]
    .filter(
      (parts) =>
        [...parts.keys()].filter((index) => holds(parts, index)).length >= atLeast &&
        must.every((index) => holds(parts, index)),
    )
    .flatMap((parts) =>
      [...parts]
        .filter(([index]) => holds(parts, index))
        .flatMap(([index, { sites }]) => sites.map((site) => evidenceOf(site, probes[index]?.note ?? ''))),
    );
}

function ownerOf({ class: name, method }: CodeSite, near: EvasionRule['near']): string {
  if (near === 'app') return '';
  return near === 'method' ? `${name}\0${method}` : topLevel(name);
}

/** What a class has others do counts as its own, where it does one of the things itself. A list of texts must stand in one place. */
function holdThroughCalls(
  ctx: RuleContext,
  byClass: Map<string, Map<number, Held>>,
  found: readonly (readonly FoundSite[])[],
): void {
  const callers = createCallerSearch(ctx);
  const does = new Set(byClass.keys());
  for (const [index, sites] of found.entries()) {
    for (const site of sites.slice(0, MAX_SITES)) {
      if (site.value !== undefined) continue;
      for (const owner of callers(site)) if (does.has(owner)) hold(byClass, owner, index, site);
    }
  }
}

function hold(byClass: Map<string, Map<number, Held>>, owner: string, index: number, site: FoundSite): void {
  const found = byClass.get(owner) ?? new Map<number, Held>();
  byClass.set(owner, found);
  const held = found.get(index) ?? { sites: [], texts: new Set<string>() };
  found.set(index, held);
  if (held.sites.length < SHOWN) held.sites.push(site);
  if (site.value !== undefined) held.texts.add(site.value);
}

type FoundSite = CodeSite & { readonly value?: string; readonly target?: string };

function evidenceOf(site: FoundSite, note: string): Evidence {
  const reference = site.value === undefined ? site.target : JSON.stringify(shorten(site.value));
  return { ...atSite(site, note), ...(reference === undefined ? {} : { reference: shorten(reference) }) };
}

function sitesOf(ctx: RuleContext, { calls = [], fields = [], strings = [], pattern }: Probe): readonly FoundSite[] {
  const wanted = new Set(strings);
  const matches = (value: string): boolean =>
    wanted.has(value) || (pattern !== undefined && value.length <= MAX_TEXT && pattern.shape.test(value));
  return [
    ...(calls.length === 0 ? [] : ctx.calls(...calls)),
    ...fields.flatMap((field) => ctx.image.code.fieldReads(field)),
    ...(wanted.size === 0 && pattern === undefined ? [] : ctx.stringLoads(matches)),
  ];
}
