/** What is normal by the values so far: their middle and how far they usually lie from it. */
export interface Baseline {
  readonly median: number;
  /** Median distance from the median, as a standard deviation of a normal distribution (times 1.4826). */
  readonly sigma: number;
  readonly count: number;
}

const HOUR = 3_600_000;

/**
 * The values of the last weeks without the newest days, which a change that is going on would be part of. Keeps them both in the order of time and in the order of size, so that a median costs a look and
 * not a sort.
 */
export interface UsageHistory {
  push(at: number, value: number): void;
  /** Null while the values span too short a time. */
  baseline(now: number): Baseline | null;
  clear(): void;
}

export interface HistoryOptions {
  /** How far back it reaches, how much of the newest is left out, and how long a time it must span, in hours. */
  readonly reachHours: number;
  readonly guardHours: number;
  readonly leastHours: number;
  readonly leastCount: number;
}

export function createUsageHistory({ reachHours, guardHours, leastHours, leastCount }: HistoryOptions): UsageHistory {
  let times: number[] = [];
  let values: number[] = [];
  /** From here on are those too new to count. */
  let newest = 0;
  let sorted: number[] = [];
  let first = 0;

  function insert(value: number): void {
    sorted.splice(placeOf(sorted, value), 0, value);
  }
  function remove(value: number): void {
    sorted.splice(placeOf(sorted, value), 1);
  }

  return {
    push(at, value) {
      times.push(at);
      values.push(value);
    },
    baseline(now) {
      while (newest < times.length && (times[newest] ?? 0) <= now - guardHours * HOUR) {
        insert(values[newest] ?? 0);
        newest += 1;
      }
      while (first < newest && (times[first] ?? 0) < now - (reachHours + guardHours) * HOUR) {
        remove(values[first] ?? 0);
        first += 1;
      }
      if (first > 1000) {
        times = times.slice(first);
        values = values.slice(first);
        newest -= first;
        first = 0;
      }
      const span = newest > first ? (times[newest - 1] ?? 0) - (times[first] ?? 0) : 0;
      if (sorted.length < leastCount || span < leastHours * HOUR) return null;
      const median = middleOf(sorted);
      return { median, sigma: 1.4826 * medianDistance(sorted, median), count: sorted.length };
    },
    clear() {
      times = [];
      values = [];
      sorted = [];
      newest = 0;
      first = 0;
    },
  };
}

/** Where a value stands in a sorted list, or would. */
function placeOf(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function middleOf(sorted: readonly number[]): number {
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2;
}

/** The median of the distances from the median: two walks away from the middle, the nearer value first. */
function medianDistance(sorted: readonly number[], median: number): number {
  let right = placeOf(sorted, median);
  let left = right - 1;
  const half = sorted.length >> 1;
  let [before, distance] = [0, 0];
  for (let step = 0; step <= half; step++) {
    const down = left >= 0 ? median - (sorted[left] ?? 0) : Number.POSITIVE_INFINITY;
    const up = right < sorted.length ? (sorted[right] ?? 0) - median : Number.POSITIVE_INFINITY;
    before = distance;
    distance = Math.min(down, up);
    if (down <= up) left -= 1;
    else right += 1;
  }
  return sorted.length % 2 === 1 ? distance : (before + distance) / 2;
}
