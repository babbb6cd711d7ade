import { entropyOf } from './entropy.ts';
import { isPlaceholder } from './placeholder.ts';
import type { SecretCheck, SecretMatch } from './secret-pattern.ts';

/** Bits per character below which a part of this length was not drawn by chance. Hexadecimal digits alone hold no more than 4. */
export function looksRandom(text: string): boolean {
  const bits = entropyOf(text);
  if (/^[0-9a-f_-]+$/i.test(text))
    return bits >= (text.length >= 32 ? 3 : 2.5) && /\d/.test(text) && /[a-f]/i.test(text);
  return bits >= (text.length >= 32 ? 3.7 : text.length >= 20 ? 3.3 : 2.8);
}

/** No placeholder and random enough: what is asked of every token whose form has nothing to check. */
export const randomPart: SecretCheck = ({ random }) => (isPlaceholder(random) || !looksRandom(random) ? null : {});

/** No placeholder; for what people choose themselves. */
export const noPlaceholder: SecretCheck = ({ secret }) => (isPlaceholder(secret) ? null : {});

/** At most so many characters before a match. */
export function before({ text, start }: SecretMatch, length: number): string {
  return text.slice(Math.max(0, start - length), start);
}

export function after({ text, end }: SecretMatch, length: number): string {
  return text.slice(end, end + length);
}
