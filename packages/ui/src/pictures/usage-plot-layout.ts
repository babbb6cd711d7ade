import { linearScale, timeTicks } from './scale.ts';

/** One measurement of a curve, and what is normal there; null: not measured, not known. */
export interface UsagePlotPoint {
  readonly at: string;
  readonly rate: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** A drawing of a curve, as paths of SVG. Empty paths where there is nothing to draw. */
export interface UsagePlotLayout {
  /** The measurements: one stroke for each stretch without a gap. */
  readonly line: string;
  /** What is normal, as an area. */
  readonly band: string;
  /** Single measurements between gaps, which no stroke shows. */
  readonly dots: readonly { readonly x: number; readonly y: number }[];
  /** From when on it was unusual, and when it was called; null where it was not, or lies outside. */
  readonly since: number | null;
  readonly called: number | null;
  readonly ticks: readonly { readonly x: number; readonly at: Date }[];
  /** The rate at the top. */
  readonly top: number;
}

/** Further apart than this two measurements have a gap between them. */
const GAP_MS = 30 * 3_600_000;

/**
 * Lays a curve out in a box. The top is the highest measurement, or the band where that is higher, up to twice the highest measurement: a wide band does not press the curve to the ground.
 * @param width and `height` in pixels, of the box alone
 */
export function layOutUsage(
  points: readonly UsagePlotPoint[],
  { since, calledAt }: { readonly since: string | null; readonly calledAt: string | null },
  { width, height }: { readonly width: number; readonly height: number },
): UsagePlotLayout {
  const times = points.map(({ at }) => Date.parse(at));
  const [first, last] = [times[0] ?? 0, times.at(-1) ?? 0];
  const highest = Math.max(0, ...points.map(({ rate }) => rate ?? 0));
  const bandTop = Math.max(0, ...points.map(({ high }) => high ?? 0));
  const top = Math.max(highest, Math.min(bandTop, 2 * highest)) || 1;
  const x = linearScale([first, Math.max(last, first + 1)], [0, width]);
  const y = linearScale([0, top], [height, 0]);
  const place = (time: number, value: number): string => `${x(time).toFixed(1)},${y(Math.min(value, top)).toFixed(1)}`;
  const strokes = stretches(points, times, ({ rate }) => rate);
  const bands = stretches(points, times, ({ high }) => high);
  const inside = (iso: string | null): number | null => {
    const time = Date.parse(iso ?? '');
    return time >= first && time <= last ? x(time) : null;
  };
  return {
    line: strokes
      .filter((stroke) => stroke.length > 1)
      .map((stroke) => `M${stroke.map(([time, point]) => place(time, point.rate ?? 0)).join('L')}`)
      .join(''),
    dots: strokes
      .filter((stroke) => stroke.length === 1)
      .map(([only]) => ({ x: x(only?.[0] ?? 0), y: y(Math.min(only?.[1].rate ?? 0, top)) })),
    band: bands
      .map((stroke) => {
        const above = stroke.map(([time, point]) => place(time, point.high ?? 0));
        const below = stroke.toReversed().map(([time, point]) => place(time, point.low ?? 0));
        return `M${[...above, ...below].join('L')}Z`;
      })
      .join(''),
    since: inside(since),
    called: inside(calledAt),
    ticks: timeTicks(first, last, Math.max(2, Math.floor(width / 110))).map((at) => ({ x: x(at.getTime()), at })),
    top,
  };
}

type Stretch = (readonly [time: number, point: UsagePlotPoint])[];

/** Runs of points that have a value, without long gaps in time. */
function stretches(
  points: readonly UsagePlotPoint[],
  times: readonly number[],
  valueOf: (point: UsagePlotPoint) => number | null,
): Stretch[] {
  const runs: Stretch[] = [];
  let before = Number.NEGATIVE_INFINITY;
  points.forEach((point, index) => {
    const time = times[index] ?? 0;
    if (valueOf(point) === null) return;
    if (time - before > GAP_MS) runs.push([]);
    runs.at(-1)?.push([time, point]);
    before = time;
  });
  return runs;
}
