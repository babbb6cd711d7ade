/** Scales and round ticks of the pictures: the few that are needed, where a library of all would weigh as much as a page. */

/** Takes the first interval to the second, straight on beyond both ends. An empty first interval goes to its beginning. */
export function linearScale(
  domain: readonly [number, number],
  range: readonly [number, number],
): (value: number) => number {
  const span = domain[1] - domain[0];
  const factor = span === 0 ? 0 : (range[1] - range[0]) / span;
  return (value) => range[0] + (value - domain[0]) * factor;
}

/**
 * Whole round numbers (1, 2 or 5 times a power of ten apart) from 0 to the first at or above `top`.
 * @param count about how many steps, at least 1
 */
export function countTicks(top: number, count: number): readonly number[] {
  const rough = Math.max(1, top / Math.max(1, count));
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((times) => times * power >= rough) ?? 10);
  return Array.from({ length: Math.max(1, Math.ceil(top / step)) + 1 }, (_, index) => index * step);
}

const HOUR_MS = 3_600_000;
const STEP_HOURS = [1, 3, 6, 12, 24, 48, 96, 168, 336, 672, 1344, 2688];

/**
 * Round moments between two, in the reader's zone: full hours, or midnights when they are a day or more apart.
 * @param fromMs milliseconds since the epoch
 * @param count at most about so many
 */
export function timeTicks(fromMs: number, toMs: number, count: number): readonly Date[] {
  if (!(toMs > fromMs)) return [];
  const wanted = (toMs - fromMs) / HOUR_MS / Math.max(1, count);
  const step = STEP_HOURS.find((hours) => hours >= wanted) ?? STEP_HOURS.at(-1) ?? 24;
  const ticks: Date[] = [];
  const at = new Date(fromMs);
  at.setHours(0, 0, 0, 0);
  // Steps of whole days go by the calendar, so that they stay at midnight when the clocks change.
  while (at.getTime() <= toMs && ticks.length < 100) {
    if (at.getTime() >= fromMs) ticks.push(new Date(at));
    if (step < 24) at.setHours(at.getHours() + step);
    else at.setDate(at.getDate() + step / 24);
  }
  return ticks;
}
