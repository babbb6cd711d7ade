/**
 * Text from an app with every character made visible that would not show, or would act: controls (a terminal obeys escape sequences), lone surrogates, and the
 * characters that hide text or turn its direction round (Unicode TR36, bidirectional text spoofing). Lines become one.
 */
export function printable(text: string): string {
  return text.replace(
    // oxlint-disable-next-line no-control-regex -- finding control characters is what this is for
    /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Surrogate}/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** At most so many characters, the last one an ellipsis where some were cut; made printable. */
export function shortened(text: string, most: number): string {
  const safe = printable(text);
  if (safe.length <= most) return safe;
  // Half of a surrogate pair is no character.
  return `${safe.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
