import { createUsageHistory, type UsageHistory } from './usage-history.ts';

/** One measurement of one app: a rate over the hours that were measured. */
export interface UsagePoint {
  /** End of the span that it is about, milliseconds since 1970. */
  readonly at: number;
  /** Hours measured in it: for energy those without a charger. Of less than half an hour nothing is concluded. */
  readonly hours: number;
  /** Amount per hour; null: not measured, which is not zero. */
  readonly rate: number | null;
  /** The same of the app while its owner used it, where that is measured apart. */
  readonly inFront: number | null;
}

/** What other devices say of the same app and version: stands in for a history that is too short, and steadies one that is. In the detector's scale of `scaled`. */
export interface Cohort {
  readonly median: number;
  readonly sigma: number;
  /** The rate that one of two hundred devices exceeds, in amounts per hour. */
  readonly high: number;
}

export interface DetectorOptions {
  /** Rate below which differences are of no interest: rates are looked at as log(1 + rate / unit). */
  readonly unit: number;
  /** What must be used beyond the normal, per hour, before anybody is told: less harms nobody and happens all the time. */
  readonly floor: number;
  /** What must have been used beyond the normal in all, since the rise began. */
  readonly total: number;
  /** A rate that is told of without a history, and for how many hours it must last. */
  readonly fast: { readonly rate: number; readonly hours: number } | null;
  readonly cohort?: Cohort | null;
}

/**
 * Why somebody is told: against the app's own history, against the same app elsewhere, by the plain amount, or because a new version uses more than the one before (which is mostly its maker's doing,
 * and sometimes is why there is a new version).
 */
export type CallKind = 'history' | 'cohort' | 'fast' | 'new-version';

/** What one measurement came to. */
export interface DetectorStep {
  /** What is normal then, per hour; null: not known yet. */
  readonly low: number | null;
  readonly high: number | null;
  /** Set at the one measurement that makes the call. */
  readonly call: {
    readonly kind: CallKind;
    readonly since: number;
    readonly excess: number;
    readonly normal: number | null;
  } | null;
}

const HOUR = 3_600_000;
/** Allowance and decision level of the cumulative sum (Page 1954), in standard deviations. */
const K = 1;
const H = 8;
/** The sum stops here, so that it does not take as long to end as the excess lasted. */
const MOST = 3 * H;
/** No app is steadier than this, in the logarithmic scale. */
const LEAST_SIGMA = 0.35;
/** What stands in for a cohort's spread, and for how many values of the app's own it counts. */
const USUAL_SIGMA = 0.6;
const COHORT_WEIGHT = 12;
/** The sum and the excess must stay up for so long before the call. */
const CONFIRM_HOURS = 36;
const CONFIRM_POINTS = 8;
/** What begins so soon after a new version came is put down to it. */
const VERSION_HOURS = 24;
/** The excess is averaged over about so long. */
const AVERAGE_HOURS = 12;
const HISTORY = { reachHours: 28 * 24, guardHours: 48, leastHours: 7 * 24, leastCount: 14 };

/**
 * Watches one metric of one app: a one-sided cumulative sum of robust deviations from the app's own last four weeks, that calls only what is material and lasts (device paper of this project, section on
 * anomalies; Page, “Continuous inspection schemes”, Biometrika 41, 1954). What its owner's own use explains is taken off. Besides the history it holds eight numbers.
 */
export interface UsageDetector {
  /** Measurements in the order of time. */
  step(point: UsagePoint): DetectorStep;
  /** A new version of the app came at a time, milliseconds since 1970. Told before the measurements after it. */
  changed(at: number): void;
}

