import type { RiskLevel } from '@vedette/contracts';

/** A column of the strip: which devices it stands for, and the worst state among them is what it shows. */
export interface StripColumn {
  readonly x: number;
  readonly width: number;
  /** Index of the first device, and one past the last. */
  readonly from: number;
  readonly to: number;
  readonly riskLevel: RiskLevel;
}

/**
 * Cuts a fleet, worst risk first, into columns at most one per pixel. With fewer devices than pixels each has its own column, at most `maxWidth` wide.
 * A column of several devices shows the first of them: sorted, that is the worst, so no bad device is averaged away.
 * @param width pixels to fill
 */
export function stripColumns(risks: readonly RiskLevel[], width: number, maxWidth = 28): readonly StripColumn[] {
  const count = risks.length;
  if (count === 0 || width <= 0) return [];
  const columns = Math.min(count, Math.floor(width));
  const columnWidth = Math.min(maxWidth, width / columns);
  return Array.from({ length: columns }, (_, index) => {
    const from = Math.floor((index * count) / columns);
    const to = Math.floor(((index + 1) * count) / columns);
    return { x: index * columnWidth, width: columnWidth, from, to, riskLevel: risks[from] ?? 'unknown' };
  });
}

/**
 * Devices under a stretch of the strip.
 * @returns half-open range of indices, or null when the stretch touches no column
 */
export function devicesBetween(
  columns: readonly StripColumn[],
  x0: number,
  x1: number,
): readonly [number, number] | null {
  const [left, right] = x0 <= x1 ? [x0, x1] : [x1, x0];
  const hit = columns.filter((column) => column.x < right && column.x + column.width > left);
  const first = hit[0];
  const last = hit.at(-1);
  return first === undefined || last === undefined ? null : [first.from, last.to];
}
