import { describe, expect, it } from 'vitest';
import { layOutUsage, type UsagePlotPoint } from './usage-plot-layout.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-11-01T00:00:00Z');
const iso = (hours: number): string => new Date(START + hours * HOUR).toISOString();
const at = (hours: number, rate: number | null, high: number | null = null): UsagePlotPoint => ({
  at: iso(hours),
  rate,
  low: high === null ? null : 0,
  high,
});
const BOX = { width: 100, height: 50 };
const NOT_CALLED = { since: null, calledAt: null };

describe('the plot of use', () => {
  it('draws measurements from left to right, the highest at the top', () => {
    const { line, top } = layOutUsage([at(0, 0), at(6, 10), at(12, 5)], NOT_CALLED, BOX);
    expect(line).toBe('M0.0,50.0L50.0,0.0L100.0,25.0');
    expect(top).toBe(10);
  });

  it('breaks the line where nothing was measured for long, and shows what stands alone', () => {
    const { line, dots } = layOutUsage(
      [at(0, 1), at(6, 1), at(12, null), at(60, 2), at(200, 1), at(206, 1)],
      NOT_CALLED,
      BOX,
    );
    expect(line.match(/M/g)).toHaveLength(2);
    expect(dots).toHaveLength(1);
  });

  it('keeps a wide band from pressing the curve to the ground', () => {
    const { top, band } = layOutUsage([at(0, 1, 40), at(6, 2, 40)], NOT_CALLED, BOX);
    expect(top).toBe(4);
    expect(band).toBe('M0.0,0.0L100.0,0.0L100.0,50.0L0.0,50.0Z');
  });

  it('marks since when and where it was called, if that is shown', () => {
    const points = [at(0, 1), at(48, 2)];
    expect(layOutUsage(points, { since: iso(12), calledAt: iso(24) }, BOX)).toMatchObject({ since: 25, called: 50 });
    expect(layOutUsage(points, { since: iso(-12), calledAt: iso(24) }, BOX)).toMatchObject({ since: null, called: 50 });
  });

  it('draws nothing of nothing', () => {
    expect(layOutUsage([], NOT_CALLED, BOX)).toMatchObject({ line: '', band: '', dots: [], ticks: [] });
    expect(layOutUsage([at(0, 0), at(6, 0)], NOT_CALLED, BOX).line).toBe('M0.0,50.0L100.0,50.0');
  });
});
