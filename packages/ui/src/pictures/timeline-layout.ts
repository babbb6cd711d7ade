import type { DeviceTimeline } from '@vedette/contracts';

export interface Bar {
  readonly id: string;
  readonly x: number;
  readonly width: number;
  /** Row from the top, 0 first. */
  readonly row: number;
  /** The bar runs out of the picture on this side. */
  readonly openLeft: boolean;
  readonly openRight: boolean;
}

/** Maps a moment to a horizontal place between 0 and `width`, clamped. */
export function placeOf(iso: string, fromMs: number, toMs: number, width: number): number {
  const span = Math.max(1, toMs - fromMs);
  return Math.min(width, Math.max(0, ((Date.parse(iso) - fromMs) / span) * width));
}

/**
 * Lays threats out as bars. Bars that do not overlap (with `gap` pixels between) share a row; the earliest opened is on top.
 * A threat without `resolvedAt` runs to the right edge.
 * @param width of the drawing in pixels
 */
export function layoutThreats(
  timeline: Pick<DeviceTimeline, 'from' | 'to' | 'threats'>,
  width: number,
  gap = 120,
): { readonly bars: readonly Bar[]; readonly rows: number } {
  const fromMs = Date.parse(timeline.from);
  const toMs = Date.parse(timeline.to);
  const rowEnds: number[] = [];
  const bars = [...timeline.threats]
    .filter(
      (threat) =>
        Date.parse(threat.openedAt) <= toMs && (threat.resolvedAt === null || Date.parse(threat.resolvedAt) >= fromMs),
    )
    .sort((a, b) => Date.parse(a.openedAt) - Date.parse(b.openedAt))
    .map((threat) => {
      const x = placeOf(threat.openedAt, fromMs, toMs, width);
      const end = threat.resolvedAt === null ? width : placeOf(threat.resolvedAt, fromMs, toMs, width);
      const free = rowEnds.findIndex((rowEnd) => rowEnd + gap <= x);
      const row = free === -1 ? rowEnds.length : free;
      rowEnds[row] = Math.max(end, x + 6);
      return {
        id: threat.id,
        x,
        width: Math.max(6, end - x),
        row,
        openLeft: Date.parse(threat.openedAt) < fromMs,
        openRight: threat.resolvedAt === null,
      };
    });
  return { bars, rows: rowEnds.length };
}

/** Joins marks closer than `minGap` pixels into one with a count, so that a dense row stays readable. */
export function clusterMarks<T>(
  marks: readonly { readonly x: number; readonly item: T }[],
  minGap: number,
): readonly { readonly x: number; readonly items: readonly T[] }[] {
  const clusters: { x: number; items: T[] }[] = [];
  for (const mark of [...marks].sort((a, b) => a.x - b.x)) {
    const last = clusters.at(-1);
    if (last !== undefined && mark.x - last.x < minGap) last.items.push(mark.item);
    else clusters.push({ x: mark.x, items: [mark.item] });
  }
  return clusters;
}
