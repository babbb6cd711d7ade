const YEAR_MS = 366 * 24 * 3_600_000;

/**
 * A time a device states, brought into a range the database and people can use: not later than `latest`, not more than ten years earlier.
 * @param stated ISO 8601; an unreadable one counts as `latest`
 */
export function saneTime(stated: string, latest: Date): Date {
  const ms = Date.parse(stated);
  const latestMs = latest.getTime();
  if (!Number.isFinite(ms)) return latest;
  return new Date(Math.min(latestMs, Math.max(latestMs - 10 * YEAR_MS, ms)));
}
