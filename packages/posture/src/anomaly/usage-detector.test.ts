import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createUsageDetector, type DetectorOptions, type UsagePoint } from './usage-detector.ts';

const HOUR = 3_600_000;
const OPTIONS: DetectorOptions = { unit: 0.5, floor: 2.5, total: 120, fast: { rate: 30, hours: 9 } };

/** Rates one after another, each of a quarter of a day with five hours measured. */
const pointsOf = (rates: readonly (number | null)[], inFront: readonly (number | null)[] = []): UsagePoint[] =>
  rates.map((rate, index) => ({ at: (index + 1) * 6 * HOUR, hours: 5, rate, inFront: inFront[index] ?? null }));

const quiet = (count: number): number[] => Array.from({ length: count }, (_, index) => 0.2 + ((index * 37) % 10) / 20);

function callsOf(points: readonly UsagePoint[], options = OPTIONS, changedAt: readonly number[] = []) {
  const detector = createUsageDetector(options);
  return points.flatMap((point, index) => {
    if (changedAt.includes(index)) detector.changed(point.at - 6 * HOUR);
    const { call } = detector.step(point);
    return call === null ? [] : [{ index, ...call }];
  });
}

describe('a rise of what an app uses', () => {
  it('is called within two days when it is material and lasts, with when it began and how much it is', () => {
    const [call, ...more] = callsOf(pointsOf([...quiet(80), ...quiet(20).map((rate) => rate + 10)]));
    expect(more).toEqual([]);
    expect(call).toMatchObject({ kind: 'history' });
    expect(call?.index).toBeLessThan(80 + 9);
    expect(call?.since).toBe(80 * 6 * HOUR + HOUR);
    expect(call?.excess).toBeGreaterThan(8);
    expect(call?.normal).toBeCloseTo(0.4, 1);
  });

  it('is not called when it is over after a day, or too small to matter', () => {
    expect(callsOf(pointsOf([...quiet(80), 12, 14, 11, 9, ...quiet(40)]))).toEqual([]);
    expect(callsOf(pointsOf([...quiet(80), ...quiet(80).map((rate) => rate + 1.5)]))).toEqual([]);
  });

  it('is not called where the owner used the app as much more', () => {
    const front = [...quiet(80), ...quiet(30).map((rate) => rate * 20)];
    const behind = [...quiet(80), ...quiet(30).map((rate) => rate * 15)];
    expect(callsOf(pointsOf(behind, front))).toEqual([]);
    expect(callsOf(pointsOf(behind, [...quiet(110)]))).toHaveLength(1);
  });

  it('is put down to a new version that it came with, and measured anew from there', () => {
    const rates = [...quiet(80), ...quiet(200).map((rate) => rate + 8)];
    expect(callsOf(pointsOf(rates), OPTIONS, [80]).map(({ kind }) => kind)).toEqual(['new-version']);
    // One that comes days after the new version is not.
    expect(callsOf(pointsOf(rates), OPTIONS, [70]).map(({ kind }) => kind)).toEqual(['history']);
    // Nor one that was there before it.
    expect(callsOf(pointsOf(rates), OPTIONS, [84]).map(({ kind }) => kind)).toEqual(['history']);
  });

  it('is called by the plain amount when it is huge, with no history at all', () => {
    const [call] = callsOf(pointsOf([0.1, 45, 50, 48, 40]));
    expect(call).toMatchObject({ kind: 'fast', index: 2, normal: null });
  });

  it('is held against other devices where the app is too new', () => {
    const cohort = { median: Math.log1p(0.4 / 0.5), sigma: 0.5, high: 3 };
    const calls = callsOf(pointsOf(Array.from({ length: 16 }, () => 9)), { ...OPTIONS, cohort });
    expect(calls.map(({ kind }) => kind)).toEqual(['cohort']);
    expect(callsOf(pointsOf(quiet(16)), { ...OPTIONS, cohort })).toEqual([]);
  });

  it('is called again after it was over', () => {
    const rise = quiet(20).map((rate) => rate + 12);
    expect(callsOf(pointsOf([...quiet(80), ...rise, ...quiet(60), ...rise]))).toHaveLength(2);
  });
});

describe('what was not measured', () => {
  it('is no zero: gaps change neither what is normal nor what is called', () => {
    const rates = [...quiet(80), ...quiet(20).map((rate) => rate + 10)];
    const gaps = pointsOf(rates).flatMap((point, index) =>
      index % 3 === 0
        ? [
            point,
            { ...point, at: point.at + HOUR, rate: null },
            { ...point, at: point.at + 2 * HOUR, hours: 0.2, rate: 0 },
          ]
        : [point],
    );
    const kinds = (points: readonly UsagePoint[]) =>
      callsOf(points).map(({ kind, since, normal }) => ({ kind, since, normal }));
    expect(kinds(gaps)).toEqual(kinds(pointsOf(rates)));
  });
});

describe('any use', () => {
  const rates = fc.array(fc.double({ min: 0, max: 80, noNaN: true }), { minLength: 60, maxLength: 160 });

  it('that grows by more at the end is called no later', () => {
    fc.assert(
      fc.property(
        rates,
        fc.double({ min: 0, max: 60, noNaN: true }),
        fc.double({ min: 0, max: 60, noNaN: true }),
        (base, less, more) => {
          // Within the two days that do not count as normal yet.
          const from = base.length - 8;
          const riseBy = (extra: number) =>
            callsOf(pointsOf(base.map((rate, index) => (index < from ? rate : rate + extra))));
          const first = (extra: number) =>
            riseBy(extra).find(({ index, kind }) => index >= from && kind === 'history')?.index ?? Infinity;
          const wasCalled = callsOf(pointsOf(base.slice(0, from))).length > 0;
          if (!wasCalled) expect(first(less + more)).toBeLessThanOrEqual(first(less));
        },
      ),
      { numRuns: 80 },
    );
  });

  it('gives bounds that are numbers, and calls that began before they were made', () => {
    const point = fc.record({
      hours: fc.double({ min: 0, max: 30, noNaN: true }),
      rate: fc.option(fc.double({ min: 0, max: 1e15, noNaN: true })),
      inFront: fc.option(fc.double({ min: 0, max: 1e15, noNaN: true })),
    });
    fc.assert(
      fc.property(fc.array(point, { maxLength: 150 }), (list) => {
        const detector = createUsageDetector(OPTIONS);
        list.forEach((one, index) => {
          const at = (index + 1) * 30 * HOUR;
          const { low, high, call } = detector.step({ at, ...one });
          if (low !== null && high !== null) expect(low >= 0 && low <= high && Number.isFinite(high)).toBe(true);
          if (call !== null) expect(call.since < at && Number.isFinite(call.excess)).toBe(true);
        });
      }),
      { numRuns: 100 },
    );
  });
});
