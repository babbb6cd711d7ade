/** The URL is the state of a list: readers of search parameters that never fail and never let a wrong value through. */

export type Raw = Readonly<Record<string, unknown>>;

/** A short text or undefined; trims, cuts at 200 characters, empty counts as not set. */
export function textOf(raw: unknown): string | undefined {
  // The router parses `?q=123` as a number; it was typed as text.
  const text = typeof raw === 'number' || typeof raw === 'boolean' ? String(raw) : raw;
  if (typeof text !== 'string') return undefined;
  const trimmed = text.slice(0, 200);
  return trimmed.trim() === '' ? undefined : trimmed;
}

/** One of `options`, or undefined. */
export function oneOf<const T extends string>(raw: unknown, options: readonly T[]): T | undefined {
  return options.find((option) => option === raw);
}

/** Leaves unset keys out, so that the URL shows only what differs from the plain list. */
export function compact<T extends Readonly<Record<string, string | undefined>>>(
  values: T,
): { [K in keyof T]?: T[K] | undefined } {
  const set = Object.entries(values).filter(([, value]) => value !== undefined);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a selection of the entries of `values`
  return Object.fromEntries(set) as { [K in keyof T]?: T[K] | undefined };
}
