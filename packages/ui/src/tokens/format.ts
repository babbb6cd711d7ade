/** Formatters of the console: times relative with the exact one beside, sizes with units, numbers with thin grouping. All pure; `now` is an argument. */

/** Nobody counts seconds: below this, in seconds, it is now. */
const JUST_NOW = 45;
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/**
 * A duration in plain words, one unit: `45 seconds`, `9 days`, `3 months`.
 * @param seconds non-negative; negative counts as 0
 */
export function durationWords(seconds: number): string {
  const s = Math.max(0, Math.floor(seconds));
  if (s < MINUTE) return plural(s, 'second');
  if (s < HOUR) return plural(Math.floor(s / MINUTE), 'minute');
  if (s < DAY) return plural(Math.floor(s / HOUR), 'hour');
  if (s < 60 * DAY) return plural(Math.floor(s / DAY), 'day');
  if (s < 730 * DAY) return plural(Math.floor(s / (30.44 * DAY)), 'month');
  return plural(Math.floor(s / (365.25 * DAY)), 'year');
}

/** How old something is: `from just now`, `5 minutes old`. */
export function ageWords(seconds: number): string {
  return seconds < JUST_NOW ? 'from just now' : `${durationWords(seconds)} old`;
}

/**
 * How long ago `iso` was, for people: `just now`, `5 minutes ago`, `in 3 days`.
 * @param iso ISO 8601 date-time; unreadable input is returned as it is
 * @param nowMs milliseconds since the epoch
 */
export function relativeTime(iso: string, nowMs: number): string {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return iso;
  const seconds = (nowMs - at) / 1000;
  if (Math.abs(seconds) < JUST_NOW) return 'just now';
  return seconds >= 0 ? `${durationWords(seconds)} ago` : `in ${durationWords(-seconds)}`;
}

/** The exact moment in the reader's zone, with the zone: `22 Nov 2026, 18:04:09 UTC`. */
export function exactTime(iso: string, timeZone?: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(at);
}

/** A size in bytes with a binary unit: `512 B`, `1.4 MiB`. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes) || bytes < 0) return 'unknown size';
  if (bytes < 1024) return `${bytes} B`;
  const units = ['KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** A whole number grouped in threes: `12,480`. */
export function formatCount(value: number): string {
  return new Intl.NumberFormat('en-GB').format(value);
}

/** `1 device`, `12 devices`; the plural adds an s unless given. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}

/** The first and last characters of a hash, for narrow places. */
export function shortHash(hash: string, head = 8, tail = 4): string {
  return hash.length <= head + tail + 1 ? hash : `${hash.slice(0, head)}…${hash.slice(-tail)}`;
}

/** `tls-interception` to `TLS interception`: last resort for ids that have no title. */
export function wordsOf(id: string): string {
  const words = id
    .replace(/[-_.]+/g, ' ')
    .trim()
    .replace(/\b(tls|ssl|dns|vpn|usb|sms|adb|api|os|ip|http|https)\b/g, (word) => word.toUpperCase());
  return words === '' ? id : words.charAt(0).toUpperCase() + words.slice(1);
}
