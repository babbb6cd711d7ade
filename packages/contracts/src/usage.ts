import { z } from 'zod';
import { EvidenceSource } from './signal.ts';

/** What a phone counts of its apps: the unit, and how people call it. `background` is what was used while nobody had the app in front of them. */
export const USAGE_METRICS = {
  energy: { title: 'Energy', unit: 'mAh' },
  'background-energy': { title: 'Energy in the background', unit: 'mAh' },
  bytes: { title: 'Network', unit: 'bytes' },
  'background-bytes': { title: 'Network in the background', unit: 'bytes' },
  cpu: { title: 'Processor', unit: 's' },
  wakelock: { title: 'Kept awake', unit: 's' },
} as const;
export type UsageMetric = keyof typeof USAGE_METRICS;
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- keys of a literal that is not empty
export const UsageMetric = z.enum(Object.keys(USAGE_METRICS) as [UsageMetric, ...UsageMetric[]]);

/** Far above what a phone can use, and far below where arithmetic loses its digits. */
const Amount = z.number().nonnegative().max(1e15);

/** What one app used in a window: amounts in the unit of their metric. A metric that is missing here was not used, where the window counts it. */
export const AppUsage = z.object({
  package: z.string().min(1).max(300),
  used: z.partialRecord(UsageMetric, Amount),
});
export type AppUsage = z.infer<typeof AppUsage>;

/** What the apps of a phone used between two moments, as one source counted it. */
export const UsageWindow = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  source: EvidenceSource,
  /** What was counted. An app that is not in `apps` used none of these; of any other metric nothing is known. */
  metrics: z.array(UsageMetric).min(1),
  /** Time without a charger in it, in seconds; null: not known. Energy is counted in this time alone. */
  unpluggedSeconds: Amount.nullable(),
  /** Capacity of the battery in mAh; null: not known. */
  capacityMah: Amount.nullable(),
  apps: z.array(AppUsage).max(5000),
  rawRef: z.string().max(500).optional(),
});
export type UsageWindow = z.infer<typeof UsageWindow>;

/** Most windows in one report or check: half a year of quarters of days. */
export const MAX_USAGE_WINDOWS = 800;

/** How much one app used over time beside what is normal for it: what a plot shows. */
export const UsageCurve = z.object({
  package: z.string().min(1).max(300),
  metric: UsageMetric,
  /** Amounts per hour in the unit of the metric (energy: per hour without a charger); null: not measured. `low` and `high` bound what is normal there; null: not known yet. */
  points: z
    .array(
      z.object({
        at: z.iso.datetime(),
        hours: z.number().positive(),
        rate: z.number().nonnegative().nullable(),
        low: z.number().nonnegative().nullable(),
        high: z.number().nonnegative().nullable(),
      }),
    )
    .max(1000),
  /** When it began to be unusual, and when it was called so; null: it was not. */
  since: z.iso.datetime().nullable(),
  calledAt: z.iso.datetime().nullable(),
});
export type UsageCurve = z.infer<typeof UsageCurve>;

/** An amount per hour for people: `12.3 mAh an hour`, `4.2 MB an hour`, `12 minutes an hour`. */
export function rateText(metric: UsageMetric, rate: number): string {
  switch (USAGE_METRICS[metric].unit) {
    case 'mAh':
      return `${digits(rate)} mAh an hour`;
    case 'bytes':
      return `${rate >= 1e6 ? `${digits(rate / 1e6)} MB` : `${digits(rate / 1e3)} kB`} an hour`;
    default:
      return rate >= 60 ? `${digits(rate / 60)} minutes an hour` : `${digits(rate)} seconds an hour`;
  }
}

function digits(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(2)));
}
