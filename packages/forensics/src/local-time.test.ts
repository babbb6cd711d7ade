import { describe, expect, it } from 'vitest';
import { createLocalClock, parseLocalTime } from './local-time.ts';

function instant(text: string, zone: string | null): string | null {
  const local = parseLocalTime(text);
  return local === null ? null : createLocalClock(zone)(local);
}

describe('local times of a device', () => {
  it.each([
    ['2026-11-20 11:11:12', 'Europe/Berlin', '2026-11-20T10:11:12.000Z'],
    ['2026-07-01 12:00:00', 'Europe/Berlin', '2026-07-01T10:00:00.000Z'],
    ['2026-11-20 11:11:12', 'Asia/Kolkata', '2026-11-20T05:41:12.000Z'],
    ['2026-11-20 11:11:12', null, '2026-11-20T11:11:12.000Z'],
    // Next to the change of daylight saving time in Berlin, 25 October 2026, 03:00 → 02:00.
    ['2026-10-25 01:30:00', 'Europe/Berlin', '2026-10-24T23:30:00.000Z'],
    ['2026-10-25 03:30:00', 'Europe/Berlin', '2026-10-25T02:30:00.000Z'],
    ['2026-11-20 11:11:12', 'Not/AZone', '2026-11-20T11:11:12.000Z'],
  ])('%s in %s', (text, zone, expected) => {
    expect(instant(text, zone)).toBe(expected);
  });

  it.each(['2026-13-01 00:00:00', '2026-02-30 00:00:00', '2026-01-01 25:00:00', 'yesterday', ''])(
    'refuses %s',
    (text) => {
      expect(parseLocalTime(text)).toBeNull();
    },
  );
});
