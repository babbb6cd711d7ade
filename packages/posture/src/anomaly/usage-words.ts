import { USAGE_METRICS, type UsageMetric } from '@vedette/contracts';

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
