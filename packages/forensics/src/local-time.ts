/** A date and time as a device prints it, without zone. */
export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const LOCAL = /^\s*(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2})/;

/** Reads `2026-11-20 10:11:12`; null for anything that is not a real date of the calendar. */
export function parseLocalTime(text: string): LocalTime | null {
  const match = LOCAL.exec(text);
  if (match === null) return null;
  const field = (index: number): number => Number(match[index]);
  const [year, month, day] = [field(1), field(2), field(3)];
  const [hour, minute, second] = [field(4), field(5), field(6)];
  const utc = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  if (utc.getUTCMonth() !== month - 1 || utc.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59)
    return null;
  return { year, month, day, hour, minute, second };
}

/** Turns local times of one device into instants, as ISO 8601 in UTC. */
export type LocalClock = (local: LocalTime) => string;

/**
 * The clock of a device. `zone` is the IANA name in `persist.sys.timezone`; a missing or unknown zone is read as UTC, which
 * is wrong by at most 14 hours.
 */
export function createLocalClock(zone: string | null): LocalClock {
  const offsetMs = zone === null ? null : createOffset(zone);
  return (local) => {
    const asUtc = Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute, local.second);
    if (offsetMs === null) return new Date(asUtc).toISOString();
    // Two rounds settle the offset also next to a change of daylight saving time.
    let instant = asUtc - offsetMs(asUtc);
    instant = asUtc - offsetMs(instant);
    return new Date(instant).toISOString();
  };
}

/** How far a zone's clock is ahead of UTC at an instant; null for a zone nobody knows. */
function createOffset(zone: string): ((instant: number) => number) | null {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return null;
  }
  // Formatting is slow, and most apps of a phone were installed in the same few hours.
  const known = new Map<number, number>();
  return (instant) => {
    const hour = Math.floor(instant / 3_600_000);
    const before = known.get(hour);
    if (before !== undefined) return before;
    const parts = format.formatToParts(new Date(instant));
    const part = (type: string): number => Number(parts.find((entry) => entry.type === type)?.value ?? '0');
    const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
    const offset = shown - Math.floor(instant / 1000) * 1000;
    known.set(hour, offset);
    return offset;
  };
}
