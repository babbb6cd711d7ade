import { printable } from '../printable.ts';

/**
 * Enough of a secret to find it again and too little to use it: the first four and the last two characters, and the length. A report travels further than the app. Of one shorter than 16
 * characters one at each end, of one shorter than eight none.
 */
export function redact(secret: string): string {
  const { length } = secret;
  const [head, tail] = length >= 16 ? [4, 2] : length >= 8 ? [1, 1] : [0, 0];
  return `${printable(secret.slice(0, head))}…${printable(secret.slice(length - tail))} (${length} characters)`;
}
