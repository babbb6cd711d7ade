/** Text from outside made fit for a header, a subject or a log: no control or direction characters, single spaces, at most `length` UTF-16 units. */
export function oneLine(text: string, length: number): string {
  const plain = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  if (plain.length <= length) return plain;
  // A cut must not leave half of a surrogate pair.
  return `${plain.slice(0, length - 1).replace(/[\ud800-\udbff]$/u, '')}…`;
}
