/** How the beginning of an entry is shown. */
export interface EntryHead {
  /** `offset  hex  text`, sixteen bytes a line. */
  readonly hex: string;
  /** The bytes as text when they are UTF-8 without control characters, else null. */
  readonly text: string | null;
  readonly shown: number;
  readonly diagnostics: readonly string[];
}

const WIDTH = 16;

/** A hex dump in the manner of `hexdump -C`. */
export function hexDump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += WIDTH) {
    const row = bytes.subarray(at, at + WIDTH);
    const hex = Array.from(row, (byte) => byte.toString(16).padStart(2, '0'));
    const text = Array.from(row, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    const halves = `${hex.slice(0, 8).join(' ').padEnd(23)}  ${hex.slice(8).join(' ').padEnd(23)}`;
    lines.push(`${at.toString(16).padStart(6, '0')}  ${halves}  ${text}`);
  }
  return lines.join('\n');
}

/** The bytes as text, or null when they are none. A character that the cut at the end went through is left out. */
export function textOfHead(bytes: Uint8Array): string | null {
  if (bytes.length === 0) return null;
  if (bytes.some((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x20) || byte === 0x7f)) return null;
  for (let cut = 0; cut < Math.min(4, bytes.length); cut++) {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, bytes.length - cut));
    } catch {
      // The next cut may end between two characters.
    }
  }
  return null;
}
