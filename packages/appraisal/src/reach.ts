import type { Evidence } from '@vedette/contracts';
import { type AppImage, type CallGraph, createCallGraph, type MethodPlace } from '@vedette/program';
import { printable } from './printable.ts';
import type { Hit, Rule } from './rule.ts';
import { isInLibrary } from './weigh.ts';

type CodeEvidence = Evidence & { readonly kind: 'code' };
type ReachOfMethod = Pick<CodeEvidence, 'reach' | 'from'>;

/** What a behaviour or a weakness weighs when all of its evidence is code that nothing leads to. */
export const DEAD_CODE_SHARE = 0.5;
/** Pieces of evidence of one finding that say the whole way. */
const MAX_PATHS = 3;
const MAX_PATH_STEPS = 12;
const MAX_NAME = 300;

/**
 * Says of each piece of evidence in the app's code whether it can run, and from where; what can run comes first. The call
 * graph is made for the first finding in code, and each method is looked up once.
 *
 * Dead code weighs `DEAD_CODE_SHARE`, only if that it is dead is proven: the graph is whole, and no reflection, native code
 * or code loaded later could lead there. So evidence that can run, in addition, never lowers a score.
 */
export function createReachMarker(image: AppImage): (rule: Rule, hit: Hit) => Hit {
  const { linked } = image.code;
  const { manifest } = image;
  if (linked === undefined || manifest === null) return (_, hit) => hit;
  const files = new Set(image.code.dexFiles.map(({ path }) => path));
  let graph: CallGraph | undefined;
  let isProven = false;
  const graphOf = (): CallGraph => {
    if (graph === undefined) {
      graph = createCallGraph(linked, manifest);
      isProven = provesAbsence(image, graph);
    }
    return graph;
  };
  const known = new Map<string, ReachOfMethod>();
  const reachOf = (place: MethodPlace): ReachOfMethod => {
    const key = `${place.class}\0${place.method}`;
    let answer = known.get(key);
    if (answer === undefined) known.set(key, (answer = lookUp(graphOf(), place)));
    return answer;
  };
  const lookUp = (found: CallGraph, place: MethodPlace): ReachOfMethod => {
    const reach = found.reach(place);
    const from = found.entryOf(place);
    if (reach === 'reachable') return from === null ? { reach } : { reach, from: cut(from) };
    return { reach: reach === 'unreached' && isProven ? 'referenced' : 'unknown' };
  };
  const mark = (piece: Evidence): Evidence => {
    const place = placeOf(piece);
    return piece.kind !== 'code' || place === null || !files.has(piece.file) ? piece : { ...piece, ...reachOf(place) };
  };

  return (rule, hit) => {
    const evidence = hit.evidence
      .map(mark)
      .map((piece, index) => ({ piece, index, rank: rankOf(piece) }))
      .sort((a, b) => a.rank - b.rank || a.index - b.index)
      .map(({ piece }) => piece);
    const shown = [...evidence.filter((piece) => !isInLibrary(piece)), ...evidence.filter(isInLibrary)];
    const withPath = new Set(shown.slice(0, MAX_PATHS));
    return {
      ...hit,
      evidence: evidence.map((piece) => (withPath.has(piece) ? addPath(graphOf, piece) : piece)),
      ...(weighsLess(rule, evidence) ? { share: (hit.share ?? 1) * DEAD_CODE_SHARE } : {}),
    };
  };
}

/** Whether a method that the graph does not reach cannot run: everything that could lead there was looked at. */
function provesAbsence({ loadable, native, stages }: AppImage, { stats }: CallGraph): boolean {
  return (
    stats.precision === 'complete' &&
    stats.reachable > 0 &&
    stats.unproven.length === 0 &&
    native.length === 0 &&
    loadable.dexFiles.length === 0 &&
    stages.every(({ status }) => status === 'complete' || status === 'skipped')
  );
}

function weighsLess({ kind }: Rule, evidence: readonly Evidence[]): boolean {
  if (kind !== 'behaviour' && kind !== 'weakness') return false;
  return evidence.every((piece) => piece.kind === 'code' && piece.reach === 'referenced');
}

/** What can run first, what cannot last; all else, such as evidence in the manifest, stays where it is among the first. */
function rankOf(piece: Evidence): number {
  if (piece.kind !== 'code' || piece.reach === undefined || piece.reach === 'reachable') return 0;
  return piece.reach === 'unknown' ? 1 : 2;
}

function placeOf(piece: Evidence): MethodPlace | null {
  if (piece.kind !== 'code' || piece.method === undefined || !piece.method.includes('(')) return null;
  return { class: piece.class, method: piece.method };
}

function addPath(graph: () => CallGraph, piece: Evidence): Evidence {
  const place = placeOf(piece);
  if (piece.kind !== 'code' || place === null || piece.reach !== 'reachable') return piece;
  const steps = graph().pathTo(place) ?? [];
  const path = steps.map(({ class: owner, method }) => cut(`${owner}.${method.slice(0, method.indexOf('('))}`));
  // The beginning says what starts it, the end what does it: the middle is what a reader can spare.
  if (path.length > MAX_PATH_STEPS) path.splice(MAX_PATH_STEPS / 2, path.length - MAX_PATH_STEPS + 1, '…');
  return path.length === 0 ? piece : { ...piece, path };
}

function cut(text: string): string {
  return printable(text.length > MAX_NAME ? `${text.slice(0, MAX_NAME - 1)}…` : text);
}
