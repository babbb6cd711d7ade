/** Seconds from 1970 to 2001, where Apple's clocks begin. */
const APPLE_EPOCH = 978_307_200;
/** Seconds from 1601 to 1970: Chrome counts microseconds from there. */
const CHROME_EPOCH = 11_644_473_600;

/** Seconds (or, in newer tables, nanoseconds) since 2001-01-01 UTC as ISO 8601; null for what is no time. */
export function appleTime(value: number | null): string | null {
  if (value === null || value === 0) return null;
  return unixTime((Math.abs(value) > 1e11 ? value / 1e9 : value) + APPLE_EPOCH);
}

/** Seconds since 1970, or milliseconds or microseconds where the number is that large. */
export function unixTime(value: number | null): string | null {
  if (value === null || value === 0) return null;
  const seconds = Math.abs(value) > 1e14 ? value / 1e6 : Math.abs(value) > 1e11 ? value / 1e3 : value;
  const date = new Date(seconds * 1000);
  const year = date.getUTCFullYear();
  return Number.isNaN(date.getTime()) || year < 1971 || year > 2200 ? null : date.toISOString();
}

/** Microseconds since 1601. */
export function chromeTime(value: number | null): string | null {
  return value === null || value === 0 ? null : unixTime(value / 1e6 - CHROME_EPOCH);
}
