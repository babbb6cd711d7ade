import type { InstalledApp, UsageCurve, UsageWindow } from '@vedette/contracts';
import { WATCHED_METRICS } from './usage-series.ts';
import { type WatchedSeries, watchUsage } from './watch-usage.ts';

/** Points of one curve: the newest count. */
const MAX_POINTS = 400;
/** Of each metric so many apps that used most are shown beside those that were called. */
const TOP = 3;
const MAX_CURVES = 20;

/** The curves that a report shows: apps whose use was called unusual, then those that used most of each metric. */
export function usageCurves(
  windows: readonly UsageWindow[],
  apps: readonly InstalledApp[],
  now: string,
): readonly UsageCurve[] {
  const watched = watchUsage(windows, apps, Date.parse(now));
  const called = watched.filter(({ calls }) => calls.length > 0).toSorted((a, b) => lastCall(b) - lastCall(a));
  const top = WATCHED_METRICS.flatMap((metric) =>
    watched
      .filter((one) => one.metric === metric && one.calls.length === 0)
      .toSorted((a, b) => totalOf(b) - totalOf(a) || (a.package < b.package ? -1 : 1))
      .slice(0, TOP),
  );
  return [...called, ...top].slice(0, MAX_CURVES).map(curveOf);
}

/** One watched series as a plot shows it. */
export function curveOf({ package: name, metric, points, steps, calls }: WatchedSeries): UsageCurve {
  const first = Math.max(0, points.length - MAX_POINTS);
  const call = calls.at(-1) ?? null;
  return {
    package: name,
    metric,
    points: points.slice(first).map(({ at, hours, rate }, index) => ({
      at: new Date(at).toISOString(),
      hours: Math.max(hours, 0.01),
      rate: rate === null ? null : rounded(rate),
      low: roundedOrNull(steps[first + index]?.low),
      high: roundedOrNull(steps[first + index]?.high),
    })),
    since: call === null ? null : new Date(call.since).toISOString(),
    calledAt: call === null ? null : new Date(call.at).toISOString(),
  };
}

function lastCall({ calls }: WatchedSeries): number {
  return calls.at(-1)?.at ?? 0;
}

function totalOf({ points }: WatchedSeries): number {
  return points.reduce((sum, { rate, hours }) => sum + (rate ?? 0) * hours, 0);
}

/** Three digits are what a plot can show. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

function roundedOrNull(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : rounded(value);
}
