import type { AndroidManifest } from '../app-image.ts';
import { createCodeNames } from '../xref/code-names.ts';
import { createMemberFinder } from '../xref/find-members.ts';
import type { LinkedCode } from '../xref/linked-code.ts';
import { type EntryPoint, manifestEntryPoints } from './entry-points.ts';
import { CERTAIN, type Reached, VIAS, type Via, walkReach } from './walk-reach.ts';

/** A method by the names that `CodeSite` gives. */
export interface MethodPlace {
  /** Java name. */
  readonly class: string;
  /** Name with descriptor. */
  readonly method: string;
}

/** One method on the way from an entry point. */
export interface ReachStep extends MethodPlace {
  readonly file: string;
  /** How the step before leads here. */
  readonly via: Via;
}

/**
 * `reachable`: control gets there by calls and by callbacks whose names are known. `possible`: only if the platform calls a
 * method whose name is not known as a callback, or makes a class that the code merely names. `unreached`: by neither.
 */
export type Reachability = 'reachable' | 'possible' | 'unreached';

/** Why a method that was not reached may run all the same. `other-app`: it is for tests or instrumentation, which another package starts. */
export type Unproven = 'reflection' | 'native-code' | 'loaded-code' | 'other-app';

export interface CallGraphStats {
  /** `capped`: the budget ran out, so what was not reached is not known. */
  readonly precision: 'complete' | 'capped';
  readonly methods: number;
  readonly reachable: number;
  readonly possible: number;
  readonly entryPoints: number;
  /** Calls, makings and dispatches that were followed. */
  readonly steps: number;
  /** Virtual calls with more than `WIDE_FAN_OUT` targets: a path through one of them says little. */
  readonly wideCalls: number;
  readonly unproven: readonly Unproven[];
}

/** What of an app's code can run, from the components that its manifest names. */
export interface CallGraph {
  reach(method: MethodPlace): Reachability;
  reachable(method: MethodPlace): boolean;
  /** A way from an entry point, entry first, as short as any that was met; null for a method that is not reachable. */
  pathTo(method: MethodPlace): readonly ReachStep[] | null;
  /** The entry point that `pathTo` begins at, e.g. `activity com.example.Main.onCreate`; null as there. */
  entryOf(method: MethodPlace): string | null;
  entryPoints(): readonly EntryPoint[];
  readonly stats: CallGraphStats;
}

/** Steps before the graph is cut: an app of 40 DEX files takes some ten million. */
const MAX_STEPS = 60_000_000;

/**
 * Call graph by class hierarchy, restricted to classes that reachable code makes ("Rapid type analysis", Bacon and Sweeney,
 * OOPSLA 1996). Edges are not stored: each virtual method called has one list of targets, each method one parent. A class of
 * the app that extends or implements one of the platform's is called back by the platform from where it is made, so that
 * `Thread.start`, `Handler.post`, listeners, tasks and loaders need no case of their own.
 *
 * Nothing recurses; work is linear in calls and in (virtual methods called × classes made below), and ends at `maxSteps`.
 */
export function createCallGraph(
  code: LinkedCode,
  manifest: AndroidManifest,
  { maxSteps = MAX_STEPS }: { readonly maxSteps?: number } = {},
): CallGraph {
  const names = createCodeNames(code);
  const finder = createMemberFinder(code.pools);
  const entries = manifestEntryPoints(manifest);
  const reached: Reached = walkReach(code, finder, entries, maxSteps);

  const rowOf = ({ class: owner, method }: MethodPlace): number => {
    const bracket = method.indexOf('(');
    if (bracket < 0) return -1;
    const id = finder.method(finder.type(owner), method.slice(0, bracket), method.slice(bracket));
    return id < 0 ? -1 : code.space.definition(id);
  };
  const isReachable = (row: number): boolean => row >= 0 && reached.levels[row] === CERTAIN;
  const pathOf = (row: number): number[] => {
    const path: number[] = [];
    // A parent is always reached before its child, so this ends.
    for (let at = row; at >= 0; at = reached.parents[at] ?? -1) path.push(at);
    return path.reverse();
  };

  return {
    reach(method) {
      const row = rowOf(method);
      const level = row < 0 ? 0 : (reached.levels[row] ?? 0);
      if (level === CERTAIN) return 'reachable';
      return level === 0 ? 'unreached' : 'possible';
    },
    reachable: (method) => isReachable(rowOf(method)),
    pathTo(method) {
      const row = rowOf(method);
      if (!isReachable(row)) return null;
      return pathOf(row).map((at) => ({ ...names.row(at), via: VIAS[reached.vias[at] ?? 0] ?? 'call' }));
    },
    entryOf(method) {
      const row = rowOf(method);
      const [first] = isReachable(row) ? pathOf(row) : [];
      if (first === undefined) return null;
      const entry = entries[reached.entryOfRow.get(first) ?? -1];
      const { class: owner, method: name } = names.row(first);
      // The method may be inherited: the class that the manifest names says more.
      return `${entry?.kind ?? 'code'} ${entry?.class ?? owner}.${name.slice(0, name.indexOf('('))}`;
    },
    entryPoints: () => entries,
    stats: {
      precision: reached.isCapped ? 'capped' : 'complete',
      methods: code.space.rows,
      reachable: reached.certain,
      possible: reached.possible,
      entryPoints: entries.length,
      steps: reached.steps,
      wideCalls: reached.wideCalls,
      unproven: reached.unproven,
    },
  };
}
