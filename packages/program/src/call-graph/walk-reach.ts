import { invokeKindOf } from '@vedette/formats';
import { createCodeNames } from '../xref/code-names.ts';
import type { MemberFinder } from '../xref/find-members.ts';
import { forwardReferences } from '../xref/forward-references.ts';
import { membersOf } from '../xref/group-by.ts';
import type { LinkedCode } from '../xref/linked-code.ts';
import { resolveMethod } from '../xref/resolve-method.ts';
import { firstOf } from '../xref/triple-table.ts';
import type { Unproven } from './call-graph.ts';
import type { EntryPoint } from './entry-points.ts';
import { createMemberShapes, type MemberShapes } from './member-shapes.ts';
import { createOverrideSearch } from './override-search.ts';
import { LOOKS_UP, MAKES, NAMES, rowUses, TOUCHES } from './row-uses.ts';
import { unprovenBy } from './unproven.ts';

/** How one method leads to another. */
export const VIAS = [
  'entry',
  'call',
  'override',
  'callback',
  'static initialiser',
  'reflection',
  'class literal',
] as const;
export type Via = (typeof VIAS)[number];

const [ENTRY, CALL, OVERRIDE, CALLBACK, STATIC, REFLECTION, LITERAL] = [0, 1, 2, 3, 4, 5, 6] as const;

/** Levels of `Reached`; 0 is not reached. */
export const CERTAIN = 1;
const POSSIBLE = 2;

/** A virtual call with more targets than this counts as wide. */
export const WIDE_FAN_OUT = 64;

/** What was reached, by row of `ClassSpace`. */
export interface Reached {
  readonly levels: Uint8Array;
  /** The row that led there; -1 for entry points. */
  readonly parents: Int32Array;
  /** Index into `VIAS`. */
  readonly vias: Uint8Array;
  /** Index of the entry point of rows without a parent. */
  readonly entryOfRow: ReadonlyMap<number, number>;
  readonly certain: number;
  readonly possible: number;
  readonly steps: number;
  readonly wideCalls: number;
  readonly isCapped: boolean;
  readonly unproven: readonly Unproven[];
}

