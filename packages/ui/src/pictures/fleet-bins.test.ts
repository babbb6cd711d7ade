import type { RiskLevel } from '@vedette/contracts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { devicesBetween, stripColumns } from './fleet-bins.ts';

const fleet = (count: number): RiskLevel[] =>
  Array.from({ length: count }, (_, index) => (index === 0 ? 'critical' : 'none'));

describe('stripColumns', () => {
  it('gives each device its own column while there is room, not wider than allowed', () => {
    const columns = stripColumns(fleet(3), 600, 28);
    expect(columns.map((column) => [column.x, column.width])).toEqual([
      [0, 28],
      [28, 28],
      [56, 28],
    ]);
  });

  it('shows the worst device of a column that stands for many', () => {
    const columns = stripColumns(fleet(100_000), 1000);
    expect(columns).toHaveLength(1000);
    expect(columns[0]?.riskLevel).toBe('critical');
    expect(columns[0]).toMatchObject({ from: 0, to: 100 });
  });

  it('covers every device exactly once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 1600 }), (count, width) => {
        const columns = stripColumns(fleet(count), width);
        const broken = columns.filter(
          (column, index) => column.to <= column.from || column.from !== (columns[index - 1]?.to ?? 0),
        );
        expect(broken).toEqual([]);
        expect(columns.at(-1)?.to).toBe(count);
      }),
    );
  });

  it('draws nothing for an empty fleet or no width', () => {
    expect(stripColumns([], 500)).toEqual([]);
    expect(stripColumns(fleet(5), 0)).toEqual([]);
  });
});

describe('devicesBetween', () => {
  const columns = stripColumns(fleet(10), 100, 10);
  it('takes the columns the stretch touches, in either direction', () => {
    expect(devicesBetween(columns, 25, 41)).toEqual([2, 5]);
    expect(devicesBetween(columns, 41, 25)).toEqual([2, 5]);
  });
  it('is null beside the strip', () => {
    expect(devicesBetween(columns, 300, 400)).toBeNull();
  });
});
