import type { LocalTime } from '../local-time.ts';

const NAMED = /sysdiagnose_(\d{4})\.(\d\d)\.(\d\d)_(\d\d)-(\d\d)-(\d\d)([+-])(\d\d)(\d\d)/;

/** When a sysdiagnose was begun, and how far the phone's clock was ahead of UTC then. */
export interface Snapshot {
  /** ISO 8601; null: its folder does not say. */
  readonly at: string | null;
  /** Local times of logs that name no zone. Where the zone is not known they are left for the evidence to date. */
  date(local: LocalTime): string | LocalTime;
}

/** @param folder `…/sysdiagnose_2026.11.20_11-11-12+0100_iPhone-OS_iPhone_22G86/`, as the phone names it */
export function snapshotOf(folder: string): Snapshot {
  const match = NAMED.exec(folder);
  if (match === null) return { at: null, date: (local) => local };
  const [, year, month, day, hour, minute, second, sign, hours, minutes] = match;
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${sign}${hours}:${minutes}`);
  const ahead = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
  return {
    at: Number.isNaN(at) ? null : new Date(at).toISOString(),
    date: ({ year: y, month: m, day: d, hour: h, minute: min, second: s }) =>
      new Date(Date.UTC(y, m - 1, d, h, min, s) - ahead).toISOString(),
  };
}
