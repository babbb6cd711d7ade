const DAY_MS = 86_400_000;

/**
 * Reads an Android security patch level: `YYYY-MM-DD` as properties have it, `YYYYMM` or `YYYYMMDD` as key attestation has
 * it. Null when it is not a date of the calendar (`2024-13-01`) or before 2015, when patch levels began.
 * @returns an ISO date
 */
export function parsePatchLevel(text: string): string | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})?$/.exec(text);
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3] ?? '1')];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (year < 2015 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.toISOString().slice(0, 10);
}

/** Whole days from one ISO date or time to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.floor((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** `48 days`, from three months on `7 months`. */
export function monthsOrDays(days: number): string {
  if (days === 1) return '1 day';
  if (days < 92) return `${days} days`;
  return `${Math.floor(days / 30.44)} months`;
}

/** Severity of an old patch level: low, medium from six months, high from a year. */
export function patchAgeSeverity(days: number): 'low' | 'medium' | 'high' {
  return days >= 365 ? 'high' : days >= 180 ? 'medium' : 'low';
}
