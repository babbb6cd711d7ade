function isControl(code: number): boolean {
  return code < 0x20 || code === 0x7f;
}

/** Control characters as escapes, and not more than `max` characters: what fits a line. */
export function printable(text: string, max = 120): string {
  const short = text.length > max ? `${text.slice(0, max - 3)}…` : text;
  let escaped = false;
  for (let index = 0; index < short.length && !escaped; index++) escaped = isControl(short.charCodeAt(index));
  if (!escaped) return short;
  return Array.from(short, (char) => {
    const code = char.charCodeAt(0);
    return isControl(code) ? `\\x${code.toString(16).padStart(2, '0')}` : char;
  }).join('');
}
