import { latin1Text } from '@vedette/bytes';
import { type ElfSegment, PF_W, PF_X, PT_LOAD } from './program-headers.ts';

export interface ElfString {
  readonly text: string;
  /** In bytes from the start of the file. */
  readonly offset: number;
}

export interface StringSearch {
  /** Shortest text kept, in characters; default 6. */
  readonly minLength?: number;
  /** Texts returned; default 100,000. */
  readonly max?: number;
}

/** A text longer than this is cut: embedded certificates and scripts stay whole. */
const MAX_LENGTH = 65_536;

/**
 * Texts in a file's constant data: runs of printable ASCII that end with a NUL, in all loaded segments without code, and in all where code and constants share one (old
 * linkers). Symbol names (`except`) are left out. Linear; made anew at each call.
 */
export function listElfStrings(
  bytes: Uint8Array,
  segments: readonly ElfSegment[],
  except: { readonly offset: number; readonly end: number } | null,
  { minLength = 6, max = 100_000 }: StringSearch = {},
): ElfString[] {
  const loads = segments.filter(({ type, fileSize }) => type === PT_LOAD && fileSize > 0);
  const separate = loads.filter(({ flags }) => (flags & PF_X) === 0);
  const chosen = separate.some(({ flags }) => (flags & PF_W) === 0) ? separate : loads;
  const found: ElfString[] = [];
  let from = 0;
  // In file order and never twice: segments may overlap.
  for (const { offset, fileSize } of chosen.toSorted((a, b) => a.offset - b.offset)) {
    const end = Math.min(bytes.length, offset + fileSize);
    let start = -1;
    for (let at = Math.max(from, offset); at < end && found.length < max; at++) {
      if (except !== null && at >= except.offset && at < except.end) {
        at = except.end - 1;
        start = -1;
        continue;
      }
      const byte = bytes[at] ?? 0;
      if ((byte >= 0x20 && byte < 0x7f) || byte === 9 || byte === 10 || byte === 13) {
        if (start < 0) start = at;
        continue;
      }
      if (byte === 0 && start >= 0 && at - start >= minLength) {
        found.push({ text: latin1Text(bytes, start, Math.min(at, start + MAX_LENGTH)), offset: start });
      }
      start = -1;
    }
    from = Math.max(from, end);
  }
  return found;
}
