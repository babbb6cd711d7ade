import { latin1Text, utf8Text } from '@vedette/bytes';

/** Longest name read: mangled Swift names have a few thousand characters. */
export const MAX_NAME = 16_384;

/** The text of a field of fixed size, up to its first zero byte. */
export function fixedText(bytes: Uint8Array, at: number, size: number): string {
  const field = bytes.subarray(at, at + size);
  const end = field.indexOf(0);
  return latin1Text(field, 0, end < 0 ? field.length : end);
}

/** The text up to the next zero byte or `end`; null when it begins outside. At most `MAX_NAME` bytes are read. */
export function zeroText(bytes: Uint8Array, at: number, end = bytes.length): string | null {
  const limit = Math.min(end, bytes.length, at + MAX_NAME);
  if (!(at >= 0 && at < limit)) return null;
  let to = at;
  let ascii = true;
  while (to < limit) {
    const byte = bytes[to] ?? 0;
    if (byte === 0) break;
    if (byte >= 0x80) ascii = false;
    to += 1;
  }
  return ascii ? latin1Text(bytes, at, to) : utf8Text(bytes, at, to);
}

/**
 * An allowance of text for tables whose entries may all point at the same long text. Honest ones share little; beyond
 * four times the file nothing more is given.
 */
export interface TextAllowance {
  /** The text at `at`, or null: outside, or the allowance is spent. */
  text(at: number, end?: number): string | null;
  readonly spent: boolean;
}

export function createTextAllowance(bytes: Uint8Array): TextAllowance {
  let left = bytes.length * 4 + 65_536;
  return {
    text(at, end) {
      if (left <= 0) return null;
      const text = zeroText(bytes, at, end);
      left -= (text?.length ?? 0) + 1;
      return text;
    },
    get spent() {
      return left <= 0;
    },
  };
}
