import type { Diagnostics } from '@vedette/bytes';

/** First and last code point of each range that is not seen, or changes what is: controls, marks of direction (Unicode `Bidi_Control`), zero-width, variation selectors, tags. */
const DECEPTIVE: readonly (readonly [first: number, last: number])[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x034f, 0x034f],
  [0x061c, 0x061c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180e],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xd800, 0xdfff],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xffff],
  [0xe0000, 0xe0fff],
];

/** Whether a code point is not seen, or changes how others are; a surrogate without its partner counts too. */
export function isDeceptive(code: number): boolean {
  if (code >= 0x20 && code < 0x7f) return false;
  return DECEPTIVE.some(([first, last]) => code >= first && code <= last);
}

/** Characters of a name that are looked at: what is longer deceives nobody, but may be asked for a thousand times. */
const LOOKED_AT = 1_024;

/** Whether a text can show itself as another, by its first 1,024 characters. */
export function hasDeceptiveCharacters(text: string): boolean {
  for (const character of text.slice(0, LOOKED_AT)) if (isDeceptive(character.codePointAt(0) ?? 0)) return true;
  return false;
}

/** Reports names of elements and attributes with such characters; build tools write only letters, digits, `.`, `-`, `_`. */
export function reportName(diagnostics: Diagnostics, name: string, what: string, offset: number): void {
  if (name === '') {
    diagnostics.warning('axml.name.empty', `${what} has no name`, { offset });
  } else if (hasDeceptiveCharacters(name)) {
    const message = `${what} has a name with characters that are not seen or change the direction of reading`;
    diagnostics.warning('axml.name.characters', message, { offset });
  }
}
