import { describe, expect, it } from 'vitest';
import { clusterMarks, layoutThreats, placeOf } from './timeline-layout.ts';

const from = '2026-11-01T00:00:00.000Z';
const to = '2026-11-11T00:00:00.000Z';
const day = (n: number) => new Date(Date.parse(from) + n * 86_400_000).toISOString();
const threat = (id: string, openedAt: string, resolvedAt: string | null) => ({
  id,
  title: id,
  severity: 'high' as const,
  state: 'open' as const,
  openedAt,
  resolvedAt,
});

describe('placeOf', () => {
  it('maps the ends to the edges and clamps what lies outside', () => {
    expect(placeOf(from, Date.parse(from), Date.parse(to), 500)).toBe(0);
    expect(placeOf(day(5), Date.parse(from), Date.parse(to), 500)).toBe(250);
    expect(placeOf(day(-3), Date.parse(from), Date.parse(to), 500)).toBe(0);
    expect(placeOf(day(30), Date.parse(from), Date.parse(to), 500)).toBe(500);
  });

  it('does not divide by an empty span', () => {
    expect(placeOf(from, Date.parse(from), Date.parse(from), 500)).toBe(0);
  });
});

describe('layoutThreats', () => {
  it('shares a row between threats that follow one another and opens a new one where they overlap', () => {
    const { bars, rows } = layoutThreats(
      { from, to, threats: [threat('a', day(0), day(2)), threat('b', day(1), day(3)), threat('c', day(6), null)] },
      1000,
      20,
    );
    expect(bars.map((bar) => [bar.id, bar.row])).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 0],
    ]);
    expect(rows).toBe(2);
  });

  it('runs an open threat to the edge and says that it began before the picture', () => {
    const { bars } = layoutThreats({ from, to, threats: [threat('a', day(-4), null)] }, 1000);
    expect(bars[0]).toMatchObject({ x: 0, width: 1000, openLeft: true, openRight: true });
  });

  it('leaves out what ended before or begins after', () => {
    const { bars } = layoutThreats(
      { from, to, threats: [threat('a', day(-4), day(-2)), threat('b', day(20), null)] },
      1000,
    );
    expect(bars).toEqual([]);
  });

  it('never draws a bar too thin to see', () => {
    const { bars } = layoutThreats({ from, to, threats: [threat('a', day(2), day(2))] }, 1000);
    expect(bars[0]?.width).toBe(6);
  });
});

describe('clusterMarks', () => {
  it('joins close marks and keeps every item', () => {
    const clusters = clusterMarks(
      [
        { x: 1, item: 'a' },
        { x: 4, item: 'b' },
        { x: 40, item: 'c' },
      ],
      8,
    );
    expect(clusters.map((cluster) => cluster.items)).toEqual([['a', 'b'], ['c']]);
  });
});
