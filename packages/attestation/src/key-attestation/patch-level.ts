/**
 * A patch level of an attestation as a date: `YYYYMM` or `YYYYMMDD` (AOSP, tags 706, 718, 719). A level of a month has its
 * first day.
 * @returns `2026-10-05`; null where the number is no such date
 */
export function patchDate(value: unknown): string | null {
  const match = typeof value === 'string' ? /^(\d{4})(\d\d)(\d\d)?$/.exec(value) : null;
  if (match === null) return null;
  const [, year = '', month = '', day = '01'] = match;
  const valid = Number(year) >= 2015 && Number(month) >= 1 && Number(month) <= 12 && Number(day) <= 31;
  // Some devices write 00 for the day of a month they do not state.
  return valid ? `${year}-${month}-${day === '00' ? '01' : day}` : null;
}
