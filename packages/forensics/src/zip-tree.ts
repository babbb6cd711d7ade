import type { Host } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import { readZip, type ZipEntry, type ZipLimits } from '@vedette/formats';
import type { EvidenceTree } from './evidence-tree.ts';
import { safePath } from './safe-path.ts';

const MEGABYTE = 1024 * 1024;

/** Evidence is text: it packs well, so the ratio is generous and the sizes are those of large bug reports. */
export const EVIDENCE_ZIP_LIMITS: ZipLimits = {
  maxEntries: 50_000,
  maxEntryBytes: 768 * MEGABYTE,
  maxTotalBytes: 2048 * MEGABYTE,
  maxRatio: 400,
  bombFloorBytes: 64 * MEGABYTE,
  timeMs: 120_000,
};

/**
 * The files of a ZIP as a tree: a bug report or an androidqf bundle as the device gave it out. The value is null when the
 * bytes are no ZIP. Names that lead out of the archive are left out; of files with the same name the first counts.
 */
export function treeFromZip(
  bytes: Uint8Array,
  host: Host,
  limits: ZipLimits = EVIDENCE_ZIP_LIMITS,
): Parsed<EvidenceTree | null> {
  const { value: archive, diagnostics } = readZip(bytes, host, limits);
  if (archive === null) return { value: null, diagnostics };
  const entries = new Map<string, ZipEntry>();
  for (const entry of archive.entries) {
    const path = safePath(entry.name);
    if (path !== null && !entries.has(path)) entries.set(path, entry);
  }
  const paths = [...entries.keys()].sort();
  // The last file read is asked for again and again: first its head, then all of it.
  let kept: { readonly path: string; readonly bytes: Uint8Array } | null = null;
  const tree: EvidenceTree = {
    kind: 'zip',
    list: () => paths,
    size: (path) => entries.get(path)?.size ?? null,
    read(path, maxBytes) {
      const entry = entries.get(path);
      if (entry === undefined) return null;
      if (kept?.path === path) return maxBytes === undefined ? kept.bytes : kept.bytes.subarray(0, maxBytes);
      const read = entry.read(maxBytes).value;
      if (maxBytes === undefined || read.length < maxBytes) kept = { path, bytes: read };
      return read;
    },
  };
  return { value: tree, diagnostics };
}