export function createUsageDetector(options: DetectorOptions): UsageDetector {
  const { unit, floor, total, fast, cohort = null } = options;
  const own = createUsageHistory(HISTORY);
  const front = createUsageHistory(HISTORY);
  let sum = 0;
  let since = 0;
  /** When what is to be confirmed began, and how many measurements confirmed it. */
  let confirmedFrom = 0;
  let confirmed = 0;
  let changedAt = Number.NEGATIVE_INFINITY;
  let excess = 0;
  let taken = 0;
  let fastHours = 0;
  let coldHours = 0;
  /** 0: nothing was called; 1: the plain amount; 2: against the history or the cohort. */
  let called = 0;

  function forget(): void {
    sum = 0;
    confirmed = 0;
    excess = 0;
    taken = 0;
    fastHours = 0;
    coldHours = 0;
    called = 0;
  }

  return {
    step({ at, hours, rate, inFront }) {
      const base = own.baseline(at);
      const sigma = base === null ? 0 : spreadOf(base, cohort);
      const normal = base === null ? null : amountOf(base.median, unit);
      const low = base === null ? null : amountOf(base.median - 3 * sigma, unit);
      const high = base === null ? null : amountOf(base.median + 3 * sigma, unit);
      if (rate === null || hours < 0.5) return { low, high, call: null };
      const value = scaled(rate, unit);
      const frontRise = inFront === null ? 0 : riseOf(front, at, scaled(inFront, unit));
      if (inFront !== null) front.push(at, scaled(inFront, unit));
      own.push(at, value);

      const weight = 1 - Math.exp(-hours / AVERAGE_HOURS);
      const beyond = Math.max(0, rate - (normal ?? (cohort === null ? 0 : amountOf(cohort.median, unit))));
      excess += weight * (beyond - excess);
      const start = at - hours * HOUR;
      let kind: CallKind | null = null;

      if (base !== null) {
        const deviation = clip((value - base.median) / sigma - frontRise);
        if (sum === 0) since = start;
        taken = sum === 0 ? beyond * hours : taken + beyond * hours;
        sum = Math.min(MOST, Math.max(0, sum + deviation - K));
        if (sum > H && excess >= floor && deviation > K) {
          if (confirmed === 0) confirmedFrom = start;
          confirmed += 1;
          if (confirmed >= CONFIRM_POINTS && taken >= total && at - confirmedFrom >= CONFIRM_HOURS * HOUR)
            kind = beganWith(changedAt, since) ? 'new-version' : 'history';
        } else confirmed = sum > H && confirmed > 1 ? confirmed - 1 : 0;
        // What fell below this is over; the next time is a new one.
        if (called === 2 && (sum === 0 || excess < floor / 4)) {
          called = 0;
          sum = 0;
          confirmed = 0;
        }
      } else if (cohort !== null) {
        if (coldHours === 0) since = start;
        coldHours = rate > cohort.high && excess >= floor ? coldHours + hours : 0;
        if (coldHours >= CONFIRM_HOURS) kind = 'cohort';
        if (called === 2 && coldHours === 0) called = 0;
      }
      if (fast !== null) {
        fastHours = rate >= fast.rate && beyond >= fast.rate / 2 && frontRise < 1 ? fastHours + hours : 0;
        if (fastHours >= fast.hours) kind ??= 'fast';
        if (called === 1 && fastHours === 0) called = 0;
      }
      const level = kind === null ? 0 : kind === 'fast' ? 1 : 2;
      if (kind === null || level <= called) return { low, high, call: null };
      called = level;
      const begun = kind === 'fast' ? at - fastHours * HOUR : since;
      const more = excess;
      if (kind === 'new-version') {
        // Its past is no measure for it any more.
        own.clear();
        front.clear();
        forget();
      }
      return { low, high, call: { kind, since: begun, excess: more, normal } };
    },
    changed(at) {
      changedAt = at;
    },
  };
}

/** The scale on which uses are compared: differences in proportion, without those near nothing. */
export function scaled(rate: number, unit: number): number {
  return Math.log1p(rate / unit);
}

function amountOf(value: number, unit: number): number {
  return Math.max(0, Math.expm1(value) * unit);
}

/** Whether a rise began with a new version: in the measurement that it came in, or within a day. */
function beganWith(changedAt: number, since: number): boolean {
  return since >= changedAt - 6 * HOUR && since <= changedAt + VERSION_HOURS * HOUR;
}

function spreadOf({ sigma, count }: { readonly sigma: number; readonly count: number }, cohort: Cohort | null): number {
  const other = cohort?.sigma ?? USUAL_SIGMA;
  const variance = (count * sigma ** 2 + COHORT_WEIGHT * other ** 2) / (count + COHORT_WEIGHT);
  return Math.max(LEAST_SIGMA, Math.sqrt(variance));
}

/** How far the owner's own use of the app lies above its normal, in deviations: what explains a rise behind it. */
function riseOf(front: UsageHistory, at: number, value: number): number {
  const base = front.baseline(at);
  return base === null ? 0 : Math.max(0, clip((value - base.median) / spreadOf(base, null)) - K);
}

function clip(deviation: number): number {
  return Math.min(8, Math.max(-6, deviation));
}
