import type { InstalledApp, UsageMetric, UsageWindow } from '@vedette/contracts';
import type { UsagePoint } from './usage-detector.ts';

/** One metric of one app over time. */
export interface UsageSeries {
  readonly package: string;
  readonly metric: WatchedMetric;
  readonly points: readonly UsagePoint[];
}

/** What is watched: what an app does while nobody looks. What it does in front of its owner, he sees. */
export const WATCHED_METRICS = ['background-energy', 'background-bytes', 'wakelock'] as const;
export type WatchedMetric = (typeof WATCHED_METRICS)[number];

/** The metric that holds both what is done in front of the owner and behind. */
const WHOLE: Readonly<Partial<Record<WatchedMetric, UsageMetric>>> = {
  'background-energy': 'energy',
  'background-bytes': 'bytes',
};

const HOUR = 3_600_000;
/** Statistics of one charge that were read twice begin at the same time, give or take what a clock was set by. */
const SAME_START_MS = 2 * 60_000;

interface Span {
  readonly from: number;
  readonly to: number;
  /** Hours measured. */
  readonly hours: number;
  readonly metrics: ReadonlySet<UsageMetric>;
  readonly used: ReadonlyMap<string, UsageWindow['apps'][number]['used']>;
}

/**
 * The use of each app as rates over time. Statistics since one charge that were read several times are taken apart into what came between; what began before an app was there, and what is not over yet,
 * is left out; a counter that went down says nothing. What is missing stays missing and is never zero.
 */
export function usageSeries(
  windows: readonly UsageWindow[],
  apps: readonly Pick<InstalledApp, 'package' | 'firstInstalledAt'>[],
  now: number,
): readonly UsageSeries[] {
  const known = windows
    .map(spanOf)
    .filter((span) => span.to > span.from && span.to <= now + HOUR)
    .sort((a, b) => a.to - b.to || a.from - b.from);
  const came = new Map(apps.map((app) => [app.package, Date.parse(app.firstInstalledAt ?? '')]));
  const series: UsageSeries[] = [];
  for (const metric of WATCHED_METRICS) {
    const spans = apart(known.filter(({ metrics }) => metrics.has(metric)));
    const names = new Set(
      spans.flatMap(({ used }) =>
        [...used].flatMap(([name, amounts]) => (amounts[metric] === undefined ? [] : [name])),
      ),
    );
    for (const name of names) {
      const since = came.get(name) ?? Number.NaN;
      const points = spans.filter(({ from }) => !(from < since)).map((span) => pointOf(span, name, metric));
      if (points.some(({ rate }) => rate !== null && rate > 0)) series.push({ package: name, metric, points });
    }
  }
  return series;
}

function spanOf({ from, to, unpluggedSeconds, metrics, apps }: UsageWindow): Span {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  const energy = metrics.includes('energy') || metrics.includes('background-energy');
  return {
    from: start,
    to: end,
    hours: energy && unpluggedSeconds !== null ? unpluggedSeconds / 3600 : (end - start) / HOUR,
    metrics: new Set(metrics),
    used: new Map(apps.map((app) => [app.package, app.used])),
  };
}

/** Spans that do not overlap, in the order of time. */
function apart(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  /** The newest reading of the charge that is being counted. */
  let last: Span | null = null;
  for (const span of spans) {
    if (last === null || span.from >= last.to) {
      result.push(span);
      last = span;
    } else if (span.from === last.from && span.to === last.to) {
      result[result.length - 1] = most(result.at(-1) ?? span, span);
      last = most(last, span);
    } else if (Math.abs(span.from - last.from) <= SAME_START_MS && span.to > last.to) {
      result.push(difference(span, last));
      last = span;
    }
    // Any other overlap: which of the two is right nobody can tell, and the first stands.
  }
  return result;
}

/** Two readings of the same time: the later one has more. */
function most(one: Span, other: Span): Span {
  const used = new Map(one.used);
  for (const [name, amounts] of other.used) {
    const merged = { ...used.get(name) };
    for (const metric of metricsOf(amounts)) merged[metric] = Math.max(merged[metric] ?? 0, amounts[metric] ?? 0);
    used.set(name, merged);
  }
  return { ...one, metrics: new Set([...one.metrics, ...other.metrics]), used };
}

/** What came between two readings of one charge. An app whose counters went down is left out of it. */
function difference(later: Span, earlier: Span): Span {
  const used = new Map<string, UsageWindow['apps'][number]['used']>();
  for (const [name, amounts] of later.used) {
    const before = earlier.used.get(name) ?? {};
    const between: UsageWindow['apps'][number]['used'] = {};
    for (const metric of metricsOf(amounts)) {
      const amount = (amounts[metric] ?? 0) - (before[metric] ?? 0);
      // Estimates of energy are made anew each time, so that a little less is no smaller counter.
      between[metric] = amount >= 0 ? amount : amount > -0.02 * (before[metric] ?? 0) ? 0 : Number.NaN;
    }
    used.set(name, between);
  }
  return { ...later, from: earlier.to, hours: Math.max(0, later.hours - earlier.hours), used };
}

function pointOf({ to, hours, metrics, used }: Span, name: string, metric: WatchedMetric): UsagePoint {
  const amounts = used.get(name);
  const amount = amounts?.[metric] ?? 0;
  const whole = WHOLE[metric];
  const all = whole === undefined || !metrics.has(whole) ? null : (amounts?.[whole] ?? 0);
  const rate = hours > 0 && Number.isFinite(amount) ? amount / hours : null;
  const inFront = all === null || rate === null || !Number.isFinite(all) ? null : Math.max(0, all - amount) / hours;
  return { at: to, hours, rate, inFront };
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a record of metrics
const metricsOf = (used: UsageWindow['apps'][number]['used']): UsageMetric[] => Object.keys(used) as UsageMetric[];
