import { type Diagnostics, latin1Text, u32At } from '@vedette/bytes';
import type { ListedEntry } from './list-entries.ts';
import { printable } from './printable.ts';
import { LOCAL_HEADER, readLocalHeader } from './zip-records.ts';

/** Real archives overlap by some bytes (a data descriptor more or less): only a real sharing of data counts. */
const HARMLESS_OVERLAP = 24;

/**
 * What is between the entries: data they share, and data of none. Filling that tools leave is no finding: zeros, and entries without a name that the incremental
 * packager of Android Studio writes over what it removes.
 *
 * @param end where entries must end: the directory, or the signing block before it
 */
export function reportLayout(
  bytes: Uint8Array,
  entries: readonly ListedEntry[],
  end: number | null,
  diagnostics: Diagnostics,
): void {
  const byOffset = entries
    .filter(({ dataOffset }) => dataOffset !== null)
    .sort((a, b) => a.localOffset - b.localOffset);
  let reached: number | null = null;
  for (const entry of byOffset) {
    const start = entry.localOffset;
    if (reached !== null && start + HARMLESS_OVERLAP < reached) {
      const message = `shares ${reached - start} bytes with an entry before it`;
      diagnostics.warning('zip.entry.overlap', message, { where: printable(entry.name), offset: start });
    } else if (reached !== null && start > reached) reportGap(bytes, reached, start, diagnostics);
    reached = Math.max(reached ?? 0, entry.dataEnd ?? 0);
  }
  if (end !== null && reached !== null && end > reached) reportGap(bytes, reached, end, diagnostics);
}

function reportGap(bytes: Uint8Array, from: number, end: number, diagnostics: Diagnostics): void {
  let at = from;
  while (at < end) {
    while (at < end && bytes[at] === 0) at += 1;
    if (at >= end) return;
    const header = u32At(bytes, at) === LOCAL_HEADER ? readLocalHeader(bytes, at) : null;
    if (header === null) {
      const message = `${end - at} bytes that belong to no entry`;
      diagnostics.warning('zip.entry.gap', message, { offset: at });
      return;
    }
    if (header.rawName.length > 0) {
      const where = printable(latin1Text(header.rawName));
      const message =
        'an entry that the directory does not list: Android does not see it, tools that go by local headers do';
      diagnostics.warning('zip.entry.unlisted', message, { where, offset: at });
    }
    at = header.dataOffset + header.compressedSize;
  }
}

const BLOCK_MAGIC = 'APK Sig Block 42';

/** Where the APK signing block before the directory begins; the directory's own beginning without one. */
export function entriesEnd(bytes: Uint8Array, directoryStart: number): number {
  if (directoryStart < 32 || latin1Text(bytes, directoryStart - 16, directoryStart) !== BLOCK_MAGIC)
    return directoryStart;
  const size = u32At(bytes, directoryStart - 24) + u32At(bytes, directoryStart - 20) * 0x1_0000_0000;
  const start = directoryStart - 8 - size;
  return start >= 0 ? start : directoryStart;
}
