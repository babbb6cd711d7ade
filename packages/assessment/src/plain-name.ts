const LONGEST = 80;

/** A name that an app or a network chose for itself, fit for a title: one line, no control or direction characters, at most 80 UTF-16 units. */
export function plainName(text: string): string {
  const plain = text
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, '')
    .trim();
  if (plain.length <= LONGEST) return plain;
  // A cut must not leave half of a surrogate pair.
  return `${plain.slice(0, LONGEST - 1).replace(/[\ud800-\udbff]$/u, '')}…`;
}