/** Breadth first from the entry points; then once more from what the platform may call, for all that was not reached yet. */
export function walkReach(
  code: LinkedCode,
  finder: MemberFinder,
  entries: readonly EntryPoint[],
  maxSteps: number,
): Reached {
  const { pools, space, calls } = code;
  const { methods } = pools;
  const levels = new Uint8Array(space.rows);
  const parents = new Int32Array(space.rows).fill(-1);
  const vias = new Uint8Array(space.rows);
  const entryOfRow = new Map<number, number>();
  const queue = new Uint32Array(space.rows);
  const shapes: MemberShapes = createMemberShapes(code, finder);
  const search = createOverrideSearch(code);
  const forward = forwardReferences(calls, space.rows);
  const uses = rowUses(code, finder, createCodeNames(code).type);
  const isMade = new Uint8Array(pools.types.count);
  const isInitialised = new Uint8Array(pools.types.count);
  /** Classes made below a type, and virtual methods called on it: each new one of either meets all of the other. */
  const madeBelow = new Map<number, number[]>();
  const calledOn = new Map<number, number[]>();
  const callerOf = new Int32Array(methods.count).fill(-1);
  const resolved = new Int32Array(methods.count).fill(UNRESOLVED);
  const targets = new Uint32Array(methods.count);
  /** What may be called (a row) or made (a type), the other -1, and who led there. */
  const later: { readonly row: number; readonly type: number; readonly parent: number }[] = [];
  let level = CERTAIN;
  let queued = 0;
  let steps = 0;
  let wideCalls = 0;
  const counts = [0, 0, 0];

  const reach = (row: number, parent: number, via: number): void => {
    if (row < 0 || levels[row] !== 0) return;
    levels[row] = level;
    parents[row] = parent;
    vias[row] = via;
    counts[level] = (counts[level] ?? 0) + 1;
    queue[queued++] = row;
  };
  const defer = (row: number, type: number, parent: number): void => {
    if (level === CERTAIN) later.push({ row, type, parent });
    else if (row >= 0) reach(row, parent, CALLBACK);
    else make(type, parent, LITERAL);
  };
  const initialise = (type: number, parent: number): void => {
    for (let at = type; at >= 0 && isInitialised[at] === 0 && space.unitOf(at) >= 0; at = space.superclass(at)) {
      isInitialised[at] = 1;
      reach(shapes.staticInitialiser(at), parent, STATIC);
    }
  };
  const dispatch = (method: number, type: number): void => {
    const found = search(method, type);
    steps += search.cost();
    if (found < 0) return;
    targets[method] = (targets[method] ?? 0) + 1;
    if (targets[method] === WIDE_FAN_OUT + 1) wideCalls += 1;
    reach(found, callerOf[method] ?? -1, OVERRIDE);
  };
  const callBack = (type: number, parent: number, via: number): void => {
    const platform = search.hasPlatformAncestor(type);
    let left = MAX_CHAIN;
    for (let at = type; at >= 0 && space.unitOf(at) >= 0 && left-- > 0; at = space.superclass(at)) {
      const [first, end] = shapes.virtualRows(at);
      steps += end - first;
      for (let row = first; row < end; row++) {
        if (levels[row] !== 0) continue;
        const shape = shapes.callback(row);
        if (shape === 'object' || (platform && shape === 'named')) reach(row, parent, via);
        else if (platform && shape === 'unknown') defer(row, -1, parent);
      }
      if (steps > maxSteps) return;
    }
  };
  const make = (type: number, parent: number, via: number): void => {
    if (type < 0 || space.unitOf(type) < 0) return;
    initialise(type, parent);
    if (via !== MADE) for (const row of shapes.constructors(type)) reach(row, parent, via);
    if (isMade[type] !== 0) return;
    isMade[type] = 1;
    // First what the platform calls: who made a task says more about it than who runs tasks of any kind.
    callBack(type, parent, via === ENTRY ? ENTRY : CALLBACK);
    for (const ancestor of search.ancestors(type)) {
      steps += 1;
      const below = madeBelow.get(ancestor);
      if (below === undefined) madeBelow.set(ancestor, [type]);
      else below.push(type);
      for (const method of calledOn.get(ancestor) ?? []) {
        dispatch(method, type);
        if (steps > maxSteps) return;
      }
    }
  };
  const call = (method: number, opcode: number, row: number): void => {
    let target = resolved[method] ?? UNRESOLVED;
    if (target === UNRESOLVED) {
      const found = resolveMethod(code, method);
      target = found?.kind === 'defined' ? found.row : -1;
      resolved[method] = target;
      steps += 1;
    }
    reach(target, row, CALL);
    const kind = invokeKindOf(opcode);
    if (kind === 'static') initialise(firstOf(methods, method), row);
    if ((kind !== 'virtual' && kind !== 'interface') || callerOf[method] !== -1) return;
    callerOf[method] = row;
    const owner = firstOf(methods, method);
    const known = calledOn.get(owner);
    if (known === undefined) calledOn.set(owner, [method]);
    else known.push(method);
    const below = madeBelow.get(owner) ?? [];
    for (const type of below) {
      dispatch(method, type);
      if (steps > maxSteps) return;
    }
  };
  let next = 0;
  const drain = (): void => {
    for (; next < queued && steps <= maxSteps; next++) {
      const row = queue[next] ?? 0;
      for (const use of membersOf(uses.groups, row)) {
        steps += 1;
        const type = uses.types[use] ?? 0;
        const kind = uses.kinds[use];
        if (kind === MAKES) make(type, row, MADE);
        else if (kind === TOUCHES) initialise(type, row);
        else if (kind === LOOKS_UP) make(type, row, REFLECTION);
        else if (kind === NAMES) defer(-1, type, row);
      }
      const end = forward.starts[row + 1] ?? 0;
      for (let place = forward.starts[row] ?? 0; place < end && steps <= maxSteps; place++) {
        const site = forward.sites[place] ?? 0;
        steps += 1;
        call(forward.targets[site] ?? 0, calls.opcodes[site] ?? 0, row);
      }
    }
  };

  for (const [index, entry] of entries.entries()) {
    const before = queued;
    make(finder.type(entry.class), -1, ENTRY);
    for (let place = before; place < queued; place++) entryOfRow.set(queue[place] ?? 0, index);
  }
  drain();
  const isCut = steps > maxSteps;
  level = POSSIBLE;
  if (!isCut) {
    for (const type of shapes.inflatable()) make(type, -1, REFLECTION);
    for (const { row, type, parent } of later) defer(row, type, parent);
    drain();
  }
  return {
    levels,
    parents,
    vias,
    entryOfRow,
    certain: counts[CERTAIN] ?? 0,
    possible: counts[POSSIBLE] ?? 0,
    steps,
    wideCalls,
    isCapped: isCut || steps > maxSteps,
    unproven: unprovenBy(code, finder, levels),
  };
}

const UNRESOLVED = -2;
/** Via of a class made by `new-instance`: its constructor is called in so many words. */
const MADE = -1;
const MAX_CHAIN = 256;
