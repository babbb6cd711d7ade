import type { Evidence } from '@vedette/contracts';
import type { CodeSite, FieldQuery, MethodQuery } from '@vedette/program';
import { topLevel } from '../../call-groups.ts';
import type { CodeRule } from '../../code-rule.ts';
import { atSite } from '../../evidence.ts';
import { libraryOf } from '../../library.ts';
import { hit, type Rule } from '../../rule.ts';
import type { RuleContext } from '../../rule-context.ts';

/** One kind of thing that code looks at or does: any of these calls, static fields or strings. */
export interface Probe {
  readonly calls?: readonly MethodQuery[];
  readonly fields?: readonly FieldQuery[];
  /** Exact. */
  readonly strings?: readonly string[];
  /** What is to be seen at each place. */
  readonly note: string;
}

/** What differs between rules that look for several kinds of things in one class. */
export interface EvasionRule extends Omit<CodeRule, 'kind'> {
  readonly probes: readonly Probe[];
  /** How many different probes one class of the app must hold: each alone is ordinary. */
  readonly atLeast: number;
  /** Probes, by index, without which the others say nothing. */
  readonly must?: readonly number[];
}

/** Places shown for one class and probe: more say nothing new. */
const SHOWN = 3;

/**
 * A rule that fires where one class of the app, its inner classes included, holds several of the probes. Code that carries the name of a known library does not count. That
 * they are in one class does not prove that one decides about the other; the weights are low for that.
 */
export function evasionRule(spec: EvasionRule): Rule {
  const { title, why, remedy, severity, malice, mappings, classes = [] } = spec;
  return {
    id: `android.evasion.${spec.name}`,
    version: 1,
    title,
    why,
    remedy,
    severity,
    kind: 'behaviour',
    needs: ['code'],
    ...(malice === undefined ? {} : { malice }),
    classes,
    mappings,
    run: (_image, ctx) => hit(findTogether(ctx, spec)),
  };
}

function findTogether(ctx: RuleContext, { probes, atLeast, must = [] }: EvasionRule): readonly Evidence[] {
  const byClass = new Map<string, Map<number, CodeSite[]>>();
  for (const [index, probe] of probes.entries()) {
    const sites = sitesOf(ctx, probe);
    if (sites.length === 0 && must.includes(index)) return [];
    for (const site of sites) {
      if (libraryOf(site.class) !== null) continue;
      const owner = topLevel(site.class);
      const found = byClass.get(owner) ?? new Map<number, CodeSite[]>();
      byClass.set(owner, found);
      const places = found.get(index) ?? [];
      found.set(index, places);
      if (places.length < SHOWN) places.push(site);
    }
  }
  return [...byClass.values()]
    .filter((found) => found.size >= atLeast && must.every((index) => found.has(index)))
    .flatMap((found) =>
      [...found].flatMap(([index, sites]) => sites.map((site) => atSite(site, probes[index]?.note ?? ''))),
    );
}

function sitesOf(ctx: RuleContext, { calls = [], fields = [], strings = [] }: Probe): readonly CodeSite[] {
  const wanted = new Set(strings);
  return [
    ...(calls.length === 0 ? [] : ctx.calls(...calls)),
    ...fields.flatMap((field) => ctx.image.code.fieldReads(field)),
    ...(wanted.size === 0 ? [] : ctx.stringLoads((value) => wanted.has(value))),
  ];
}
