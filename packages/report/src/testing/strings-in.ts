/** Every string in a parsed document, keys too: what a reader of it may come to show. */
export function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...stringsIn(inner)]);
}

/** What no string of a report may hold: controls other than the line break, marks that turn or hide text, halves of characters. */
export const UNPRINTABLE =
  // oxlint-disable-next-line no-control-regex -- looking for control characters
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]|\p{Surrogate}/u;
