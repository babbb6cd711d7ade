import { describe, expect, it } from 'vitest';
import { feedLines } from '../lines.ts';
import { bytesOf, recordsOf } from '../testing-records.fixture.ts';
import { createBatteryDailyReader } from './battery-daily.ts';

const read = (text: string) =>
  recordsOf((builder) => feedLines(bytesOf(text), createBatteryDailyReader(builder, 'dumpsys.txt'))).records;

describe('daily changes of apps', () => {
  it('tells updates, removals and downgrades in the order of days, however they are written', () => {
    const records = read(`Daily stats:
  Daily from 2026-11-03-08-00-00 to 2026-11-04-01-00-00:
    Update org.example.app vers=5
    Update org.example.app vers=5
  Daily from 2026-11-02-08-00-00 to 2026-11-03-01-00-00:
    Update org.example.app vers=7
    Update org.example.gone vers=0
`);
    expect(records.map(({ at, text, rawRef }) => [at, text, rawRef])).toEqual([
      ['2026-11-02T07:00:00.000Z', 'org.example.app came to version 7', 'dumpsys.txt:6'],
      ['2026-11-02T07:00:00.000Z', 'org.example.gone was removed', 'dumpsys.txt:7'],
      ['2026-11-03T07:00:00.000Z', 'org.example.app was replaced by the older version 5 (it was 7)', 'dumpsys.txt:3'],
    ]);
    expect(records[2]?.fields).toEqual({ change: 'downgrade', package: 'org.example.app', version: '5' });
  });

  it('does not call it a downgrade when a removed app comes back older', () => {
    const records = read(`  Daily from 2026-11-01-00-00-00 to 2026-11-02-00-00-00:
    Update a.b vers=9
  Daily from 2026-11-02-00-00-00 to 2026-11-03-00-00-00:
    Update a.b vers=0
  Daily from 2026-11-03-00-00-00 to 2026-11-04-00-00-00:
    Update a.b vers=3
`);
    expect(records.map(({ fields }) => fields?.['change'])).toEqual(['update', 'uninstall', 'update']);
  });

  it('passes over what belongs to no day', () => {
    expect(read('    Update a.b vers=9\n  Daily from nonsense to x:\n    Update c.d vers=x\n')).toEqual([]);
  });
});
