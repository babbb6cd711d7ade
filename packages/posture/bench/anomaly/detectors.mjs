/** Each detector takes an app's measurements and gives the bins in which it calls: the one of this project, and what people use instead. */
import { createUsageDetector, detectorOptions } from '@vedette/posture';

const UNIT = 0.5;

/** Calls of at least medium severity, and those of the fast rule apart. */
export function ours({ points, updates, capacity }) {
  const detector = createUsageDetector(detectorOptions('background-energy', capacity));
  const changes = new Set(updates);
  const calls = [];
  const fast = [];
  const versions = [];
  for (const [bin, point] of points.entries()) {
    if (changes.has(bin)) detector.changed(point.at - 6 * 3_600_000);
    const { call } = detector.step(point);
    if (call === null) continue;
    if (call.kind === 'fast') fast.push(bin);
    else if (call.kind === 'new-version') versions.push(bin);
    else calls.push(bin);
  }
  return { calls, fast, versions };
}

/** One call for each episode: an alarm that stands is not a new one for a day after. */
function episodes(points, alarming) {
  const calls = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const [bin, point] of points.entries()) {
    if (point.rate === null || !alarming(point, bin)) continue;
    if (bin - last > 4) calls.push(bin);
    last = bin;
  }
  return { calls, fast: [] };
}

export const fixed = ({ points }) => episodes(points, ({ rate }) => rate > 20);

/** A mean and standard deviation over four weeks; four of them away. */
export function zScore({ points }) {
  const window = [];
  return episodes(points, ({ rate }) => {
    const n = window.length;
    const mean = window.reduce((sum, value) => sum + value, 0) / Math.max(1, n);
    const sd = Math.sqrt(window.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, n - 1));
    window.push(rate);
    if (window.length > 112) window.shift();
    return n >= 28 && rate > mean + 4 * Math.max(sd, 0.05);
  });
}

/** An exponentially weighted mean of logarithms, four deviations of it away. */
export function ewma({ points }) {
  let mean = 0;
  let variance = 0.36;
  let smooth = 0;
  let n = 0;
  return episodes(points, ({ rate }) => {
    const value = Math.log1p(rate / UNIT);
    n += 1;
    if (n <= 28) {
      mean += (value - mean) / n;
      variance = Math.max(0.1, variance + ((value - mean) ** 2 - variance) / n);
      smooth = mean;
      return false;
    }
    smooth += 0.3 * (value - smooth);
    const alarming = smooth - mean > 4 * Math.sqrt(variance * (0.3 / 1.7));
    mean += 0.01 * (value - mean);
    variance = Math.max(0.1, variance + 0.01 * ((value - mean) ** 2 - variance));
    return alarming;
  });
}
