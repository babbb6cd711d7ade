import type { Diagnostic, Parsed } from '@vedette/contracts';
import type { AppEntry } from '@vedette/program';

/** The beginning of an archive entry. */
export interface EntryHead {
  readonly entry: AppEntry;
  /** At most 4,096 bytes. */
  readonly head: Uint8Array;
}

const HEAD_BYTES = 4_096;
/** The reader inflates whole entries, so the work is bounded by their sizes. */
const MAX_TOTAL_BYTES = 64 * 1024 * 1024;
const MAX_ENTRY_BYTES = 32 * 1024 * 1024;
const MAX_ENTRIES = 5_000;

/**
 * Where an app keeps files of its own choice: everything but the code, the native libraries and the tables that Android itself loads,
 * and the signature files. Drawables and layouts are included, since a payload may be called anything.
 */
function mayCarryPayload(path: string): boolean {
  return !/^(?:classes\d*\.dex|AndroidManifest\.xml|resources\.arsc|lib\/.*|META-INF\/.*)$/.test(path);
}

/**
 * Reads the first bytes of the entries that an app may hide something in, files from `assets/` and `res/raw/` first and then the
 * others by size: payloads are seldom small. Stops after 5,000 entries or 64 MiB, skips entries over 32 MiB, and says what was left out.
 */
export function peekEntries(entries: readonly AppEntry[]): Parsed<readonly EntryHead[]> {
  const candidates = entries
    .filter((entry) => mayCarryPayload(entry.path) && entry.size > 0)
    .sort((a, b) => rank(a.path) - rank(b.path) || b.size - a.size || (a.path < b.path ? -1 : 1));
  const value: EntryHead[] = [];
  let total = 0;
  let skipped = 0;
  for (const entry of candidates) {
    // Sizes come from the file and may lie; the reader has a budget of its own.
    if (value.length >= MAX_ENTRIES || entry.size > MAX_ENTRY_BYTES || total + entry.size > MAX_TOTAL_BYTES) {
      skipped++;
      continue;
    }
    const bytes = entry.read().value;
    total += Math.max(entry.size, bytes.length);
    value.push({ entry, head: bytes.slice(0, HEAD_BYTES) });
  }
  return { value, diagnostics: skipped === 0 ? [] : [leftOut(skipped, candidates.length)] };
}

function leftOut(skipped: number, of: number): Diagnostic {
  return {
    id: 'appraisal.archive.not-all-read',
    level: 'note',
    message: `${skipped} of ${of} files that could carry a payload were not looked into: too large or too many.`,
  };
}

function rank(path: string): number {
  return /^(?:assets|res\/raw)\//.test(path) ? 0 : 1;
}
