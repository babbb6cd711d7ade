import type { InstalledApp, UsageWindow } from '@vedette/contracts';
import { createUsageDetector, type DetectorOptions, type DetectorStep, type UsagePoint } from './usage-detector.ts';
import { type UsageSeries, usageSeries, type WatchedMetric } from './usage-series.ts';

/** A series as the detector saw it: what was normal at each point, and the calls. */
export interface WatchedSeries extends UsageSeries {
  readonly steps: readonly DetectorStep[];
  readonly calls: readonly UsageCall[];
  /** Whether there was enough history to tell the normal from the unusual at the end. */
  readonly judged: boolean;
}

export type UsageCall = NonNullable<DetectorStep['call']> & { readonly at: number };

/** Batteries of phones hold 3,000 to 5,500 mAh. */
const USUAL_CAPACITY_MAH = 4000;

/**
 * From where a rise is material. Energy: what takes 1.5 % of the battery in a day, 3 % in all; evaluated in `bench/anomaly`. Network: 100 MB a day, 300 MB in all; awake: two hours a day, six in all; chosen
 * by what an owner would want to know of, and not evaluated.
 */
export function detectorOptions(metric: WatchedMetric, capacityMah: number | null): DetectorOptions {
  const capacity = capacityMah ?? USUAL_CAPACITY_MAH;
  switch (metric) {
    case 'background-energy':
      return { unit: 0.5, floor: (0.015 * capacity) / 24, total: 0.03 * capacity, fast: { rate: 30, hours: 9 } };
    case 'background-bytes':
      return { unit: 100_000, floor: 100e6 / 24, total: 300e6, fast: null };
    case 'wakelock':
      return { unit: 10, floor: 7200 / 24, total: 6 * 3600, fast: null };
    default:
      return metric;
  }
}

/** Watches all that evidence tells of apps' use. `now` in milliseconds since 1970. */
export function watchUsage(
  windows: readonly UsageWindow[],
  apps: readonly InstalledApp[],
  now: number,
): readonly WatchedSeries[] {
  const capacity = windows.findLast(({ capacityMah }) => capacityMah !== null)?.capacityMah ?? null;
  const updated = new Map(apps.map((app) => [app.package, Date.parse(app.updatedAt ?? '')]));
  return usageSeries(windows, apps, now).map((series) =>
    watchSeries(series, detectorOptions(series.metric, capacity), updated.get(series.package) ?? Number.NaN),
  );
}

function watchSeries(series: UsageSeries, options: DetectorOptions, updatedAt: number): WatchedSeries {
  const detector = createUsageDetector(options);
  const steps: DetectorStep[] = [];
  const calls: UsageCall[] = [];
  let told = false;
  for (const point of series.points) {
    if (!told && updatedAt <= point.at) {
      detector.changed(updatedAt);
      told = true;
    }
    const step = detector.step(point);
    steps.push(step);
    if (step.call !== null) calls.push({ ...step.call, at: point.at });
  }
  return { ...series, steps, calls, judged: steps.at(-1)?.high !== null && steps.length > 0 };
}

/** Whether anything was measured at a point. */
export function isMeasured(point: UsagePoint): point is UsagePoint & { readonly rate: number } {
  return point.rate !== null;
}
